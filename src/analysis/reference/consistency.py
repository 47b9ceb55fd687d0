"""What has to agree within the registry before a figure can be made of it.

Each function yields the place of a fault (keys and positions within the record) and the fault in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from analysis.reference.indicators import POPULATION, Indicator, Measure, Series

Fault = tuple[tuple[str | int, ...], str]


def measure_faults(measure: Measure, measures: Mapping[str, Measure]) -> Iterator[tuple[str, str]]:
    """A duration, and nothing else, has a weight (the children behind the average); a stock may have flows."""
    if measure.weight is not None and measure.weight not in measures:
        yield "weight", f"there is no measure {measure.weight}"
    if (measure.kind == "duration") != (measure.weight is not None):
        yield "kind", "a duration has a weight (how many children are behind it), and nothing else has"
    flows = {"starting": measure.starting, "ceasing": measure.ceasing}
    if len({name is None for name in flows.values()}) > 1 or (measure.starting is not None and measure.kind != "stock"):
        yield "kind", "a stock has both starting and ceasing or neither, and nothing else has them"
    for field, name in flows.items():
        if name is not None and (name not in measures or measures[name].kind != "flow"):
            yield field, f"there is no flow {name}"


def clashes(indicator: Indicator, others: Iterable[Indicator]) -> Iterator[Fault]:
    """Ids and numbers that are taken."""
    taken: set[str] = set()
    for other in others:
        if indicator.id == other.id:
            yield ("id",), "another indicator has this id"
        if indicator.number == other.number:
            yield ("number",), f"{other.id} has the number {other.number} too"
        taken.update(series.id for series in other.series)
    for position, series in enumerate(indicator.series):
        if series.id in taken:
            yield ("series", position, "id"), f"another series is called {series.id}"
        taken.add(series.id)


def indicator_faults(indicator: Indicator, measures: Mapping[str, Measure]) -> Iterator[Fault]:
    """Statements of an indicator that do not go together, or that no figure can be made of."""
    for position, series in enumerate(indicator.series):
        for field, what in _series_faults(series, measures):
            yield ("series", position, field), f"{series.id}: {what}"
    kinds = {series.id: series.kind for series in indicator.series}
    if indicator.headline not in kinds:
        yield ("headline",), f"the headline {indicator.headline} is none of its series"
    published = indicator.published
    if published is not None and published.series not in kinds:
        yield ("published", "series"), f"{published.series} is none of its series"
    if published is not None and published.like_for_like == bool(published.difference):
        yield ("published", "like_for_like"), "a published figure is either like for like, or differs in words"


def _series_faults(series: Series, measures: Mapping[str, Measure]) -> Iterator[tuple[str, str]]:
    if series.numerator not in measures:
        yield "numerator", f"there is no measure {series.numerator}"
        return
    numerator = measures[series.numerator]
    if (numerator.kind == "duration") != (series.kind == "duration"):
        yield "numerator", f"{numerator.id} cannot be the numerator of a {series.kind}"
    possible: dict[str, set[str | None]] = {
        "number": {None},
        "rate": {POPULATION},
        "percentage": {key for key, measure in measures.items() if measure.kind != "duration"},
        "duration": {numerator.weight},
    }
    if series.denominator not in possible[series.kind]:
        yield "denominator", f"a {series.kind} cannot be measured on {series.denominator or 'nothing'}"
