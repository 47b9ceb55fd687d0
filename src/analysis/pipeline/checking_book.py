"""The checking book of a quarter, from its returns, its query round and what the screen found."""

from __future__ import annotations

from datetime import date

from analysis.pipeline.collection import Collection
from analysis.queries.sheet import Sheet, build_sheet
from analysis.registers.answered import load_round
from analysis.registers.calendar import due_of, read_calendar
from analysis.returns.received import received_in
from analysis.returns.standing import Standing, standings
from analysis.views import checking_book
from analysis.views.checking_book import CheckingBook, OpenQuery
from analysis.views.evidence import Evidence


def checking_book_of(collection: Collection, evidence: Evidence) -> CheckingBook:
    """The checking book's view.

    Parameters
    ----------
    evidence
        As `pipeline.evidence.evidence_of` makes it of the same collection.
    """
    home, period = collection.home, collection.period
    due = due_of(home, period, read_calendar(collection.workspace.registers / home.id, home))
    return checking_book.build(
        evidence,
        _standings(collection, due),
        {code: _open(_sheet(collection, code)) for code in collection.region.everyone},
        load_round(collection.registers, period),
        "" if due is None else due.isoformat(),
    )


def _standings(collection: Collection, due: date | None) -> tuple[Standing, ...]:
    folder = collection.workspace.raw / collection.source / collection.home.id / str(collection.period)
    measures = tuple(collection.registry.measures)
    receipts = received_in(folder).values()
    return standings(collection.checked, collection.region.everyone, collection.period, receipts, due, measures)


def _sheet(collection: Collection, code: str) -> Sheet:
    """What an authority would be asked now: about its own figure, not about one that was put in its place."""
    return build_sheet(
        collection.findings,
        collection.as_sent.checked,
        code,
        collection.home,
        collection.period,
        collection.registry,
        made_up=collection.made_up,
    )


def _open(sheet: Sheet) -> tuple[OpenQuery, ...]:
    return tuple(
        OpenQuery(id=one.id, period=one.period, about=one.name, sent=one.sent, seen=one.seen, asked=one.asked)
        for one in sheet.queries
    )
