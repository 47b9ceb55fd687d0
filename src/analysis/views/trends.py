"""The region as a whole, as its overview tells it: which flows rise or fall, and what becomes of the stocks."""

from __future__ import annotations

import pandas as pd

from analysis.reference.model import Record
from analysis.signals.region import Course
from analysis.views.evidence import Evidence, cell_of, records
from analysis.views.model import Cell
from analysis.views.parts import number

COURSES = {
    Course.RISING: "rising",
    Course.FALLING: "falling",
    Course.NO_TREND: "no trend to be told from chance",
    Course.DESCRIBED: "described, not tested",
    Course.TOO_SHORT: "too few figures to test",
}


class TrendTold(Record):
    """One headline over all members together."""

    number: int
    title: str
    unit: str
    decimals: int
    slope: Cell
    """The median of the members' own changes a quarter, in the unit."""
    course: str
    """Of `signals.region.Course`."""
    words: str
    p: float | None
    authorities: int
    """How many have a figure in every quarter."""
    net: Cell
    """Of a stock whose flows are counted too: who started less who left, over four quarters."""
    net_of: int


def trends(evidence: Evidence) -> tuple[TrendTold, ...]:
    """Every headline's course over the region, in the order of the list."""
    rows = {str(row["series"]): row for row in records(evidence.trends)}
    found = []
    for indicator in evidence.indicators:
        row = rows[indicator.headline]
        course, p = Course(str(row["reading"])), number(row["p"])
        series = indicator.headline_series
        found.append(
            TrendTold(
                number=indicator.number,
                title=indicator.title,
                unit=series.unit,
                decimals=series.decimals,
                slope=cell_of(number(row["slope"])),
                course=course.value,
                words=COURSES[course],
                p=None if pd.isna(p) else p,
                authorities=int(str(row["authorities"])),
                net=cell_of(number(row["net"])),
                net_of=int(str(row["net_of"])),
            )
        )
    return tuple(found)
