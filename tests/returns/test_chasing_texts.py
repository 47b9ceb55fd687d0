"""Text to paste: what is missing, when it is due, whom to send to; and nobody else's name."""

from __future__ import annotations

import re
from datetime import date

import pytest
from return_files import MEASURES, PERIOD, REGION, REGISTRY

from analysis.reference.authorities import authorities
from analysis.returns.chasing import SEND_TO_PLACEHOLDER, chasing_text, chasing_text_for_all
from analysis.returns.standing import Standing

DUE = date(2025, 11, 4)
ALL = tuple(MEASURES)


def standing(code: str = "825", *, sent: bool = True, missing: tuple[str, ...] = ()) -> Standing:
    return Standing(code, sent, None, None, int(sent), missing, 0)


def text_of(one: Standing, due: date | None = DUE, region=REGION) -> str:
    return chasing_text(one, region, PERIOD, due, REGISTRY.measures)


def test_nothing_received() -> None:
    text = text_of(standing(sent=False, missing=ALL))
    assert text.startswith("Subject: Buckinghamshire: quarterly return for July to September 2025 (2025-26 Q2)\n\n")
    assert "We have not received Buckinghamshire's return for July to September 2025 (2025-26 Q2) yet." in text
    assert "The due date is Tuesday 4 November 2025." in text
    assert SEND_TO_PLACEHOLDER in text
    assert "nothing about single children" in text


def test_each_missing_measure_is_named() -> None:
    text = text_of(standing(missing=("referrals", "adopted")))
    assert "2 figures are still missing" in text
    assert re.findall(r"^- (.*)$", text, re.M) == ["Referrals (referrals)", "Children adopted (adopted)"]
    assert "one figure is still missing" in text_of(standing(missing=("adopted",)))


def test_a_blank_return_is_said_to_be_blank() -> None:
    text = text_of(standing(missing=ALL))
    assert "all its figures are blank" in text
    assert "- " not in text


def test_nothing_is_asked_of_a_whole_return() -> None:
    assert text_of(standing()) == ""


def test_without_a_due_date_none_is_said() -> None:
    assert "due" not in text_of(standing(sent=False, missing=ALL), None)


def test_the_region_says_whom_to_send_to() -> None:
    region = REGION.model_copy(update={"returns_to": "the data mailbox of the region"})
    text = text_of(standing(sent=False, missing=ALL), region=region)
    assert "Please send the return to the data mailbox of the region." in text
    assert "[" not in text


@pytest.mark.parametrize("code", REGION.everyone)
@pytest.mark.parametrize("missing", [ALL, ("adopted",)])
def test_no_other_authority_is_named(code: str, missing: tuple[str, ...]) -> None:
    text = text_of(standing(code, sent=missing != ALL, missing=missing))
    own = authorities()[code].name
    assert own in text
    rest = text.replace(own, "")
    for other in authorities().values():
        if other.code != code:
            assert not re.search(rf"\b{re.escape(other.name)}\b", rest)
            assert not re.search(rf"\b{other.code}\b", rest)


def test_the_text_for_all_counts_and_names_nobody() -> None:
    rows = [
        standing(code, sent=place < 12, missing=() if place < 12 else ALL) for place, code in enumerate(REGION.everyone)
    ]
    text = chasing_text_for_all(rows, REGION, PERIOD, DUE)
    assert "12 of 19 returns for July to September 2025 (2025-26 Q2) have arrived." in text
    assert "Tuesday 4 November 2025" in text
    assert not [one.name for one in authorities().values() if re.search(rf"\b{re.escape(one.name)}\b", text)]


def test_where_all_have_sent_nobody_is_asked_for_a_return() -> None:
    rows = [standing(code, missing=("adopted",) if place < 2 else ()) for place, code in enumerate(REGION.everyone)]
    text = chasing_text_for_all(rows, REGION, PERIOD, DUE)
    assert "19 of 19 returns" in text
    assert "In 2 of them single figures are still missing." in text
    assert "still to come" not in text
    assert not [one.name for one in authorities().values() if re.search(rf"\b{re.escape(one.name)}\b", text)]
