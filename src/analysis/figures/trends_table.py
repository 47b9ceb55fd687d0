"""The region as a whole, a row an indicator: what its members' figures do together."""

from __future__ import annotations

from analysis.figures.captions import full_caption
from analysis.figures.drawing import Table
from analysis.figures.markup import Column, Entry, Row, change, table, words
from analysis.views.readings import chance_words
from analysis.views.regional import RegionalView
from analysis.views.trends import TrendTold
from analysis.views.words import change_text

_NOTES = (
    "Change a quarter: the middle one of the members' own changes, season and all; the course is of all together, and "
    "may go where the middle one does not",
    "Rising and falling are told of flows alone, beside chance, each member's own swings and what the members swing in "
    "common; where nothing moves, one is told of in one or two quarters of ten. Of stocks, percentages and average "
    "times no test keeps its rate: their change is described",
    "A figure that is being asked about is left out, and its authority with it",
)


def trends_table(view: RegionalView) -> Table:
    """Every headline's course, in the order of the list."""
    columns = [
        Column("Indicator", number=False, share=34),
        Column("Change a quarter", share=12),
        Column("Course of the region", number=False, share=20),
        Column("As far by chance alone", number=False, share=14),
        Column("Members with every quarter", share=12),
        Column("Started less left, 4 quarters", number=False, share=14),
    ]
    rows = [
        Row(
            words(f"{one.number} {one.title}", one.unit),
            (
                change(one.slope, one.decimals + 1),
                words(one.words),
                words("not tested" if one.p is None else chance_words(one.p)),
                Entry((f"{one.authorities}",)),
                _net(one),
            ),
        )
        for one in view.trends
    ]
    sentence = f"The region as a whole, {view.heading.region_name}, to {view.heading.period_words}."
    caption = full_caption(sentence, view.heading, [one.slope for one in view.trends], *_NOTES)
    return table("tbl-trends", "trends", caption, columns, rows)


def _net(one: TrendTold) -> Entry:
    if one.net.value is None:
        return words("not counted")
    authorities = "1 authority" if one.net_of == 1 else f"{one.net_of} authorities"
    return words(f"{change_text(one.net, 0)} children", f"in {authorities}")
