"""Bands that went out stay known: a superseded issue counts with the one that took its place, once a pack was sent."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from analysis.audit.intruder.rows import exposures
from analysis.pipeline.attack_series import released
from analysis.reference.periods import Quarter
from analysis.reference.regions import regions
from analysis.registers.issued_bands import Issue, IssuedBand, IssuedLine, bands_path
from analysis.registers.log.chain import append, read_chain
from analysis.registers.log.event import Actor, Body
from analysis.registers.register_file import add_issue
from analysis.release.events import ReleaseApproved, ReleaseChecked, ReleaseIssued, ReviewOpened, Scope
from analysis.views.model import Variant

Q2 = "2025-26-Q2"
PEOPLE = (("DBG chair", "0c0c0c0c"), ("DBG data lead", "1e1e1e1e"))
EVERYONE = tuple(sorted(regions()["south-east"].members))
LATE = EVERYONE[-1]
FIRST, SECOND = date(2025, 11, 20), date(2026, 1, 15)


def send_a_pack(log: Path, day: date) -> None:
    """A release of one reader's pack on its whole way."""
    release, at = f"{day.toordinal():064x}", datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    scope = Scope(
        variant=Variant.ANONYMISED,
        audience="partners",
        region="south-east",
        period=Q2,
        source="returns",
        authority=EVERYONE[0],
    )
    approvals = [
        (ReleaseApproved(release=release, for_post=post, documents="0" * 64, drafts="0" * 64), post, number)
        for post, number in PEOPLE
    ]
    steps: list[tuple[Body, str, str]] = [
        (ReleaseChecked(release=release, scope=scope, documents=1, findings="0" * 64, audited=True), *PEOPLE[0]),
        (ReviewOpened(release=release, approvals=2, deputies_from=day, deadline=day), *PEOPLE[0]),
        *approvals,
        (ReleaseIssued(release=release, to="released_limited", recipients=("its reader",)), *PEOPLE[0]),
    ]
    for body, post, number in steps:
        append(log, lambda _, body=body: body, by=Actor(post=post, person=number, known_by="account"), at=at)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ((), ()),
        ((date(2026, 2, 1),), ()),
        ((date(2025, 11, 25), date(2026, 2, 1)), (LATE,)),
    ],
    ids=["nothing went out", "only the second went out", "both went out"],
)
def test_a_late_return_is_told_by_two_issues_only_if_both_went_out(
    tmp_path: Path, sent: tuple[date, ...], told: tuple[str, ...]
) -> None:
    for day, members, reason in ((FIRST, EVERYONE[:-1], ""), (SECOND, EVERYONE, "a late return")):
        band = IssuedBand(period=Q2, lower=1, median=2, upper=3)
        line = IssuedLine(group="region", series="A01-rate", at_least=15, members=members, bands=(band,))
        issue = Issue.of((line,), policy_sha256="a" * 64, by="DBG chair", on=day, reason=reason)
        add_issue(bands_path(tmp_path, Quarter.parse(Q2)), issue)
    for day in sent:
        send_a_pack(tmp_path / "log", day)
    collection = SimpleNamespace(registers=tmp_path, log=read_chain(tmp_path / "log"))
    statistics = list(released(collection, {}))  # type: ignore[arg-type]
    found = {code for one in exposures(statistics, [(code,) for code in EVERYONE], 1) for code in one.exposed}
    assert tuple(sorted(found)) == told
