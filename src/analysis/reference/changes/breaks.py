"""Breaks in time series: from which quarter an authority counts an indicator by another definition."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.reference.model import Record
from analysis.reference.periods import Quarter


class Break(Record):
    """One authority's change of an indicator's definition.

    It is the indicator's and not the measure's: two indicators may share a measure of which one changes what is made
    of it.
    """

    authority: str
    """DfE code."""
    indicator: str
    first: Quarter
    """The first quarter counted by the new definition."""
    before: str
    """The earlier definition in words, and the new one."""
    after: str


def breaks_of(breaks: Iterable[Break], authority: str, indicator: str) -> tuple[Break, ...]:
    """One authority's breaks of one indicator, oldest first."""
    found = (one for one in breaks if (one.authority, one.indicator) == (authority, indicator))
    return tuple(sorted(found, key=lambda one: one.first))


def is_crossed(breaks: Iterable[Break], earlier: Quarter, later: Quarter) -> bool:
    """Whether the definition changed after the earlier quarter and not after the later one."""
    return any(earlier < one.first <= later for one in breaks)


def definitions_in_use(breaks: Iterable[Break], indicator: str, quarter: Quarter) -> dict[str, tuple[Quarter, str]]:
    """By authority whose definition had changed by a quarter: its definition at that time.

    Definitions in the same words are one, also where authorities took it up in different quarters.

    Returns
    -------
    dict
        The first quarter in which any authority used the definition, and its words in one spelling.
    """
    so_far = sorted((one for one in breaks if one.indicator == indicator and one.first <= quarter), key=_when)
    begun: dict[str, Quarter] = {}
    for one in so_far:
        begun.setdefault(_spelt(one.after), one.first)
    return {one.authority: (begun[_spelt(one.after)], _spelt(one.after)) for one in so_far}


def has_more_than_one(
    breaks: Iterable[Break], indicator: str, authorities: Iterable[str], quarters: Iterable[Quarter]
) -> bool:
    """Whether the figures of some authorities in some quarters are of more than one definition."""
    listed, codes = tuple(breaks), tuple(authorities)
    in_use = (definitions_in_use(listed, indicator, quarter) for quarter in quarters)
    return len({used.get(code) for used in in_use for code in codes}) > 1


def _when(one: Break) -> tuple[Quarter, str]:
    return one.first, one.authority


def _spelt(words: str) -> str:
    return " ".join(words.casefold().split())
