"""Permissions: who is missing on a day, whoever granted, withdrew or let it end."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from analysis.errors import ExitCode
from analysis.registers.agreements import load_agreements
from analysis.registers.asking import asking_text
from analysis.registers.basis import until_by_default
from analysis.registers.granting import granting, withdrawing
from analysis.registers.log.chain import Chain, append, read_chain
from analysis.registers.log.event import Actor
from analysis.registers.permissions import (
    BadPermissionError,
    NotPermittedError,
    live,
    missing,
    permissions_of,
    require,
    unauthorised,
)
from analysis.registers.recall import IssuedCopy, recall_notice, resting_on
from analysis.registers.scope import Scope
from analysis.registers.sharing import sharing_rules

CHAIR = Actor(post="DBG chair", person="0a1b2c3d", known_by="account")
START = date(2026, 1, 10)
COMMON, LONDON = sharing_rules("south-east"), sharing_rules("london")
EVERYONE = ("825", "886", "936", "201", "202")
ALL = Scope()
Q2 = Scope(periods=("2025-26-Q2",))


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


def grant(log: Path, *codes: str, rules=COMMON, body="", authorises=False, scope=ALL, first=START, until=None, **said):
    decide = granting(
        rules=rules,
        collects=EVERYONE,
        body=body,
        authorises=authorises,
        authorities=codes,
        audience=said.get("audience", "Ofsted"),
        scope=scope,
        purpose=said.get("purpose", "annual conversation"),
        evidence="letter 12",
        first=first,
        until=until or first + timedelta(days=100),
    )
    return append(log, decide, by=CHAIR, at=datetime(2026, 1, 10, 9, tzinfo=UTC))


def withdraw(log: Path, identifier: str, on: date) -> None:
    append(
        log,
        withdrawing(identifier, on=on, evidence="letter 31"),
        by=CHAIR,
        at=datetime(2026, 3, 1, 9, tzinfo=UTC),
    )


def test_whoever_has_not_said_yes_is_missing_in_the_order_in_which_they_are_shown(log: Path) -> None:
    grant(log, "886")
    assert missing(read_chain(log), ("936", "886", "825", "936"), "Ofsted", Q2, START) == ("936", "825")


def test_without_a_log_everybody_is_missing() -> None:
    assert missing(Chain(), ("825",), "Ofsted", ALL, START) == ("825",)


def test_a_permission_holds_from_its_first_day_to_its_last_and_not_a_day_longer(log: Path) -> None:
    grant(log, "825", first=START, until=START + timedelta(days=9))
    held = [not missing(read_chain(log), ("825",), "Ofsted", ALL, START + timedelta(days=n)) for n in range(-1, 11)]
    assert held == [False, *[True] * 10, False]


def test_a_withdrawal_ends_it_on_its_own_day_and_leaves_the_days_before(log: Path) -> None:
    grant(log, "825")
    withdraw(log, "p0001", START + timedelta(days=5))
    chain = read_chain(log)
    assert missing(chain, ("825",), "Ofsted", ALL, START + timedelta(days=4)) == ()
    assert missing(chain, ("825",), "Ofsted", ALL, START + timedelta(days=5)) == ("825",)
    assert permissions_of(chain)[0].state(START + timedelta(days=5)) == "withdrawn"
    assert permissions_of(chain)[0].ends == START + timedelta(days=4)


def test_it_is_for_its_audience_and_its_purpose_alone_however_they_are_written(log: Path) -> None:
    grant(log, "825", audience="Thames Valley Police", purpose="Joint needs assessment")
    chain = read_chain(log)
    assert missing(chain, ("825",), "thames valley police", ALL, START) == ()
    assert missing(chain, ("825",), "Ofsted", ALL, START) == ("825",)
    assert missing(chain, ("825",), "Thames Valley Police", ALL, START, purpose="joint needs assessment") == ()
    assert missing(chain, ("825",), "Thames Valley Police", ALL, START, purpose="an inspection") == ("825",)


INDICATORS, QUARTERS = ("A01", "A02", "A03"), ("2025-26-Q1", "2025-26-Q2")
subsets = st.builds(
    Scope,
    indicators=st.lists(st.sampled_from(INDICATORS), unique=True).map(tuple),
    periods=st.lists(st.sampled_from(QUARTERS), unique=True).map(tuple),
)


@given(asked=subsets, permitted=st.lists(subsets, max_size=4))
def test_permissions_cover_what_they_cover_cell_by_cell(asked: Scope, permitted: list[Scope]) -> None:
    """The oracle: a set of cells, with a cell of tomorrow that stands for all that is not on today's lists."""
    tomorrow = "another"

    def cells(scope: Scope) -> set[tuple[str, str]]:
        indicators = scope.indicators or (*INDICATORS, tomorrow)
        return set(product(indicators, scope.periods or (*QUARTERS, tomorrow)))

    assert asked.within(permitted) == (cells(asked) <= {cell for one in permitted for cell in cells(one)})


def test_a_permission_for_one_document_is_for_no_other(log: Path) -> None:
    grant(log, "825", scope=Scope(document="peer review of 2026"))
    chain = read_chain(log)
    assert missing(chain, ("825",), "Ofsted", Scope(document="peer review of 2026"), START) == ()
    assert missing(chain, ("825",), "Ofsted", Scope(document="another"), START) == ("825",)
    assert missing(chain, ("825",), "Ofsted", ALL, START) == ("825",)


def test_the_south_east_knows_no_body_that_permits_for_others(log: Path) -> None:
    with pytest.raises(BadPermissionError, match="ALDCS may not permit"):
        grant(log, "825", body="ALDCS")
    assert not log.exists()


def test_london_s_directors_may_permit_for_those_they_name_and_for_no_others(log: Path) -> None:
    grant(log, "201", "202", rules=LONDON, body="aldcs")
    assert missing(read_chain(log), ("201", "202", "825"), "Ofsted", ALL, START) == ("825",)


def test_london_s_board_must_authorise_besides_but_for_the_dfe(log: Path) -> None:
    grant(log, "201", rules=LONDON)
    chain = read_chain(log)
    assert missing(chain, ("201",), "Ofsted", ALL, START) == ()
    assert unauthorised(chain, LONDON, "Ofsted", ALL, START) == "LCIIB"
    assert unauthorised(chain, LONDON, "DfE", ALL, START) == ""
    assert unauthorised(chain, COMMON, "Ofsted", ALL, START) == ""
    grant(log, rules=LONDON, body="LCIIB", authorises=True)
    assert unauthorised(read_chain(log), LONDON, "Ofsted", ALL, START) == ""
    assert missing(read_chain(log), ("202",), "Ofsted", ALL, START) == ("202",), "an authorisation permits for nobody"


def test_permissions_for_two_purposes_are_none_together_and_the_nearest_is_told(log: Path) -> None:
    """By hand: for the visit 825 and 886 have said yes, for the survey 936 alone."""
    grant(log, "825", purpose="a visit")
    grant(log, "886", purpose="A visit")
    grant(log, "936", purpose="a survey")
    shown = ("825", "886", "936")
    with pytest.raises(NotPermittedError, match=r"no permission of 936 for Ofsted \(A visit\)"):
        require(read_chain(log), COMMON, shown, "Ofsted", Q2, START)
    require(read_chain(log), COMMON, shown[:2], "Ofsted", Q2, START)
    require(read_chain(log), COMMON, ("936",), "Ofsted", Q2, START)
    grant(log, "936", purpose="a visit")
    require(read_chain(log), COMMON, shown, "Ofsted", Q2, START)
    with pytest.raises(NotPermittedError, match="825, 886"):
        require(read_chain(log), COMMON, shown, "Ofsted", Q2, START, purpose="a survey")


def test_the_boards_word_is_for_the_purpose_of_the_permissions(log: Path) -> None:
    grant(log, "201", rules=LONDON, audience="LGA", purpose="support")
    grant(log, rules=LONDON, audience="LGA", body="LCIIB", authorises=True, purpose="a study")
    with pytest.raises(NotPermittedError, match="for LGA"):
        require(read_chain(log), LONDON, ("201",), "LGA", Q2, START)
    grant(log, rules=LONDON, audience="LGA", body="LCIIB", authorises=True, purpose="support")
    require(read_chain(log), LONDON, ("201",), "LGA", Q2, START)


def test_a_refusal_names_everybody_who_is_missing_and_the_way_out(log: Path) -> None:
    grant(log, "201", rules=LONDON)
    with pytest.raises(NotPermittedError) as refused:
        require(read_chain(log), LONDON, ("201", "202", "825"), "Ofsted", Q2, START)
    said = str(refused.value)
    assert refused.value.exit_code is ExitCode.REFUSED
    assert "202, 825" in said
    assert "201" not in said
    assert "LCIIB" in said
    assert "permit ask" in said
    require(read_chain(log), COMMON, ("201",), "Ofsted", Q2, START)


@pytest.mark.parametrize(
    "codes", [("825", "886"), ()], ids=["one authority does not grant for another", "nobody grants nothing"]
)
def test_an_authority_grants_for_itself_alone(log: Path, codes: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError):
        grant(log, *codes)


def test_no_permission_is_without_an_end_or_ends_before_it_begins(log: Path) -> None:
    with pytest.raises(ValidationError):
        grant(log, "825", until=START - timedelta(days=1))


def test_what_is_not_there_or_is_withdrawn_cannot_be_withdrawn(log: Path) -> None:
    grant(log, "825")
    with pytest.raises(BadPermissionError, match="no permission p0007"):
        withdraw(log, "p0007", START)
    withdraw(log, "p0001", START)
    with pytest.raises(BadPermissionError, match="was withdrawn"):
        withdraw(log, "p0001", START)


def test_what_was_permitted_is_told_as_it_was_known_then(log: Path) -> None:
    grant(log, "825")
    withdraw(log, "p0001", START)  # entered in March, and dated back
    assert live(read_chain(log).known_on(date(2026, 2, 1)), "Ofsted", START)
    assert not live(read_chain(log), "Ofsted", START)


def test_a_permission_ends_after_twelve_months_or_with_its_memorandum() -> None:
    shipped = load_agreements("south-east")
    assert until_by_default(date(2025, 6, 1), 12, ()) == date(2026, 5, 31)
    assert until_by_default(date(2025, 6, 1), 12, shipped) == date(2026, 3, 31)
    assert until_by_default(date(2026, 6, 1), 12, shipped) == date(2027, 5, 31)
    assert until_by_default(date(2024, 2, 29), 12, ()) <= date(2025, 2, 28)


def copy(release: str, *shown: str, audience: str = "Ofsted", issued: date = START) -> IssuedCopy:
    return IssuedCopy(release * 64, f"report {release}", audience, shown, (f"mailbox {release}",), issued)


def test_a_withdrawal_lists_the_copies_that_went_out_on_it_and_no_others(log: Path) -> None:
    grant(log, "825")
    withdraw(log, "p0001", START + timedelta(days=30))
    (permission,) = permissions_of(read_chain(log))
    issued = (
        copy("a", "825", "886"),
        copy("b", "886"),
        copy("c", "825", audience="DfE"),
        copy("d", "825", issued=START + timedelta(days=30)),
        copy("e", "825", issued=START - timedelta(days=1)),
        copy("f", "825", issued=START + timedelta(days=31)),
    )
    # On the day of the withdrawal a copy may have gone before it.
    assert [one.title for one in resting_on(permission, issued)] == ["report a", "report d"]


def test_a_recall_names_every_document_and_every_recipient_once() -> None:
    copies = (copy("b", "825"), copy("a", "825"))
    text = recall_notice("It was withdrawn.", copies, sender="data@region", on=START)
    message, _, to = text.partition("--- For the sender")
    for one in copies:
        assert message.count(one.title) == 1
        assert one.recipients[0] not in message
        assert to.count(one.recipients[0]) == 1
    assert "data@region" in message


def test_who_asks_names_no_authority_and_says_until_when() -> None:
    text = asking_text(
        audience="Ofsted", scope=Q2, purpose="a visit", until=date(2026, 3, 31), reply_to="data@region", body="LCIIB"
    )
    for word in ("Ofsted", "2025-26-Q2", "a visit", "2026-03-31", "data@region", "LCIIB"):
        assert word in text


@pytest.mark.parametrize(
    ("named", "outside", "summary", "agreed", "asked"),
    [
        (True, True, False, False, True),
        (True, True, True, False, True),
        (True, True, True, True, False),
        (True, True, False, True, True),
        (True, False, False, False, False),
        (False, True, True, False, False),
    ],
)
def test_5_4_is_read_strictly_unless_the_group_says_otherwise(named, outside, summary, agreed, asked) -> None:
    rules = COMMON.model_copy(update={"summaries_for_others": "agreed" if agreed else "permission"})
    assert COMMON.summaries_for_others == "permission"
    assert rules.asks_permission(named=named, outside=outside, summary=summary) is asked
