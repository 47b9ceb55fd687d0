"""Charts of chance: one series with its limits, and a group's figures by size with theirs.

Made from the figures that a view shows and from no others: limits from figures that are hidden would give them away.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from analysis.reference.indicators import Window
from analysis.reference.model import Record
from analysis.signals.funnel import INNER, OUTER, Scale, funnel
from analysis.signals.variation import Assurance, Variation, assurance, variation
from analysis.signals.xmr import xmr
from analysis.views.model import Card, History

Values = npt.NDArray[np.float64]

_SIZES = 60
"""Sizes at which a funnel's lines are worked out."""


class XmrSegment(Record):
    """The limits of a stretch of one definition; None without two neighbouring figures in it."""

    first: int
    """The position of its first period."""
    mean: float | None
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    trial: bool
    """Whether the limits come from fewer than 13 figures."""

    def limits(self, kind: str) -> tuple[float | None, float | None]:
        """The lower and the upper limit, where a figure of this kind can reach them: none is below 0, no percentage
        above 100.
        """
        lower = None if self.lower is None or self.lower < 0 else self.lower
        upper = None if self.upper is None or (kind == "percentage" and self.upper > 100) else self.upper
        return lower, upper


class XmrChart(Record):
    """One series over the periods shown, with what the rules of such charts mark in it."""

    card: Card
    history: History
    """Periods, figures, and where the definition changed: there a segment begins."""
    marks: tuple[int, ...]
    """For each period the number of a `signals.runs.Rule`, negative for low or falling; 0 for none."""
    variations: tuple[Variation, ...]
    segments: tuple[XmrSegment, ...]
    target: float | None = None
    target_source: str = ""
    """Where the target was decided."""
    assurance: Assurance | None = None
    basis: str = ""
    """What all figures are divided by, where it is one population for all periods: other than on a page."""
    being_asked: tuple[str, ...] = ()
    """The periods whose figure is being asked about: it is drawn, and neither limits nor rules know of it."""


class FunnelMember(Record):
    """A named authority in a funnel. Internal views only."""

    authority: str
    name: str
    size: float
    """What its figure is divided by."""
    figure: float
    outside: int
    """2 beyond the outer limit, 1 beyond the inner one, negative below; 0 within."""
    asked: bool = False
    """Whether the figure is being asked about: it has no part in centre and limits, and is not held against them."""


class FunnelLimits(Record):
    """The limits at one size."""

    size: float
    lower: float
    upper: float
    lowest: float
    highest: float
    """The outer ones."""


class FunnelChart(Record):
    """A group's figures of one period by the size of what they are divided by."""

    card: Card
    size_words: str
    """What is along the bottom: `children aged 0 to 17`."""
    centre: float
    members: tuple[FunnelMember, ...]
    without: tuple[str, ...]
    """The names of those who have no figure."""
    lines: tuple[FunnelLimits, ...]
    """From the smallest size drawn to the largest."""


def xmr_chart(
    card: Card,
    history: History,
    target: float | None = None,
    *,
    target_source: str = "",
    basis: str = "",
    being_asked: Sequence[str] = (),
) -> XmrChart:
    """The chart of one series.

    Parameters
    ----------
    card
        The indicator.
    history
        A series of it.
    target
        In the unit of the series.
    target_source
        Where it was decided.
    basis
        The population behind all figures of a rate, where it is one for all periods.
    being_asked
        The periods whose figure is being asked about.

    Raises
    ------
    ValueError
        If the figures are of overlapping stretches of 12 months: neighbours share three quarters, and the rules would
        find something in more than a third of what is chance alone.
    """
    if history.window is Window.ROLLING_YEAR:
        raise ValueError(f"{history.series} is of overlapping stretches of time, which an XmR chart cannot hold")
    periods = [point.period for point in history.points]
    values = [np.nan if point.cell.value is None else point.cell.value for point in history.points]
    known = [np.nan if period in being_asked else value for period, value in zip(periods, values, strict=True)]
    chart = xmr(known, {periods.index(change.period) for change in history.breaks})
    starts = [int(np.argmax(chart.segment == number)) for number in range(int(chart.segment[-1]) + 1)]
    return XmrChart(
        card=card,
        history=history,
        marks=tuple(int(mark) for mark in chart.marks),
        variations=tuple(variation(int(mark), card.polarity) for mark in chart.marks),
        segments=tuple(
            XmrSegment(
                first=start,
                mean=_known(chart.mean[start]),
                lower=_known(chart.lower[start]),
                upper=_known(chart.upper[start]),
                near_lower=_known(chart.near_lower[start]),
                near_upper=_known(chart.near_upper[start]),
                trial=bool(chart.trial[start]),
            )
            for start in starts
        ),
        target=target,
        target_source=target_source,
        basis=basis,
        being_asked=tuple(being_asked),
        assurance=assurance(chart, target, card.polarity),
    )


def funnel_chart(
    card: Card,
    scale: Scale,
    members: Sequence[tuple[str, str]],
    numerators: Values,
    denominators: Values,
    *,
    multiplier: float,
    size_words: str,
    being_asked: Sequence[str] = (),
) -> FunnelChart | None:
    """The funnel of a group in one period, in the unit of the page.

    Parameters
    ----------
    card
        The indicator.
    scale
        Of its headline.
    members
        Code and name of each authority.
    numerators, denominators
        One for each of them; NaN where missing.
    multiplier
        From a part of the denominator to the unit: 10,000 for a rate, 100 for a percentage.
    size_words
        What the denominators count.
    being_asked
        The names of those whose figure is being asked about.

    Returns
    -------
    FunnelChart or None
        None where there is no funnel (`signals.funnel.funnel`).
    """
    asked = np.array([name in being_asked for _, name in members], dtype=bool)
    found = funnel(scale, np.where(asked, np.nan, numerators), denominators)
    if found is None:
        return None
    shares = np.divide(numerators, denominators, out=np.full(len(asked), np.nan), where=denominators > 0)
    figures = np.where(asked, shares, found.figures)
    given = ~np.isnan(figures)
    sizes = np.geomspace(float(denominators[given].min()) * 0.8, float(denominators[given].max()) * 1.05, _SIZES)
    edges = [edge * multiplier for reach in (INNER, OUTER) for edge in found.limits(sizes, reach)]
    return FunnelChart(
        card=card,
        size_words=size_words,
        centre=found.centre * multiplier,
        members=tuple(
            FunnelMember(
                authority=code,
                name=name,
                size=float(denominators[at]),
                figure=float(figures[at]) * multiplier,
                outside=int(found.outside[at]),
                asked=bool(asked[at]),
            )
            for at, (code, name) in enumerate(members)
            if given[at]
        ),
        without=tuple(name for at, (_, name) in enumerate(members) if not given[at]),
        lines=tuple(
            FunnelLimits(size=size, lower=lower, upper=upper, lowest=lowest, highest=highest)
            for size, lower, upper, lowest, highest in zip(
                sizes.tolist(), *(edge.tolist() for edge in edges), strict=True
            )
        ),
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
