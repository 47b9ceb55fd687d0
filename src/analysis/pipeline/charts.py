"""The charts of chance of a quarter's collection: one series with its limits, and the region by size. Internal."""

from __future__ import annotations

import numpy as np

from analysis.indicators.rates import on_edition, population_basis
from analysis.pipeline.collection import Collection
from analysis.pipeline.public import set_words
from analysis.reference.authorities import authorities
from analysis.reference.changes.breaks import breaks_of
from analysis.reference.indicators import POPULATION, Indicator, Series, Window
from analysis.reference.populations import edition_for
from analysis.registers.targets import FILE as TARGETS
from analysis.registers.targets import Target, load_targets
from analysis.signals.artefacts import asked_about
from analysis.signals.funnel import Scale
from analysis.signals.readings import QUARTERS_TESTED
from analysis.views.charts import FunnelChart, XmrChart, funnel_chart, xmr_chart
from analysis.views.evidence import NO_FIGURE, Figure, headline_key, lookup
from analysis.views.model import Heading, History, Point, Variant
from analysis.views.parts import card, changes_shown, heading_of
from analysis.views.words import WINDOWS

Figures = dict[tuple[str, str, str, str], Figure]


def heading_for(collection: Collection, authority: str) -> Heading:
    """What such a picture says of itself: whose it is, and that it is for internal readers."""
    return heading_of(
        Variant.INTERNAL,
        collection.region,
        collection.period,
        (authority, authorities()[authority].name),
        made_up=collection.made_up,
        indicator_set=set_words(collection.registry, collection.region),
    )


def target_of(collection: Collection, authority: str, indicator: Indicator) -> Target | None:
    """The target that holds in the quarter.

    Raises
    ------
    BadReferenceError
        By name and line: an entry of the region's targets that does not fit.
    """
    targets = load_targets(collection.registers / TARGETS, collection.registry)
    return targets.at(indicator.id, authority, collection.period)


def fits_quarters(indicator: Indicator) -> bool:
    """Whether a target can be held against quarters: it is of the headline's window, and 12 months are no quarter."""
    return indicator.kind == "stock" or indicator.window is Window.QUARTER


def xmr_of(collection: Collection, authority: str, indicator: Indicator) -> XmrChart | None:
    """The headline of an indicator quarter by quarter, as the screen takes it (`signals.readings.panels_of`).

    Of a headline of 12 months its quarters, and every rate on the edition of the collection's quarter: a new estimate
    of the population is no step.

    Returns
    -------
    XmrChart or None
        None without any figure in the quarters that are tested.
    """
    series, edition = indicator.headline_series, edition_for(collection.period)
    rows = collection.indicators
    mine = rows[
        (rows["authority"] == authority) & (rows["series"] == series.id) & (rows["window"] == Window.QUARTER.value)
    ]
    figures = lookup(on_edition(mine, collection.registry, collection.populations, edition))
    history = _quarters(collection, figures, authority, indicator, series)
    if all(point.cell.value is None for point in history.points):
        return None
    latest = figures.get((authority, str(collection.period), series.id, Window.QUARTER.value), NO_FIGURE)
    shown = card(indicator, latest)
    if not fits_quarters(indicator):
        shown = shown.model_copy(update={"window": Window.QUARTER, "window_words": WINDOWS[Window.QUARTER]})
    asked = asked_about(collection.findings, collection.registry)
    target = target_of(collection, authority, indicator) if fits_quarters(indicator) else None
    return xmr_chart(
        shown,
        history,
        None if target is None else target.value,
        target_source="" if target is None else target.source,
        basis=population_basis(edition) if series.denominator == POPULATION else "",
        being_asked=[point.period for point in history.points if asked(series.id, authority, point.period)],
    )


def _quarters(
    collection: Collection, figures: Figures, authority: str, indicator: Indicator, series: Series
) -> History:
    """The quarters that are tested, from the first with a figure on."""
    quarters = tuple(collection.period.back(QUARTERS_TESTED))
    points = [
        Point(
            period=str(quarter),
            cell=figures.get((authority, str(quarter), series.id, Window.QUARTER.value), NO_FIGURE).cell,
        )
        for quarter in quarters
    ]
    first = next((at for at, point in enumerate(points) if point.cell.value is not None), 0)
    breaks = breaks_of(collection.breaks, authority, indicator.id)
    return History(
        series=series.id,
        kind=series.kind,
        label=series.label,
        unit=series.unit,
        decimals=series.decimals,
        window=Window.QUARTER,
        points=tuple(points[first:]),
        breaks=changes_shown(breaks, quarters[first:], in_words=True),
    )


def funnel_of(collection: Collection, indicator: Indicator) -> FunnelChart | None:
    """The headline of every member of the region, over its own window, by what it is divided by.

    Returns
    -------
    FunnelChart or None
        None where there is no funnel (`signals.funnel.funnel`).

    Raises
    ------
    ValueError
        If the headline is an average time: a return does not say how times spread.
    """
    series = indicator.headline_series
    scale = Scale(series.kind)
    figures = lookup(collection.indicators[collection.indicators["series"] == series.id])
    names = {code: authorities()[code].name for code in collection.region.members}
    codes = sorted(names, key=names.__getitem__)
    found = [figures.get(headline_key(code, collection.period, indicator), NO_FIGURE) for code in codes]
    there = [~np.isnan(one.value) for one in found]
    numerators, denominators = (
        np.array([getattr(one, part) if given else np.nan for one, given in zip(found, there, strict=True)])
        for part in ("numerator", "denominator")
    )
    asked = asked_about(collection.findings, collection.registry)
    # A query about any of its quarters is about a figure of 12 months.
    covered = collection.period.back(1 if indicator.window is Window.QUARTER else 4)
    basis = next((one.basis for one, given in zip(found, there, strict=True) if given), "")
    return funnel_chart(
        card(indicator, NO_FIGURE._replace(basis=basis)),
        scale,
        [(code, names[code]) for code in codes],
        numerators,
        denominators,
        multiplier=series.multiplier,
        size_words=_size_words(collection, series, basis),
        being_asked=[names[code] for code in codes if any(asked(series.id, code, str(one)) for one in covered)],
    )


def _size_words(collection: Collection, series: Series, basis: str) -> str:
    """What the authorities are set side by side by."""
    if series.denominator == POPULATION:
        return f"children aged 0 to 17 ({basis})"
    name = collection.registry.measures[str(series.denominator)].name
    return name[:1].lower() + name[1:]
