"""The trajectory paper (internal): which way the region and each authority go, in alphabetical order, without a rank.

"... the improvement trajectory of authorities in the South East" (S1 14), set beside what chance alone can do (S1 7).
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.reference.model import Record
from analysis.signals.tiers import Tier
from analysis.views.internal import InternalBlock, InternalView
from analysis.views.meetings import Meeting, meeting_heading
from analysis.views.model import Cell, Heading
from analysis.views.prompts import IndicatorReadings
from analysis.views.regional import RegionalView

YEARS = 2
"""How far the paper looks back: the same quarter of each year, so that seasons do not pass for a course."""


class Step(Record):
    """One indicator of an authority over the years."""

    number: int
    title: str
    unit: str
    window_words: str
    decimals: int
    cells: tuple[Cell, ...]
    """The same quarter of each year, the oldest first."""
    change: Cell
    """On the year before."""
    sustained: str
    """Whether the last four quarters lie apart from what was expected."""
    drift: str
    """Whether it moves beside the region, quarter by quarter."""


class AuthorityCourse(Record):
    """One authority's page."""

    authority: str
    name: str
    quarters: tuple[str, ...]
    """Of the cells, the oldest first."""
    steps: tuple[Step, ...]


class TrajectoryView(Record):
    """Everything that the trajectory paper shows."""

    heading: Heading
    regional: RegionalView
    courses: tuple[AuthorityCourse, ...]
    """By name."""
    absent: tuple[str, ...]
    """Names of those without any figure for the quarter."""
    sources: tuple[str, ...]


def build(regional: RegionalView, views: Iterable[InternalView], absent: Iterable[str] = ()) -> TrajectoryView:
    """The paper from the regional view and the internal views of one quarter: it adds up no figure of its own."""
    courses = (_course(view) for view in views)
    return TrajectoryView(
        heading=meeting_heading(regional.heading, Meeting.TRAJECTORY),
        regional=regional,
        courses=tuple(sorted(courses, key=lambda course: course.name)),
        absent=tuple(sorted(absent)),
        sources=regional.sources,
    )


def _course(view: InternalView) -> AuthorityCourse:
    read = {one.number: one for one in view.readings}
    points = view.blocks[0].own.histories[0].points
    return AuthorityCourse(
        authority=view.heading.authority,
        name=view.heading.authority_name,
        quarters=tuple(points[place].period for place in _places(len(points))),
        steps=tuple(_step(block, read[block.own.card.number]) for block in view.blocks),
    )


def _places(count: int) -> list[int]:
    """The same quarter of each year, counted from the last, as far as the history goes."""
    return [place for place in range(count - 1 - 4 * YEARS, count, 4) if place >= 0]


def _step(block: InternalBlock, readings: IndicatorReadings) -> Step:
    card, points = block.own.card, block.own.histories[0].points
    words = {one.test: one.word for one in readings.tiers}
    return Step(
        number=card.number,
        title=card.title,
        unit=card.unit,
        window_words=card.window_words,
        decimals=card.decimals,
        cells=tuple(points[place].cell for place in _places(len(points))),
        change=block.own.change,
        sustained=words[Tier.SUSTAINED.value],
        drift=words[Tier.DRIFT.value],
    )
