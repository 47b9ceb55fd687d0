"""How far an authority's figures swing about its own level from quarter to quarter, beyond what sampling explains."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analysis.uncertainty.scales import Kind, scaled

FEWEST_QUARTERS = 8
"""Fewer quarters do not tell swings from levels."""

STICKIEST = 0.95
"""The largest correlation of neighbouring quarters that is reckoned with; beyond it a level cannot be told."""


def estimate_noise(numerator: npt.ArrayLike, denominator: npt.ArrayLike, kind: Kind) -> float:
    """The standard deviation of an authority's own swings, one number for all authorities of an indicator.

    What is left of the figures after each authority's mean and each quarter's mean are taken away is sampling and
    swings together. Its variance, less that of sampling, is the swings'. Where neighbouring quarters resemble each
    other, as with children counted on the last day, the mean of a short history follows the swings and hides a part
    of them; the variance is raised by what it hides, reckoned from the correlation of neighbouring quarters.

    Parameters
    ----------
    numerator, denominator
        Quarters by authorities, as for `scaled`, in the order of time. Of windows that do not overlap, and of one
        definition; 12 to 16 quarters are enough.
    kind
        That of the series.

    Returns
    -------
    float
        On the scale of the kind; 0 where sampling explains everything, as it does where no figure ever moved or
        nothing was ever counted. NaN with fewer than `FEWEST_QUARTERS` quarters, or with fewer than 2 authorities that
        have a figure in every quarter (a count is missing, or a denominator is 0, where there is none): a missing
        quarter would set apart what was next to each other. `position_intervals` refuses NaN: give it a number from
        elsewhere, or 0.

    Raises
    ------
    ValueError
        As `scaled`.
    """
    level, variance = scaled(numerator, denominator, kind)
    complete = ~np.isnan(level).any(axis=0)
    level, variance = level[:, complete], variance[:, complete]
    quarters, authorities = level.shape
    if quarters < FEWEST_QUARTERS or authorities < 2:
        return float("nan")
    left = level - level.mean(axis=0) - level.mean(axis=1, keepdims=True) + level.mean()
    share = authorities / (authorities - 1)
    around_mean = (left**2).sum(axis=0).mean() * share / quarters
    neighbouring = (left[1:] * left[:-1]).sum(axis=0).mean() * share / quarters
    total = around_mean / _shown(quarters, around_mean, neighbouring)
    return float(np.sqrt(max(0.0, total - variance.mean())))


def _shown(quarters: int, around_mean: float, neighbouring: float) -> float:
    """The share of a first-order autoregression's variance that its own mean over these quarters leaves to be seen.

    The correlation is the one whose expected ratio of neighbouring products to squares, both about the mean of the
    history, is the ratio that was found.
    """
    lag = np.abs(np.subtract.outer(np.arange(quarters), np.arange(quarters)))
    correlations = np.linspace(0.0, STICKIEST, 96)
    centring = np.eye(quarters) - 1 / quarters
    about_mean = centring @ correlations[:, None, None] ** lag @ centring
    squares = np.trace(about_mean, axis1=1, axis2=2)
    products = np.trace(about_mean, offset=1, axis1=1, axis2=2)
    found = neighbouring / around_mean if around_mean > 0 else 0.0
    chosen = int(np.argmin(np.abs(products / squares - found)))
    return float(squares[chosen] / quarters)
