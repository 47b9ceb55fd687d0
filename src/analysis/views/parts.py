"""Build the parts that several views share, from the stages' tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.comparisons.definitions import counts_of
from analysis.comparisons.schema import SAMPLING
from analysis.reference.changes.breaks import Break, breaks_of, is_crossed
from analysis.reference.indicators import Indicator, Series, Window
from analysis.reference.periods import Quarter
from analysis.reference.regions import Region
from analysis.reference.status import Status
from analysis.views import words
from analysis.views.evidence import NO_FIGURE, Evidence, Figure, cell_of, headline_key
from analysis.views.model import (
    Card,
    Cell,
    DefinitionChange,
    Heading,
    History,
    Interval,
    Member,
    OnDefinition,
    OwnFigures,
    Point,
    Position,
    Variant,
)

Figures = Mapping[tuple[str, str, str, str], Figure]


def heading(evidence: Evidence, variant: Variant, authority: str = "") -> Heading:
    """The top of a document. An anonymised heading names its reader and the region, nobody else."""
    return heading_of(
        variant,
        evidence.region,
        evidence.period,
        (authority, evidence.name(authority) if authority else ""),
        made_up=evidence.made_up,
        indicator_set=evidence.indicator_set,
    )


def heading_of(
    variant: Variant, region: Region, period: Quarter, authority: tuple[str, str], *, made_up: bool, indicator_set: str
) -> Heading:
    """The top of a document, or of a picture that stands alone.

    Parameters
    ----------
    authority
        DfE code and name; both empty for a document about a region.
    made_up
        Whether any figure is made up.
    indicator_set
        The region's list in words.
    """
    code, name = authority
    return Heading(
        variant=variant,
        title=f"{name or region.name}: {words.TITLES[variant] if code else 'Regional overview'}",
        subtitle=f"{period.words} ({period})",
        authority=code,
        authority_name=name,
        region=region.id,
        region_name=region.name,
        period=str(period),
        period_words=period.words,
        made_up=made_up,
        indicator_set=indicator_set,
        marking=words.MARKINGS[variant],
        context=words.CONTEXT[variant],
    )


def card(indicator: Indicator, figure: Figure) -> Card:
    """What an indicator is; the population edition comes with the figure that is shown."""
    series = indicator.headline_series
    window = words.window_words(indicator)
    return Card(
        id=indicator.id,
        number=indicator.number,
        annex_a=indicator.annex_a,
        title=indicator.title,
        group=indicator.group,
        kind=indicator.kind,
        polarity=indicator.polarity,
        polarity_words=words.direction_and_position(indicator.polarity),
        unit=series.unit,
        decimals=series.decimals,
        window=indicator.window,
        window_words=window,
        method=words.method_line(indicator, series, basis=figure.basis, window=window),
        choices=indicator.choices,
    )


def difference(latest: Cell, earlier: Cell, *, definition_changed: bool = False) -> Cell:
    """Latest minus earlier; where either is missing there is no change, for the reason of the first that is.

    There is none between figures of two definitions either.
    """
    if latest.value is not None and earlier.value is not None:
        return Cell(status=Status.BREAK) if definition_changed else Cell(value=latest.value - earlier.value)
    return Cell(status=(latest if latest.value is None else earlier).status)


def own_figures(
    evidence: Evidence,
    figures: Figures,
    authority: str,
    indicator: Indicator,
    *,
    small_counts: bool = True,
    words_of_changes: bool = False,
) -> OwnFigures:
    """An authority's own figures for one indicator over the quarters shown.

    Parameters
    ----------
    figures
        All figures, or those with small counts concealed: what is passed is what the reader may see.
    small_counts
        Whether small counts are in them. Where they are not, indicators compared over 12 months have no figure by
        quarter at all (`docs/methods/disclosure.md`), and a column of marks would tell nobody anything.
    words_of_changes
        Whether the reader may see what people wrote about a change of definition: it might name other authorities.
    """
    breaks = breaks_of(evidence.breaks, authority, indicator.id)
    changed = is_crossed(breaks, evidence.period.shift(-4), evidence.period)
    drawn = changes_shown(breaks, evidence.shown, in_words=words_of_changes)
    headline = headline_key(authority, evidence.period, indicator)
    latest = figures.get(headline, NO_FIGURE)
    year_ago = figures.get(headline_key(authority, evidence.period.shift(-4), indicator), NO_FIGURE).cell
    rolling_window = Window.QUARTER if indicator.kind == "stock" else Window.ROLLING_YEAR
    rolling = figures.get((authority, str(evidence.period), indicator.headline, rolling_window.value), NO_FIGURE)
    return OwnFigures(
        card=card(indicator, latest),
        latest=latest.cell,
        rolling=rolling.cell,
        year_ago=year_ago,
        change=difference(latest.cell, year_ago, definition_changed=changed),
        histories=tuple(
            _history(figures, authority, evidence.shown, series, window, drawn)
            for series, window in _series_shown(indicator, small_counts)
        ),
    )


def _series_shown(indicator: Indicator, small_counts: bool) -> list[tuple[Series, Window]]:
    """The headline in its own window, then in the other, then the indicator's other series in its window."""
    headline = indicator.headline_series
    shown = [(headline, indicator.window)]
    if indicator.kind != "stock" and indicator.window is Window.QUARTER:
        shown.append((headline, Window.ROLLING_YEAR))
    others = [series for series in indicator.series if series.id != headline.id]
    shown += [(series, indicator.window) for series in others]
    if indicator.window is Window.ROLLING_YEAR and small_counts:
        shown += [(series, Window.QUARTER) for series in (headline, *others)]
    return shown


def changes_shown(
    breaks: Iterable[Break], shown: tuple[Quarter, ...], *, in_words: bool = False
) -> tuple[DefinitionChange, ...]:
    """The changes between two of the quarters shown, each quarter once, oldest first."""
    drawn = {one.first: one for one in breaks if is_crossed([one], shown[0], shown[-1])}
    return tuple(
        DefinitionChange(
            period=str(first), words=f"before: {drawn[first].before}; after: {drawn[first].after}" if in_words else ""
        )
        for first in sorted(drawn)
    )


def _history(
    figures: Figures,
    authority: str,
    shown: tuple[Quarter, ...],
    series: Series,
    window: Window,
    breaks: tuple[DefinitionChange, ...],
) -> History:
    return History(
        series=series.id,
        kind=series.kind,
        label=series.label,
        unit=series.unit,
        decimals=series.decimals,
        window=window,
        points=tuple(
            Point(
                period=str(quarter),
                cell=figures.get((authority, str(quarter), series.id, window.value), NO_FIGURE).cell,
            )
            for quarter in shown
        ),
        breaks=breaks,
    )


def position(evidence: Evidence, authority: str, indicator: Indicator, group: str) -> Position:
    """Where the authority stands in a group, from the comparisons stage."""
    row = evidence.positions[(authority, indicator.headline, group)]
    return position_of(row, group, group_label(evidence.region, group))


def position_of(row: Mapping[str, object], group: str, label: str) -> Position:
    """One row of the comparisons as a position."""
    placed_among = str(row["placed_among"])
    reporting, missing = int(str(row["n"])), int(str(row["n_missing"]))
    rank = number(row["rank"])
    return Position(
        group=group,
        label=label,
        provenance=words.PROVENANCE[str(row["provenance"])] + (f" {placed_among}" if placed_among else ""),
        placed_among=placed_among,
        own=cell_of(number(row["own_value"]), str(row["own_status"])),
        rank=None if pd.isna(rank) else int(rank),
        interval=_interval(row),
        reporting=reporting,
        members=reporting + missing,
        pooled=cell_of(number(row["pooled"])),
        mean=cell_of(number(row["mean"])),
        median=cell_of(number(row["median"])),
        reason=words.NO_POSITION[str(row["reason"])] if row["reason"] else "",
        definitions=tuple(
            OnDefinition(first=first, count=count) for first, count in counts_of(str(row["definitions"]))
        ),
    )


def _interval(row: Mapping[str, object]) -> Interval | None:
    low, high = number(row["rank_low"]), number(row["rank_high"])
    if pd.isna(low):
        return None
    return Interval(low=int(low), high=int(high), of_chance_alone=row["interval"] == SAMPLING)


def group_label(region: Region, group: str) -> str:
    """A group's name on the page."""
    chosen = {one.id: one.title for one in region.groups}
    return {**chosen, "region": region.name, "neighbours": "Statistical neighbours", "england": "England"}[group]


def number(value: object) -> float:
    """A cell of a table as a number; NaN for none of any kind."""
    return float("nan") if value is None or value is pd.NA else float(str(value))


def members(evidence: Evidence, indicator: Indicator) -> tuple[Member, ...]:
    """Every member's headline figure, by name (internal views only)."""
    codes = evidence.region.members + evidence.region.outside_members
    return tuple(
        Member(
            authority=code,
            name=evidence.name(code),
            cell=evidence.figures.get(headline_key(code, evidence.period, indicator), NO_FIGURE).cell,
        )
        for code in evidence.alphabetical(codes)
    )


def statuses(cells: list[Cell]) -> set[Status]:
    """The kinds of missing among the cells, for a legend."""
    return {cell.status for cell in cells if cell.value is None}
