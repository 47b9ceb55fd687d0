"""Names for marks: figures, places or colours under one pseudonym, matched to what the public tables expect."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import stats
from scipy.optimize import linear_sum_assignment

from analysis.audit.intruder.knowledge import FREEDOM, Forecast, logs

Values = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

DRAWS = 4_000
"""Regions that are drawn to learn who comes where."""
ROUNDS = 3
"""Matching and the region's drift each need the other: after three rounds neither moves."""


def scores_of_figures(marks: Values, forecasts: Sequence[Forecast]) -> Values:
    """How well each mark's figures go with each authority, as a log-likelihood.

    Parameters
    ----------
    marks
        (m, K): a row for each pseudonym, a column for each indicator; NaN where nothing is shown.
    forecasts
        K of them, each of n authorities.

    Returns
    -------
    array
        (m, n). Where a mark or an authority has no figure, that indicator says nothing for or against.
    """
    shown = logs(marks)
    drift = np.array([_median(column) - _median(one.centre) for column, one in zip(shown.T, forecasts, strict=True)])
    total = _figures(shown, forecasts, drift)
    for _ in range(ROUNDS - 1):
        names = match(total)
        named = names >= 0
        drift = np.array(
            [_median(column[named] - one.centre[names[named]]) for column, one in zip(shown.T, forecasts, strict=True)]
        )
        total = _figures(shown, forecasts, drift)
    return total


def scores_of_classes(marks: Values, forecasts: Sequence[Forecast], classes: int, seed: int) -> Values:
    """How well each mark's places or colours go with each authority, as a log-likelihood.

    Parameters
    ----------
    marks
        (m, K): the class from 0 (lowest) to `classes` - 1; NaN where none is shown. With as many classes as members
        they are ranks, with four or five the colours of a tartan rug.
    forecasts
        K of them, each of n authorities: the classes are of these n.
    seed
        Of the regions drawn.

    Returns
    -------
    array
        (m, n).
    """
    random = np.random.default_rng(seed)
    total = np.zeros((len(marks), len(forecasts[0].centre)))
    for column, one in zip(marks.T, forecasts, strict=True):
        given = ~np.isnan(one.centre)
        worlds = one.centre[given] + one.scale[given] * random.standard_t(FREEDOM, (DRAWS, given.sum()))
        chances = _chances(classes_of(worlds, classes), classes)
        likelihood = np.full((len(marks), len(given)), np.nan)
        shown = ~np.isnan(column)
        likelihood[np.ix_(shown, given)] = np.log(chances[column[shown].astype(int)])
        total += _neutral(likelihood)
    return total


def classes_of(figures: Values, classes: int) -> Places:
    """Each figure's class among its row's, from 0 (lowest) on, in `classes` parts of as nearly equal size as can be."""
    ranks = np.argsort(np.argsort(figures, axis=-1), axis=-1)
    found: Places = ranks * classes // figures.shape[-1]
    return found


def match(scores: Values) -> Places:
    """The likeliest names for all marks together, each given once (Hungarian method); -1 where there are too few."""
    names = np.full(len(scores), -1)
    rows, columns = linear_sum_assignment(-scores)
    names[rows] = columns
    return names


def share_named(scores: Values, readers: Sequence[int]) -> float:
    """How many of the concealed are named, over the packs of some readers, who know themselves.

    Parameters
    ----------
    scores
        (n, n): mark i is authority i.
    readers
        Who reads; each in turn is taken out.
    """
    shares = []
    for reader in readers:
        others = np.delete(np.arange(len(scores)), reader)
        shares.append(np.mean(match(scores[np.ix_(others, others)]) == np.arange(len(others))))
    return float(np.mean(shares))


def certainty(scores: Values, rounds: int = 200) -> Values:
    """How likely the likeliest name of each mark is, when each name is given once.

    Sinkhorn's scaling of the likelihoods to rows that sum to 1 and columns that sum to at most 1: the intruder's own
    belief, which on public figures is right about as often as it says (`docs/methods/reidentification.md`).

    Returns
    -------
    array
        (m).
    """
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    for _ in range(rounds):
        chances /= chances.sum(axis=1, keepdims=True)
        if chances.shape[0] == chances.shape[1]:
            chances /= np.maximum(chances.sum(axis=0, keepdims=True), 1e-300)
    found: Values = chances.max(axis=1)
    return np.minimum(found, 1.0)


def _figures(shown: Values, forecasts: Sequence[Forecast], drift: Values) -> Values:
    total = np.zeros((len(shown), len(forecasts[0].centre)))
    for column, one, common in zip(shown.T, forecasts, drift, strict=True):
        away = (column[:, None] - one.centre - common) / one.scale
        total += _neutral(stats.t.logpdf(away, FREEDOM) - np.log(one.scale))
    return total


def _neutral(likelihood: Values) -> Values:
    """Likelihoods in which what is missing is as good as the mark's middling fit."""
    given = ~np.isnan(likelihood)
    if not given.any():
        return np.zeros_like(likelihood)
    sums = np.where(given, likelihood, 0).sum(axis=1, keepdims=True)
    means = sums / np.maximum(given.sum(axis=1, keepdims=True), 1)
    found: Values = np.where(given, likelihood, means)
    return found


def _median(values: Values) -> float:
    given = values[~np.isnan(values)]
    return float(np.median(given)) if given.size else 0.0


def _chances(drawn: Places, classes: int) -> Values:
    """(classes, n): how often each authority came in each class; never quite nil."""
    counts = np.array([(drawn == one).sum(axis=0) for one in range(classes)]) + 0.5
    found: Values = counts / counts.sum(axis=0)
    return found
