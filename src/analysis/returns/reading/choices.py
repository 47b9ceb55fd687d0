"""How a file's cells were read where there was a choice, in plain words for its receipt. No cell is repeated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.reference.authorities import authorities
from analysis.reference.registry import Registry
from analysis.returns.door.quoting import quote_code
from analysis.returns.reading.measures import Measures
from analysis.returns.reading.values import read_value
from analysis.returns.reading.when import quarter_of
from analysis.returns.reading.whose import one_code_of

_MOST = 5
"""Authorities that are named by how their codes were written; the rest are counted."""


def choices_in(columns: Mapping[str, Sequence[Any]], registry: Registry) -> tuple[str, ...]:
    """What was chosen in reading the cells.

    Parameters
    ----------
    columns
        As `read.ReadFile.columns`.
    registry
        Knows the measures.
    """
    known = Measures(registry)
    return (*_of_codes(columns), *_of_measures(columns, known), *_of_periods(columns), *_of_values(columns, known))


def _of_codes(columns: Mapping[str, Sequence[Any]]) -> list[str]:
    told = []
    for text in dict.fromkeys(columns["la_code"]):
        code = one_code_of(text)
        if code and text not in (code, authorities()[code].ons_code):
            written = text if quote_code(text) == text else "in words"
            told.append(f"LA Code {written} read as {authorities()[code].name} ({code})")
    more = len(told) - _MOST
    return [*told[:_MOST], *([f"{more} more LA Codes read by a name or an earlier code"] if more > 0 else [])]


def _of_measures(columns: Mapping[str, Sequence[Any]], known: Measures) -> list[str]:
    found = sum(known.in_words(text) for text in set(columns["measure_id"]))
    return [f"{found} measure{'s' if found > 1 else ''} known by the name instead of the id"] if found else []


def _of_periods(columns: Mapping[str, Sequence[Any]]) -> list[str]:
    rows = set(zip(columns["period"], columns["year"], columns["quarter"], strict=True))
    return sorted({how for row in rows if (how := quarter_of(*row)[1])})


def _of_values(columns: Mapping[str, Sequence[Any]], known: Measures) -> list[str]:
    odd = Counter(
        (value, measure)
        for value, measure in zip(columns["value"], columns["measure_id"], strict=True)
        if not value.isdigit()
    )
    told: Counter[str] = Counter()
    for (value, measure), count in odd.items():
        if how := read_value(value, known.kind(known.meant(measure))).how:
            told[how] += count
    return [f"{how} ({count} cell{'s' if count > 1 else ''})" for how, count in sorted(told.items())]
