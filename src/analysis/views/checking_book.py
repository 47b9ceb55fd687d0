"""The checking book (internal): a page for each authority, which the data benchmarking group goes through (S1 14).

It holds the state of the data and what the data raises; it judges nobody, and sorts by name alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from analysis.reference.indicators import Indicator
from analysis.reference.model import Record
from analysis.registers.answers import Answers
from analysis.registers.apply_corrections import CORRECTED
from analysis.returns.resolve import REVISED
from analysis.returns.rules.revisions import revised_much
from analysis.returns.standing import Standing
from analysis.views.confirmed import answer_words
from analysis.views.evidence import NO_FIGURE, Evidence, headline_key
from analysis.views.internal import Finding, findings_of
from analysis.views.meetings import Meeting, meeting_heading
from analysis.views.model import Cell, Heading, Variant
from analysis.views.parts import heading
from analysis.views.prompts import StandsOut, stands_out
from analysis.views.words import window_words

CHANGED = frozenset({REVISED.id, revised_much.__name__, CORRECTED.id})
"""Rules that say of a figure that it is another one than was sent before."""


class OpenQuery(Record):
    """What an authority is asked and has not answered."""

    id: str
    period: str
    about: str
    """Names of measures, or the whole return."""
    sent: str
    seen: str
    asked: str


class AnsweredQuery(Record):
    """What an authority answered."""

    id: str
    period: str
    about: str
    answer: str
    """Of `registers.answers.Choice`, with the corrected figure where there is one."""
    reason: str
    answered_by: str
    """A role."""
    on: str
    """The day on which the answer was read, `2025-11-03`."""


class FigureToCheck(Record):
    """One indicator's headline as it would go into the quarter's summary, with those that it is checked against."""

    number: int
    title: str
    unit: str
    window_words: str
    decimals: int
    year_ago: Cell
    """The same quarter last year."""
    before: Cell
    """The quarter before."""
    latest: Cell


class BookPage(Record):
    """One authority's page."""

    authority: str
    name: str
    sent: bool
    received: str
    """The day of the first receipt; empty where none says so."""
    late: bool | None
    """None where the day or the due date is not known."""
    vintages: int
    missing: tuple[str, ...]
    """Names of the measures without a figure or a mark."""
    refused: int
    """Figures, rows and files that are not used."""
    figures: tuple[FigureToCheck, ...]
    open: tuple[OpenQuery, ...]
    answered: tuple[AnsweredQuery, ...]
    changes: tuple[Finding, ...]
    """Figures of this quarter and earlier ones that a later vintage or a correction changed."""
    stands_out: StandsOut
    own_words: tuple[str, ...]
    """What the authority's own checked words are about."""
    confirmed: str
    """What it said when it was asked whether its figures are right, as a sentence; that it was not asked is one too."""


class CheckingBook(Record):
    """Everything that the checking book shows."""

    heading: Heading
    due: str
    """The day by which returns were due; empty where none is set."""
    pages: tuple[BookPage, ...]
    """By name."""
    sources: tuple[str, ...]


def build(
    evidence: Evidence,
    standings: Iterable[Standing],
    queries: Mapping[str, tuple[OpenQuery, ...]],
    answers: Iterable[Answers],
    due: str,
) -> CheckingBook:
    """The checking book of a quarter.

    Parameters
    ----------
    standings
        How far each authority's return is: of everybody in the collection.
    queries
        By authority: what is open.
    answers
        Of the quarter's query round.
    due
        The day by which returns were due.
    """
    answered = {one.authority: one for one in answers}
    pages = (_page(evidence, one, queries.get(one.authority, ()), answered.get(one.authority)) for one in standings)
    return CheckingBook(
        heading=meeting_heading(heading(evidence, Variant.INTERNAL), Meeting.BOOK),
        due=due,
        pages=tuple(sorted(pages, key=lambda page: page.name)),
        sources=evidence.internal_sources,
    )


def _page(evidence: Evidence, standing: Standing, queries: tuple[OpenQuery, ...], answers: Answers | None) -> BookPage:
    code, findings = standing.authority, evidence.findings
    changes = findings[(findings["authority"] == code) & findings["rule"].isin(CHANGED)]
    given = () if answers is None else answers.latest
    over = {one.query for one in given}
    return BookPage(
        authority=code,
        name=evidence.name(code),
        sent=standing.sent,
        received="" if standing.received is None else standing.received.isoformat(),
        late=standing.late,
        vintages=standing.vintages,
        missing=tuple(evidence.measures[measure] for measure in standing.missing),
        refused=standing.refused,
        figures=tuple(_figure(evidence, code, indicator) for indicator in evidence.indicators),
        open=tuple(one for one in queries if one.id not in over),
        answered=tuple(
            AnsweredQuery(
                id=one.query,
                period=one.period,
                about="; ".join(evidence.measures.get(measure, measure) for measure in one.measures)
                or "The whole return",
                answer=f"{one.answer}: {one.corrected}" if one.corrected is not None else str(one.answer),
                reason=one.reason,
                answered_by=one.answered_by,
                on=one.date.isoformat(),
            )
            for one in given
        ),
        changes=findings_of(changes),
        stands_out=stands_out(evidence, [code]),
        own_words=_own_words(evidence, code),
        confirmed=answer_words(evidence.confirmation(code), {one.id: one.number for one in evidence.indicators}),
    )


def _figure(evidence: Evidence, authority: str, indicator: Indicator) -> FigureToCheck:
    year_ago, before, latest = (
        evidence.figures.get(headline_key(authority, evidence.period.shift(-back), indicator), NO_FIGURE).cell
        for back in (4, 1, 0)
    )
    series = indicator.headline_series
    return FigureToCheck(
        number=indicator.number,
        title=indicator.title,
        unit=series.unit,
        window_words=window_words(indicator),
        decimals=series.decimals,
        year_ago=year_ago,
        before=before,
        latest=latest,
    )


def _own_words(evidence: Evidence, authority: str) -> tuple[str, ...]:
    about = {one.indicator for one in evidence.commentary.get(authority, ())}
    whole = ("the report as a whole",) if "" in about else ()
    return (*whole, *(f"{one.number} {one.title}" for one in evidence.indicators if one.id in about))
