"""An authority is found by whatever it is called, and never by guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import UsageError
from analysis.reference.authorities import authorities, find_authority
from analysis.reference.matching import matching, nearest
from analysis.reference.regions import find_region, regions


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("RBWM", "868"),
        ("W Berks", "869"),
        ("W. Sussex", "938"),
        ("E Sussex", "845"),
        ("rbwm", "868"),
        ("Royal Borough of Windsor & Maidenhead", "868"),
        ("IoW", "921"),
        ("Brighton & Hove", "846"),
        ("brighton and hove city council", "846"),
        ("MK", "826"),
        ("825", "825"),
        (" 825 ", "825"),
        ("E06000060", "825"),
        ("E10000002", "825"),
        ("e10000023", "815"),
        ("Kent County Council", "886"),
        ("London Borough of Camden", "202"),
        ("St Helens", "342"),
        ("Hull", "810"),
        ("Kingston Upon Hull, City of", "810"),
        ("Bristol", "801"),
        ("Durham", "840"),
        ("Herefordshire", "884"),
        ("Bedford Borough", "822"),
        ("Stoke on Trent", "861"),
        ("York", "816"),
        ("City of York Council", "816"),
        ("City of London", "201"),
        ("E08000038", "370"),
        ("E08000020", "390"),
        ("Bournemouth", "837"),
        ("Dorset", "838"),
        ("Dorset (Pre LG)", "835"),
        ("E10000009", "835"),
        ("Northamptonshire", "928"),
    ],
)
def test_names_codes_and_abbreviations(text: str, code: str) -> None:
    assert find_authority(text).code == code


@given(
    code=st.sampled_from(sorted(authorities())),
    upper=st.booleans(),
    joint=st.sampled_from([" ", "  ", "-", ", ", "_"]),
)
def test_case_and_punctuation_do_not_matter(code: str, upper: bool, joint: str) -> None:
    each = authorities()[code]
    for name in (each.code, each.ons_code, each.name, *each.aliases):
        typed = joint.join((name.upper() if upper else name.lower()).split())
        found = find_authority(typed)
        # A name that was used twice means today's authority.
        assert found.code == code or (not each.current and found.name == each.name)


@pytest.mark.parametrize(
    ("typed", "meant"), [("Buckinghamshir", "Buckinghamshire (825)"), ("Windsr", "Windsor and Maidenhead (868)")]
)
def test_a_slip_is_answered_with_the_name_that_was_meant(typed: str, meant: str) -> None:
    with pytest.raises(UsageError, match="did you mean") as caught:
        find_authority(typed)
    assert meant in caught.value.what


def test_a_county_that_is_several_authorities_is_answered_with_all_of_them() -> None:
    with pytest.raises(UsageError, match="Berkshire is several authorities") as caught:
        find_authority("Berkshire")
    for name in ("Bracknell Forest", "Windsor and Maidenhead", "West Berkshire", "Reading", "Slough", "Wokingham"):
        assert f"{name} (" in caught.value.what
    assert "Derbyshire" not in caught.value.what
    # Nobody goes by the county's name, in returns or before the audit.
    assert not [one for one in authorities().values() if "Berkshire" in one.every_name]


@pytest.mark.parametrize("typed", ["", "   ", "zzzz", "999", "E12000008"])
def test_nothing_like_it_is_answered_without_a_guess(typed: str) -> None:
    with pytest.raises(UsageError, match="there is no authority") as caught:
        find_authority(typed)
    assert "did you mean" not in caught.value.what
    assert caught.value.remedy


def test_only_those_asked_for_are_found() -> None:
    south_east = regions()["south-east"].members
    assert find_authority("kent", among=south_east).code == "886"
    with pytest.raises(UsageError, match="Camden \\(202\\) is not among"):
        find_authority("Camden", among=south_east)
    assert find_authority("Dorset", among=["835"]).code == "835"


def test_two_answers_are_told_rather_than_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    every = {code: authorities()[code].model_copy(update={"aliases": ("the port",)}) for code in ("851", "852")}
    monkeypatch.setattr("analysis.reference.authorities.authorities", lambda: every)
    with pytest.raises(UsageError, match=r"any of Portsmouth \(851\), Southampton \(852\)"):
        find_authority("The Port")


def test_an_exact_name_goes_before_one_that_only_lacks_a_filler_word() -> None:
    known = {"a": ["The Downs"], "b": ["Downs"]}
    assert matching("downs", known) == ["b"]
    assert matching("the downs", known) == ["a"]
    assert matching("Downs County Council", known) == ["a", "b"]
    assert nearest("Dwns", known) != []


@pytest.mark.parametrize("typed", ["south-east", "South East", "SOUTH EAST", "E12000008", "e12000008"])
def test_a_region_is_found_by_id_name_or_code(typed: str) -> None:
    assert find_region(typed).id == "south-east"


def test_a_region_that_does_not_exist_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean south-east") as caught:
        find_region("Suth East")
    assert "london" in caught.value.remedy
