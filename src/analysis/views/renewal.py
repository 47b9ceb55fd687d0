"""Old beside new: what figures and positions would be without the changes that begin in the quarter."""

from __future__ import annotations

from analysis.reference.indicators import Indicator
from analysis.reference.model import Record
from analysis.views import words
from analysis.views.evidence import NO_FIGURE, Beginning, Evidence, headline_key
from analysis.views.model import Cell
from analysis.views.parts import Figures, position

GROUPS = ("region", "neighbours")


class Beside(Record):
    """One indicator's headline, as it would have been and as it is."""

    number: int
    title: str
    unit: str
    decimals: int
    before: Cell
    now: Cell
    positions: tuple[tuple[str, str], ...] = ()
    """In the region and among the neighbours, each before and now, as they are told; none where no position is."""


class Renewal(Record):
    """What begins in the quarter, and what it does to one authority's figures."""

    beginning: tuple[Beginning, ...]
    is_new: bool
    """Whether the authority takes part from this quarter on: there is no old to set beside the new then."""
    rows: tuple[Beside, ...]
    """The indicators that read otherwise than they would have."""
    unmoved: int
    """How many read the same."""


def renewal(evidence: Evidence, authority: str, *, concealed: bool) -> Renewal | None:
    """The old beside the new of one authority; None in a quarter in which nothing begins that a reader is told of.

    Parameters
    ----------
    concealed
        For the authority's own report: small counts hidden in the old as in the new, no position, and only what moves
        its own figures. Who else joins, leaves or counts in another way is not for its readers.
    """
    before = evidence.before
    if before is None:
        return None
    beginning = tuple(one.told for one in evidence.beginning if not concealed or one.concerns(authority))
    if not beginning:
        return None
    if authority not in before.region.everyone:
        return Renewal(beginning=beginning, is_new=True, rows=(), unmoved=0)
    old, new = (one.concealed(authority) if concealed else one.figures for one in (before, evidence))
    every = [_beside(before, evidence, old, new, authority, indicator, concealed) for indicator in evidence.indicators]
    rows = tuple(one for one in every if _moved(one))
    return Renewal(beginning=beginning, is_new=False, rows=rows, unmoved=len(every) - len(rows))


def _beside(
    before: Evidence,
    evidence: Evidence,
    old: Figures,
    new: Figures,
    authority: str,
    indicator: Indicator,
    concealed: bool,
) -> Beside:
    key = headline_key(authority, evidence.period, indicator)
    series = indicator.headline_series
    groups = () if concealed else GROUPS
    return Beside(
        number=indicator.number,
        title=indicator.title,
        unit=series.unit,
        decimals=series.decimals,
        before=old.get(key, NO_FIGURE).cell,
        now=new.get(key, NO_FIGURE).cell,
        positions=tuple(
            (_place(before, authority, indicator, group), _place(evidence, authority, indicator, group))
            for group in groups
        ),
    )


def _place(evidence: Evidence, authority: str, indicator: Indicator, group: str) -> str:
    """The place alone: its interval, and how many count by each definition, stand with the indicator."""
    return words.place_text(position(evidence, authority, indicator, group))


def _moved(one: Beside) -> bool:
    """Whether a reader sees another figure or position than they would have."""
    figures = {words.figure_text(cell, one.decimals) for cell in (one.before, one.now)}
    return len(figures) > 1 or any(before != now for before, now in one.positions)
