"""The XmR chart of an authority's own headline, for a reader who sees no other authority.

Mean and limits are made from the figures in the chart alone. They are functions of every one of them: of a series with
a hidden figure there is no chart, since its limits would help to work the figure out.
"""

from __future__ import annotations

from analysis.reference.changes.breaks import breaks_of
from analysis.reference.indicators import POPULATION, Indicator, Window
from analysis.reference.status import Status
from analysis.signals.readings import QUARTERS_TESTED
from analysis.views.charts import XmrChart, xmr_chart
from analysis.views.evidence import NO_FIGURE, Evidence, headline_key
from analysis.views.model import History, Point
from analysis.views.parts import Figures, card, changes_shown
from analysis.views.words import NO_CHART


def own_chart(evidence: Evidence, figures: Figures, authority: str, indicator: Indicator) -> XmrChart | str:
    """The chart of a headline, with every rate on one population edition.

    Parameters
    ----------
    figures
        The authority's own figures as the reader may see them, on one edition (`Evidence.own_quarters`).

    Returns
    -------
    XmrChart or str
        In words why there is none: neighbouring figures of 12 months overlap; a figure in it is hidden; or there are
        no two neighbouring figures since the definition last changed.
    """
    series = indicator.headline_series
    if indicator.window is Window.ROLLING_YEAR:
        return NO_CHART["overlap"]
    quarters = tuple(evidence.period.back(QUARTERS_TESTED))
    found = [figures.get(headline_key(authority, quarter, indicator), NO_FIGURE) for quarter in quarters]
    if any(one.status == Status.SUPPRESSED for one in found):
        return NO_CHART["hidden"]
    first = next((at for at, one in enumerate(found) if one.cell.value is not None), None)
    if first is None:
        return NO_CHART["too_few"]
    drawn = tuple(Point(period=str(quarters[at]), cell=found[at].cell) for at in range(first, len(quarters)))
    history = History(
        series=series.id,
        kind=series.kind,
        label=series.label,
        unit=series.unit,
        decimals=series.decimals,
        window=Window.QUARTER,
        points=drawn,
        breaks=changes_shown(breaks_of(evidence.breaks, authority, indicator.id), quarters[first:]),
    )
    basis = evidence.own_basis if series.denominator == POPULATION else ""
    chart = xmr_chart(card(indicator, found[-1]), history, basis=basis)
    return NO_CHART["too_few"] if chart.segments[-1].upper is None else chart


def side_of(chart: XmrChart) -> str:
    """Where the latest figure lies: within the limits of its own history, above or below them; empty without one."""
    value, segment = chart.history.points[-1].cell.value, chart.segments[-1]
    if value is None:
        return ""
    lower, upper = segment.limits(chart.history.kind)
    if upper is not None and value > upper:
        return "above the limits"
    return "below the limits" if lower is not None and value < lower else "within the limits"
