"""One tier for one kind of series: the estimate, its variance, and how well the authority's own figures fit it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.signals.covariance import Noise, covariance, estimate
from analysis.signals.panel import Array, Mask, Panel, by_chance, distance, on_scale, too_rare
from analysis.signals.tiers import Asked, there_is
from analysis.signals.two_way import two_way

ROUNDS = 3
FIRST_GUESS = 0.01
FOUND = 3.0
"""Standard errors from which on an authority takes no part in what is common to its quarters."""
MOST_FOUND = 1 / 3
"""If more than that were to stand apart, nobody does: then it is the region that has moved."""


@dataclass(frozen=True)
class Contrast:
    """Series by authority, NaN where there is no reading; `noise` is by series."""

    estimate: Array
    """On the panel's scale: near nought, the relative change (of a percentage, in radians of its arcsine root)."""
    variance: Array
    """Of the estimate, by chance and the series' pooled noise."""
    fit: Array
    """The mean square of what is left of the authority's own figures, in units of what was expected: 1 on average."""
    freedom: Array
    """Figures behind that, less two."""
    residuals: Array
    """By quarter too: what is left of each figure, each free of what is left of those before it, in expected standard
    deviations; NaN where there was no figure."""
    noise: Noise


def contrast(panel: Panel, question: Asked) -> Contrast:
    """Put one tier's question to every authority of some series.

    Each authority's figures less what is common to the region's others are explained by its level and by what is
    asked about, by generalised least squares under chance and lasting noise.
    """
    scaled, given = on_scale(panel), panel.given
    there = there_is(given, question).enough & ~too_rare(panel)
    if not there.any():
        return _without_a_reading(given, question)
    chance, noise = by_chance(panel), Noise(np.full(len(scaled), FIRST_GUESS), np.zeros(len(scaled)))
    apart = np.zeros(scaled.shape[:2], dtype=bool)
    value, variance, residuals = np.zeros(apart.shape), np.ones(apart.shape), np.zeros(scaled.shape)
    for number in range(ROUNDS):
        common = two_way(scaled, chance, noise.variance, apart)
        chance = by_chance(panel, common.fitted)
        off = distance(panel, common.fitted) / (1.0 - common.share)
        own = off * np.sqrt(1.0 - common.share)
        noise = estimate(own, given, chance, noise.variance, panel.kind, question.design)
        if number:
            # The first round's weights are a guess: what it finds is not yet set apart.
            spread = covariance(noise, chance, given, common.share, panel.kind)
            value, variance, residuals = least_squares(off, spread, question.design)
            apart = _standing_apart(value, variance)
    freedom = _freedom(given, question)
    fit = (residuals**2).sum(axis=2) / freedom
    value, variance, fit = (np.where(there, one, np.nan) for one in (value, variance, fit))
    return Contrast(value, variance, fit, freedom, np.where(given & there[..., None], residuals, np.nan), noise)


def _without_a_reading(given: Mask, question: Asked) -> Contrast:
    none, nobody = np.full(given.shape[:2], np.nan), np.full(len(given), np.nan)
    freedom, residuals = _freedom(given, question), np.full(given.shape, np.nan)
    return Contrast(none, none, none, freedom, residuals, Noise(nobody, nobody))


def _freedom(given: Mask, question: Asked) -> Array:
    freedom: Array = np.maximum(given.sum(axis=2) - question.design.shape[1], 1).astype(float)
    return freedom


def _standing_apart(value: Array, variance: Array) -> Mask:
    apart = np.abs(value) > FOUND * np.sqrt(variance)
    few: Mask = apart & (apart.mean(axis=1, keepdims=True) <= MOST_FOUND)
    return few


def least_squares(off: Array, spread: Array, design: Array) -> tuple[Array, Array, Array]:
    """Generalised least squares, one fit for each authority of each series.

    Parameters
    ----------
    off
        Series by authority by quarter: what is to be explained; no NaN (a quarter without a figure is one whose
        variance is without bounds: `covariance.covariance`).
    spread
        Its covariance: series by authority by quarter by quarter, positive definite.
    design
        Quarters by columns, the last one being what is asked about.

    Returns
    -------
    tuple
        The last column's coefficient and its variance (series by authority), in units of `off` and their square; and
        what is left (series by authority by quarter) in standard deviations, each free of those before it.

    Raises
    ------
    numpy.linalg.LinAlgError
        Where a covariance is not positive definite.

    Notes
    -----
    Ordinary least squares of what the covariance's Cholesky factor whitens (A. C. Aitken, Proceedings of the Royal
    Society of Edinburgh 55 (1935)).
    """
    root = np.linalg.cholesky(spread)
    columns = np.linalg.solve(root, np.broadcast_to(design, (*spread.shape[:-2], *design.shape)))
    values = np.linalg.solve(root, off[..., None])[..., 0]
    turned = np.swapaxes(columns, -1, -2)
    inverse = np.linalg.inv(turned @ columns)
    projected = (turned @ values[..., None])[..., 0]
    coefficients = (inverse @ projected[..., None])[..., 0]
    left = values - (columns @ coefficients[..., None])[..., 0]
    return coefficients[..., -1], inverse[..., -1, -1], left
