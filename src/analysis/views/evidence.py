"""What views are built from: the stages' tables, looked up by key. Builders read it; a view never holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from analysis.reference.authority_table import Authority
from analysis.reference.changes.breaks import Break
from analysis.reference.indicators import Indicator, Window
from analysis.reference.model import Record
from analysis.reference.periods import Quarter
from analysis.reference.regions import Region
from analysis.reference.status import Status
from analysis.registers.confirmations import Confirmation
from analysis.signals.stories import Story
from analysis.views import words
from analysis.views.commentary import Comment, Remark
from analysis.views.model import Bands, Cell, NamedAuthority, PublishedFigure


class Figure(NamedTuple):
    """One row of the indicators table."""

    numerator: float
    denominator: float
    value: float
    status: str
    basis: str

    @property
    def cell(self) -> Cell:
        """The figure as a cell."""
        return cell_of(self.value, self.status)


NO_FIGURE = Figure(float("nan"), float("nan"), float("nan"), Status.NOT_SUBMITTED, "")


def cell_of(value: float, status: str = Status.GIVEN) -> Cell:
    """A cell from a value (NaN for none) and its status; a value that is missing without a reason is not available."""
    if pd.notna(value):
        return Cell(value=float(value))
    return Cell(status=Status.NOT_AVAILABLE if status == Status.GIVEN else Status(status))


def lookup(indicators: pd.DataFrame) -> dict[tuple[str, str, str, str], Figure]:
    """The indicators table by (authority, period, series, window)."""
    keys = zip(*(indicators[name] for name in ("authority", "period", "series", "window")), strict=True)
    rows = zip(*(indicators[name] for name in Figure._fields), strict=True)
    return {key: Figure(*row) for key, row in zip(keys, rows, strict=True)}


def records(table: pd.DataFrame) -> list[dict[str, object]]:
    """A table's rows by column name."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def positions_of(comparisons: pd.DataFrame) -> dict[tuple[str, str, str], dict[str, object]]:
    """The comparisons table by (authority, series, group)."""
    return {(str(row["authority"]), str(row["series"]), str(row["group"])): row for row in records(comparisons)}


class Beginning(Record):
    """A change of the world that begins in the quarter, in its own words."""

    title: str
    reason: str
    source: str


class Begun(NamedTuple):
    """A change that begins in the quarter, and whose own figures it can move."""

    told: Beginning
    moves: frozenset[str] | None
    """DfE codes; None for everybody's."""

    def concerns(self, authority: str) -> bool:
        """Whether it can move an authority's own figures: who joins or leaves moves positions alone."""
        return self.moves is None or authority in self.moves


@dataclass(frozen=True)
class Evidence:
    """The tables behind all views of one region and period."""

    region: Region
    period: Quarter
    shown: tuple[Quarter, ...]
    """The quarters on the page, oldest first."""
    indicators: tuple[Indicator, ...]
    authorities: Mapping[str, Authority]
    table: pd.DataFrame
    """The indicators stage (all authorities of the collection)."""
    comparisons: pd.DataFrame
    notes: pd.DataFrame
    """`authority, period, measure, quality`: what authorities wrote beside their figures."""
    measures: Mapping[str, str]
    """Names by id."""
    findings: pd.DataFrame
    bands: Mapping[str, Bands | str]
    """By headline series: the group's bands, or the reason why there are none."""
    published: Mapping[tuple[str, str], tuple[PublishedFigure, ...]]
    """By (authority, indicator): region, England and neighbours as published; nothing unpublished is in it."""
    small_counts_hidden: Mapping[str, pd.DataFrame]
    """By authority: its rows of `table` with small counts concealed, where the authority hasn't lifted that."""
    own_quarters: Mapping[str, pd.DataFrame]
    """By authority: the same rows of the quarters that charts go back to, every rate on one population edition."""
    own_basis: str
    """That edition in words."""
    policy_sha256: str
    indicator_set: str
    neighbours_edition: str
    neighbours: Mapping[str, tuple[str, ...]]
    made_up: bool
    sources: tuple[str, ...]
    public_sources: tuple[str, ...]
    signals: pd.DataFrame
    """The signals stage: every reading of the quarter. Internal views alone are built from it."""
    stories: tuple[Story, ...]
    """Its prompts, with what moves together."""
    trends: pd.DataFrame
    """The course of every headline over the region as a whole."""
    bands_notes: tuple[str, ...] = ()
    """How the bands stand to those of other issues."""
    wide_bands: Mapping[str, Bands | str] = field(default_factory=dict)
    """As `bands`, of everyone in the cross-regional file; empty without one."""
    commentary: Mapping[str, tuple[Comment, ...]] = field(default_factory=dict)
    """By authority: what it says of its own figures, as far as it was checked for readers outside."""
    remarks: Mapping[str, tuple[Remark, ...]] = field(default_factory=dict)
    """By authority: all that it says, for the group."""
    remarks_of_itself: Mapping[str, tuple[Remark, ...]] = field(default_factory=dict)
    """The part of it that names no other authority."""
    confirmations: Mapping[str, Confirmation] = field(default_factory=dict)
    """By authority: what it answered about its figures as they stand, and which readings may be told to the DfE."""
    named: tuple[NamedAuthority, ...] = ()
    """Who permits to be named in anonymised packs."""
    named_figures: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    """By named authority: its rows of `table` with small counts concealed, whatever it lifts for itself."""
    breaks: tuple[Break, ...] = ()
    """Changes of definition in force: what is told over time begins anew at each."""
    processor: str = ""
    """Who works with the data for the region: named in internal documents alone."""
    beginning: tuple[Begun, ...] = ()
    """The changes of the world that begin in the quarter."""
    before: Evidence | None = None
    """The same quarter without them; None where nothing begins."""

    @property
    def internal_sources(self) -> tuple[str, ...]:
        """What stands at the end of an internal document."""
        return (*self.sources, words.processed_by(self.processor)) if self.processor else self.sources

    @cached_property
    def figures(self) -> dict[tuple[str, str, str, str], Figure]:
        """Every figure of the collection."""
        return lookup(self.table)

    def concealed(self, authority: str) -> dict[tuple[str, str, str, str], Figure]:
        """The authority's own figures with counts of 1 to 5 hidden, unless it lifts that for itself."""
        return lookup(self.small_counts_hidden[authority])

    @cached_property
    def positions(self) -> dict[tuple[str, str, str], dict[str, object]]:
        """The comparisons by (authority, series, group)."""
        return positions_of(self.comparisons)

    def remarks_on(self, authority: str, indicator: str) -> tuple[Remark, ...]:
        """All that an authority says of one indicator, or with an empty one of the whole: for the group."""
        return tuple(one for one in self.remarks.get(authority, ()) if one.indicator == indicator)

    def own_remarks_on(self, authority: str, indicator: str) -> tuple[Remark, ...]:
        """As `remarks_on`, without what names another authority."""
        return tuple(one for one in self.remarks_of_itself.get(authority, ()) if one.indicator == indicator)

    def confirmation(self, authority: str) -> Confirmation:
        """What the authority answered about its figures; nothing where nobody looked."""
        return self.confirmations.get(authority, Confirmation())

    def name(self, authority: str) -> str:
        """The authority's name."""
        return self.authorities[authority].name

    def alphabetical(self, codes: tuple[str, ...]) -> list[str]:
        """Authorities in the order of their names: no table is sorted by value (S1 7)."""
        return sorted(codes, key=self.name)


def headline_key(authority: str, period: Quarter, indicator: Indicator) -> tuple[str, str, str, str]:
    """Where an indicator's headline stands in the figures."""
    return (authority, str(period), indicator.headline, Window(indicator.window).value)
