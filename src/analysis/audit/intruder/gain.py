"""What printed bands add to what public tables and colluding readers tell of the concealed figures.

The intruder draws regions as they might be, learns from them how a member's figure goes with the bands (linear
regression), and takes the regions in which the bands say the same of that member as the printed ones do (Fearnhead and
Prangle's semi-automatic approximate Bayesian computation, 2012). Measured is the share of concealed figures that the
guess comes near to, beyond the share without the bands.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.audit.intruder.courses import Course
from analysis.audit.intruder.knowledge import figures_of, logs
from analysis.disclosure.bands import order_weights
from analysis.disclosure.forms import form_of
from analysis.disclosure.policy import Policy

Values = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

WORLDS = 4_000
LEARNT_FROM = 1_000
"""Of the regions drawn, those nearest to the printed bands: how figures go with bands is learnt there."""
KEPT = 300
"""Of those, the ones in which the bands say the same of a member."""
NEAR = (0.02, 0.05)
"""How near a guess must come: as a share of the figure."""


@dataclass(frozen=True)
class Guess:
    """What a coalition makes of the latest figures that it does not know; n members, NaN for those that it does."""

    public: Values
    """(n): by public tables and its own figures."""
    banded: Values
    """(n): by the printed bands besides."""


def guess(course: Course, figures: Values, known: Places, bands: Values, policy: Policy, seed: int) -> Guess:
    """What a coalition makes of one indicator's concealed figures in the latest period.

    Parameters
    ----------
    course
        What public tables tell of the n members over the Q periods that have a band.
    figures
        (n, Q): the figures as they are; the intruder is given only those at `known`.
    known
        The places of the colluders.
    bands
        (Q, 3): lower quartile, median and upper quartile as printed; NaN where a quartile is not.
    policy
        How the bands were made: it is public, and the intruder uses it.
    seed
        Of the regions drawn.
    """
    own = np.full(figures.shape, np.nan)
    own[known] = logs(figures[known])
    concealed = np.isnan(own[:, -1])
    at, weight = course.drift(own)
    public = course.expected[:, -1] + course.changed[-1] * (at @ weight)
    worlds = course.drawn(own, WORLDS, np.random.default_rng(seed))
    left = _left_of_distance(worlds, bands, policy)
    near = np.argsort((left**2).sum(axis=1), kind="stable")[:LEARNT_FROM]
    banded = _learnt(left[near], worlds[near, :, -1])
    return Guess(np.where(concealed, figures_of(public), np.nan), np.where(concealed, figures_of(banded), np.nan))


def shares_near(guessed: Values, figures: Values) -> Values:
    """(2): the shares of guesses that come within 2 and 5 per cent of the figures; NaN are left out."""
    given = ~np.isnan(guessed) & (figures > 0)
    away = np.abs(guessed[given] - figures[given]) / figures[given]
    return np.array([np.mean(away <= near) for near in NEAR])


def nearest(course: Course, target: int, others: int) -> Places:
    """The members whose figures are expected nearest to one member's: the coalition that it has most to fear from."""
    away = np.abs(course.expected[:, -1] - course.expected[target, -1])
    away[target] = np.inf
    found: Places = np.argsort(away, kind="stable")[:others]
    return found


def _left_of_distance(worlds: Values, bands: Values, policy: Policy) -> Values:
    """How far each region's bands lie outside what is printed as these, in units of the last digit.

    (worlds, printed figures): at most 3 Q of them.
    """
    ordered = np.sort(figures_of(worlds), axis=1)
    weights = order_weights(worlds.shape[1], form_of(worlds.shape[1], policy).window)
    drawn = np.einsum("wnq,bn->wqb", ordered, weights)
    digit = 10.0 ** (np.floor(np.log10(np.maximum(np.abs(bands), 1e-9))) - policy.significant_figures + 1)
    away = (drawn - bands) / digit
    # Whatever is printed alike is alike: the rounding hides where in it the band lies.
    outside = (away - np.clip(away, -0.5, 0.5)).reshape(len(worlds), -1)
    found: Values = outside[:, ~np.isnan(bands).ravel()]
    return found


def _learnt(left: Values, figures: Values) -> Values:
    """(n): each member's figure where nothing is left of the distance."""
    centred = left - left.mean(axis=0)
    slope, *_ = np.linalg.lstsq(centred, figures - figures.mean(axis=0), rcond=None)
    said = left @ slope
    order = np.argsort(np.abs(said), axis=0, kind="stable")[:KEPT]
    corrected = np.take_along_axis(figures - said, order, axis=0)
    found: Values = np.median(corrected, axis=0)
    return found
