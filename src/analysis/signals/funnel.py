"""A funnel of a group's figures in one period: how far from the group's own rate chance would take each member.

Limits with Spiegelhalter's additive random effects (Statistics in Medicine 2005, 24: 1185-1202; Quality and Safety in
Health Care 2005, 14: 347-351). Authorities differ by more than chance, always, so what they differ by as a group is
part of the limits. It is a picture of levels and no alarm: the same authorities lie at its edges every quarter
(docs/methods/funnel.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

Values = npt.NDArray[np.float64]

INNER, OUTER = 1.959964, 3.090232
"""Standard errors from centre to limits, to six decimals as FunnelPlotR has them: one in 20 and one in 500 of a normal
distribution is beyond, both sides together."""
TRIMMED = 0.1
"""The part at each end that is drawn in (or left out) before the spread is measured, so that what is odd does not
excuse itself."""
FEWEST = 5
"""The spread between fewer members is not measured, and they have no funnel."""


class Scale(Enum):
    """The scale on which chance is equally large at every level; figures are parts of what they are divided by."""

    RATE = "rate"
    """Children per population: the square root of observed over expected, so that a count of 0 has a place too. The
    pictures have this one."""
    RATE_BY_LOGARITHM = "rate by logarithm"
    """The same by the logarithm, as the NHS's hospital mortality (SHMI) has it; a count of 0 has no place."""
    PERCENTAGE = "percentage"
    """Part of a whole: the arc sine of the root."""
    RATIO_OF_COUNTS = "ratio of counts"
    """One count over another which is no part or whole of it, as plans begun over plans ended: the logarithm. Both
    have an error of their own (`of_two_counts`). No picture has this one."""

    def forth(self, figures: Values, centre: float) -> Values:
        """Figures on the scale on which chance is even."""
        if self is Scale.PERCENTAGE:
            return np.arcsin(np.sqrt(figures))
        parts = figures / centre
        return np.sqrt(parts) if self is Scale.RATE else np.log(parts)

    def back(self, placed: Values, centre: float) -> Values:
        """Figures again; what lies beyond an end of the scale (below none, above all) is at that end."""
        if self is Scale.RATE:
            return centre * np.maximum(placed, 0.0) ** 2
        if self in (Scale.RATE_BY_LOGARITHM, Scale.RATIO_OF_COUNTS):
            return centre * np.exp(placed)
        return np.sin(np.clip(placed, 0.0, np.pi / 2)) ** 2

    def error(self, sizes: Values, centre: float) -> Values:
        """The standard error that chance alone gives a member of each size which is like the group."""
        if self is Scale.RATE_BY_LOGARITHM:
            return 1 / np.sqrt(sizes * centre)
        if self is Scale.RATIO_OF_COUNTS:
            return np.sqrt(1 / sizes + 1 / (sizes * centre))
        return 1 / (2 * np.sqrt(sizes * centre if self is Scale.RATE else sizes))


class Outermost(Enum):
    """What becomes of the outer tenths of a group's scores before their spread is measured."""

    DRAWN_IN = "drawn in"
    """To where they begin (winsorised), as Spiegelhalter has it. The pictures have this one."""
    LEFT_OUT = "left out"
    """As the NHS's hospital mortality (SHMI) has it: with `Scale.RATE_BY_LOGARITHM` this is its method."""


@dataclass(frozen=True, eq=False)
class Funnel:
    """The limits of a group, and where its members lie.

    Parameters
    ----------
    scale
        As the figures need it.
    centre
        The group's own figure: all numerators over all denominators.
    figures
        Each member's numerator over its denominator; NaN where one is missing.
    phi
        How much more the members differ than chance would make them: 1 for no more.
    tau2
        The variance between members on the scale, beyond chance; 0 where there is none.
    outside
        For each member: 2 above the outer limit, 1 above the inner one, -1 and -2 below; 0 within, or without a figure.
    """

    scale: Scale
    centre: float
    figures: Values
    phi: float
    tau2: float
    outside: npt.NDArray[np.int8]

    def limits(self, sizes: Values, reach: float) -> tuple[Values, Values]:
        """The lower and the upper limit at some sizes.

        Parameters
        ----------
        sizes
            Denominators, above 0.
        reach
            Standard errors: `INNER` or `OUTER`.
        """
        return limits(self.scale, sizes, self.centre, self.tau2, reach)


def funnel(
    scale: Scale, numerators: Values, denominators: Values, outermost: Outermost = Outermost.DRAWN_IN
) -> Funnel | None:
    """The funnel of a group in one period.

    Parameters
    ----------
    scale
        Of a rate (by the root unless there is a reason for the logarithm) or of a percentage. There is none for an
        average time: a return does not say how times spread.
    numerators, denominators
        One for each member; NaN where missing. A denominator of 0 is no figure.
    outermost
        What becomes of the outer tenths before the spread between members is measured.

    Returns
    -------
    Funnel or None
        None with fewer than five members that have a figure, or where nothing (or everything) was counted; by
        logarithms also where any member counted nothing, since leaving it out would move the centre without a word.
    """
    given = ~np.isnan(numerators) & (denominators > 0)
    if scale is Scale.PERCENTAGE:
        # A part above its whole is no share: it would take the variance between members away without a word.
        given &= numerators <= denominators
    figures = np.divide(numerators, denominators, out=np.full(len(given), np.nan), where=given)
    sizes = denominators[given]
    whole = float(sizes.sum())
    centre = float(numerators[given].sum()) / whole if whole else 0.0
    if given.sum() < FEWEST or centre <= 0 or (scale is Scale.PERCENTAGE and centre >= 1):
        return None
    if scale is Scale.RATE_BY_LOGARITHM and not numerators[given].all():
        return None
    if scale is Scale.RATIO_OF_COUNTS:
        scores, errors = of_two_counts(numerators[given], sizes, centre)
    else:
        scores, errors = standardised(scale, figures[given], sizes, centre), scale.error(sizes, centre)
    if outermost is Outermost.LEFT_OUT:
        inner = within_the_outer_tenths(scores)
        scores, errors = scores[inner], errors[inner]
    else:
        scores = winsorised(scores)
    phi = dispersion(scores)
    tau2 = between(phi, errors)
    outside = np.zeros(len(given), dtype=np.int8)
    for reach in (INNER, OUTER):
        lower, upper = limits(scale, sizes, centre, tau2, reach)
        outside[given] += (figures[given] > upper).astype(np.int8) - (figures[given] < lower)
    return Funnel(scale, centre, figures, phi, tau2, outside)


def standardised(scale: Scale, figures: Values, sizes: Values, centre: float) -> Values:
    """How many standard errors of chance alone each figure lies from the centre."""
    return (scale.forth(figures, centre) - scale.forth(np.asarray(centre), centre)) / scale.error(sizes, centre)


def of_two_counts(numerators: Values, denominators: Values, centre: float) -> tuple[Values, Values]:
    """The scores of ratios of two counts, and the standard errors of their logarithms, as FunnelPlotR ("RC") has them.

    A half is added to each count, so that one of 0 has a score. The errors are those of the counts that there are.
    """
    above, below = numerators + 0.5, denominators + 0.5
    errors = np.sqrt(numerators / above**2 + denominators / below**2)
    return (np.log(above / below) - np.log(centre)) / errors, errors


def winsorised(scores: Values) -> Values:
    """Scores with the outer tenth at each end drawn in to where it begins (quantiles of type 7)."""
    low, high = np.quantile(scores, [TRIMMED, 1 - TRIMMED], method="linear")
    return np.clip(scores, low, high)


def within_the_outer_tenths(scores: Values) -> npt.NDArray[np.bool_]:
    """Which scores lie neither in the lowest nor in the highest of ten groups by rank (ties have their mean rank).

    The groups are SAS's (`PROC RANK GROUPS=10`): the whole part of 10 × rank / (n + 1). Of fewer than nine scores none
    is left out; of 19 one at the lower end and two at the upper.
    """
    groups = round(1 / TRIMMED)
    group = np.floor(rankdata(scores) * groups / (len(scores) + 1))
    inner: npt.NDArray[np.bool_] = (group > 0) & (group < groups - 1)
    return inner


def dispersion(scores: Values) -> float:
    """The mean square of standardised scores, phi: 1 where members differ by chance alone."""
    return float(np.mean(scores**2))


def between(phi: float, errors: Values) -> float:
    """The variance between members beyond chance, tau squared, by the method of moments.

    Parameters
    ----------
    phi
        As `dispersion`.
    errors
        The standard error of each member, on the scale of the scores.
    """
    count, weights = len(errors), errors**-2.0
    spread = weights.sum() - (weights**2).sum() / weights.sum()
    return max(0.0, float((count * phi - (count - 1)) / spread))


def limits(scale: Scale, sizes: Values, centre: float, tau2: float, reach: float) -> tuple[Values, Values]:
    """The lower and the upper limit at some sizes, as parts of what the figures are divided by."""
    away = reach * np.sqrt(scale.error(sizes, centre) ** 2 + tau2)
    middle = scale.forth(np.asarray(centre), centre)
    return scale.back(middle - away, centre), scale.back(middle + away, centre)
