"""The tables of the pack for the DfE: who answered what about their own figures, and what is not there and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from analysis.figures.captions import full_caption
from analysis.figures.drawing import Table
from analysis.figures.markup import Column, Entry, Row, table, words
from analysis.figures.timeline import short_period
from analysis.views.completeness import Part
from analysis.views.dfe_pack import DfePackView

_SHORT = {Part.TREND: "Trend", Part.REGION: "Region", Part.NEIGHBOURS: "Neighbours", Part.ENGLAND: "England"}


def answers_table(view: DfePackView) -> Table:
    """Each member's answer about its own figures, and how much of what is unusual for it is told."""
    columns = [
        Column("Authority", number=False, share=24),
        Column("Its answer", number=False, share=46),
        Column("Unusual", share=15),
        Column("Waiting", share=15),
    ]
    rows = [
        Row(
            words(f"{one.name} ({one.authority})"),
            (words(one.answer), Entry((str(len(one.unusual)),)), Entry((str(one.waiting),))),
        )
        for one in view.members
    ]
    about = f"What each authority answered about its own figures, {view.heading.period_words}."
    note = "Unusual: readings told below; waiting: readings that are told when the authority has had time to answer"
    return table("tbl-answers", "answers", full_caption(about, view.heading, (), note), columns, rows)


def completeness_table(view: DfePackView) -> Table:
    """Of how many indicators each part is there, by member."""
    filled = Counter((place.authority, place.part) for place in view.places if place.filled)
    columns = [Column("Authority", number=False), *(Column(_SHORT[part]) for part in Part)]
    rows = [
        Row(words(one.name), tuple(Entry((str(filled[one.authority, part]),)) for part in Part)) for one in view.members
    ]
    about = f"Of how many of {view.indicators} indicators each part is in the pack, {view.heading.period_words}."
    return table("tbl-completeness", "completeness", full_caption(about, view.heading), columns, rows)


def gaps_table(view: DfePackView) -> Table | None:
    """What is not there, with the reason; what lacks for the same reason in the same indicators stands together.

    Returns
    -------
    Table or None
        None where nothing is missing.
    """
    lacking: dict[tuple[str, Part, str], list[int]] = {}
    for place in view.places:
        if not place.filled:
            lacking.setdefault((place.name, place.part, place.reason), []).append(place.number)
    if not lacking:
        return None
    together: dict[tuple[str, str, tuple[int, ...]], list[Part]] = {}
    for (name, part, reason), numbers in lacking.items():
        together.setdefault((name, reason, tuple(numbers)), []).append(part)
    columns = [
        Column("Authority", number=False, share=22),
        Column("What is missing", number=False, share=26),
        Column("Indicators", number=False, share=20),
        Column("Reason", number=False, share=32),
    ]
    rows = [
        Row(words(name), (words(_parts(parts)), words(_numbers(numbers, view.indicators)), words(reason)))
        for (name, reason, numbers), parts in together.items()
    ]
    about = f"What is not in the pack and why, {view.heading.period_words}."
    return table("tbl-gaps", "gaps", full_caption(about, view.heading), columns, rows)


def open_queries_table(view: DfePackView) -> Table | None:
    """The queries that are not answered; None where all are."""
    if not view.quality.open_queries:
        return None
    columns = [Column(name, number=False) for name in ("Authority", "Quarter", "About")]
    rows = [
        Row(words(one.name), (words(short_period(one.period)), words(one.measure or "the return as a whole")))
        for one in view.quality.open_queries
    ]
    about = f"Queries of the checks that are not answered, {view.heading.period_words}."
    return table("tbl-open-queries", "queries", full_caption(about, view.heading), columns, rows)


def _parts(parts: list[Part]) -> str:
    return "trend and positions" if len(parts) == len(Part) else ", ".join(part.value for part in parts)


def _numbers(numbers: Sequence[int], all_of_them: int) -> str:
    return "all" if len(numbers) == all_of_them else ", ".join(map(str, numbers))
