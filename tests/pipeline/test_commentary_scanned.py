"""An authority's own words go through the scan that finished files go through, whatever a name is dressed up as."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from analysis.config import Workspace
from analysis.pipeline.collection import MADE_UP, Collection
from analysis.pipeline.commentary import audited, commentary_of
from analysis.reference.authorities import authorities
from analysis.reference.periods import Quarter
from analysis.reference.regions import find_region

PERIOD = "2025-26-Q2"
WRITER = "825"
DRESSED_UP = {
    "alias": "RBWM had the same in spring.",
    "letters of another script": "As in \u041aent, a team left in summer.",
    "marks of no width": "As in K\u200be\u200bn\u200bt, a team left in summer.",
    "letters apart": "As in K e n t, a team left in summer.",
    "figures for letters": "As in S0uthampt0n, a team left in summer.",
    "from end to beginning": "As in tneK, a team left in summer.",
    "ONS code": "As in E06 000 042, a team left in summer.",
    "code after a word for codes": "The authority with code 826 counts otherwise.",
    "internet address": "More stands on surreycc.gov.uk under its own heading.",
    "base64": f"The key is {base64.b64encode(b'in Kent and Surrey').decode()} for those who know.",
    "in small letters": "As in kent, a team left in summer.",
    "of another region": "As in Cumbria, which is no more, a team left in summer.",
}


@pytest.mark.parametrize("text", DRESSED_UP.values(), ids=DRESSED_UP)
def test_a_name_is_found_whatever_it_is_dressed_up_as(text: str) -> None:
    assert audited(text, WRITER)


def test_every_name_of_other_authorities_is_found_in_small_letters_too() -> None:
    """The oracle is the table of authorities itself; codes of three figures alone are figures."""
    own = {name.casefold() for name in authorities()[WRITER].every_name}
    others = {*find_region("south-east").everyone, *sorted(authorities())[::4]} - {WRITER}
    missed = [
        name
        for code in sorted(others)
        for name in authorities()[code].every_name
        if not name.isdigit() and name.casefold() not in own
        if not audited(f"As in {name.casefold()}, a team left in summer.", WRITER)
    ]
    assert missed == []


@pytest.mark.parametrize(
    "text",
    [
        "Referrals rose when the new front door opened in May.",
        "Buckinghamshire moved to one recording system; see bucks.gov.uk for more.",
        "826 children were in need, of whom 12 % had a plan: 301.5 per 10,000, against 310.4 a year ago.",
        "In 2024-25 staff turnover was 15.2 % - more than in 2023-24 (13.8 %).",
    ],
)
def test_plain_words_about_ones_own_figures_are_shown(text: str) -> None:
    assert audited(text, WRITER) == ()


def commented(root: Path, text: str) -> Collection:
    """A quarter for which one text was written and checked."""
    digest = hashlib.sha256("\n".join((WRITER, PERIOD, "A01", text)).encode()).hexdigest()
    path = root / "data" / "registers" / "made-up" / "south-east" / "commentary" / f"{PERIOD}.yml"
    path.parent.mkdir(parents=True)
    path.write_text(
        f'- authority: "{WRITER}"\n  indicator: A01\n  text: "{text}"\n  written_by: Head of quality\n'
        f"  date: 2025-11-03\n  check:\n    name: J. Smith\n    date: 2025-11-05\n    sha256: {digest}\n",
        encoding="utf-8",
    )
    return Collection(Workspace(root), MADE_UP, find_region("south-east"), Quarter.parse(PERIOD))


def test_a_checked_text_with_a_disguised_name_is_not_shown_and_not_quoted(tmp_path: Path) -> None:
    told = commentary_of(commented(tmp_path, "As in S0uthampt0n, a team left in summer."))
    assert told.shown == {}
    assert told.findings["rule"].tolist() == ["commentary_names_others"]
    assert "amp" not in told.findings["seen"].item()


def test_a_checked_text_that_names_nobody_is_shown(tmp_path: Path) -> None:
    told = commentary_of(commented(tmp_path, "A team left in summer."))
    assert [comment.text for comment in told.shown[WRITER]] == ["A team left in summer."]
