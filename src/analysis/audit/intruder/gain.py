"""What a printed band adds to what public tables and colluding readers tell of the concealed figures.

The intruder draws regions as they might be, keeps those whose band comes nearest to the printed one, and corrects each
kept figure for what is left of the distance (local linear regression, Beaumont, Zhang and Balding 2002). Measured is the
share of concealed figures that the guess comes near to, beyond the share without the band.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.audit.intruder.knowledge import Forecast, figures_of, logs
from analysis.audit.intruder.worlds import drift_given, regions
from analysis.disclosure.bands import order_weights
from analysis.disclosure.policy import Policy

Values = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

WORLDS = 6_000
KEPT = 300
"""Of the regions drawn, those nearest to the printed band."""
NEAR = (0.02, 0.05)
"""How near a guess must come: as a share of the figure."""


@dataclass(frozen=True)
class Guess:
    """What a coalition makes of the figures that it does not know; n members, NaN for those that it does."""

    public: Values
    """(n): by public tables and its own figures."""
    banded: Values
    """(n): by the printed band besides."""


def guess(
    forecast: Forecast, figures: Values, known: Places, band: Sequence[float], policy: Policy, seed: int
) -> Guess:
    """What a coalition makes of one indicator's concealed figures in one period.

    Parameters
    ----------
    forecast
        What public tables tell of the n members; all have a centre.
    figures
        (n): the figures as they are; the intruder is given only those at `known`.
    known
        The places of the colluders.
    band
        Lower quartile, median and upper quartile as printed.
    policy
        How the band was made: it is public, and the intruder uses it.
    seed
        Of the regions drawn.
    """
    own = np.full(len(figures), np.nan)
    own[known] = logs(figures[known])
    concealed = np.isnan(own)
    worlds = regions(forecast, own, WORLDS, np.random.default_rng(seed))
    left = _left_of_distance(worlds, np.asarray(band, dtype=float), policy)
    near = np.argsort((left**2).sum(axis=1), kind="stable")[:KEPT]
    public = np.where(concealed, figures_of(forecast.centre + drift_given(forecast, own).mean), np.nan)
    corrected = worlds[near] - _explained(left[near], worlds[near])
    banded = np.where(concealed, figures_of(_middle(corrected)), np.nan)
    return Guess(public, banded)


def shares_near(guessed: Values, figures: Values) -> Values:
    """(2): the shares of guesses that come within 2 and 5 per cent of the figures; NaN are left out."""
    given = ~np.isnan(guessed) & (figures > 0)
    away = np.abs(guessed[given] - figures[given]) / figures[given]
    return np.array([np.mean(away <= near) for near in NEAR])


def nearest(forecast: Forecast, target: int, others: int) -> Places:
    """The members whose figures are expected nearest to one member's: the coalition that it has most to fear from."""
    away = np.abs(forecast.centre - forecast.centre[target])
    away[target] = np.inf
    return np.argsort(away, kind="stable")[:others]


def _left_of_distance(worlds: Values, band: Values, policy: Policy) -> Values:
    """(worlds, 3): how far each region's band lies outside what is printed as this one, in units of its last digit."""
    ordered = np.sort(figures_of(worlds), axis=1)
    bands = ordered @ order_weights(worlds.shape[1], policy.window).T
    digit = 10.0 ** (np.floor(np.log10(np.maximum(np.abs(band), 1e-9))) - policy.significant_figures + 1)
    away = (bands - band) / digit
    # Whatever is printed alike is alike: the rounding hides where in it the band lies.
    return away - np.clip(away, -0.5, 0.5)


def _explained(left: Values, figures: Values) -> Values:
    """The part of the figures that goes linearly with the distance left."""
    if not left.any():
        return np.zeros_like(figures)
    centred = left - left.mean(axis=0)
    slope, *_ = np.linalg.lstsq(centred, figures - figures.mean(axis=0), rcond=None)
    explained: Values = left @ slope
    return explained


def _middle(drawn: Values) -> Values:
    """The median of the middle half of each column: a guess that far-off regions do not move."""
    middle: Values = np.median(drawn, axis=0)
    return middle
