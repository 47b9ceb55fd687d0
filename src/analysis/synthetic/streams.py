"""Chance, the same on each run: one named stream of uniform numbers for each thing that is left to it.

Counts are drawn by inverting their distribution at a uniform number, so a planted truth changes only the cells that it
touches: everything else keeps the number that it had. Only `Generator.random` of PCG64 is used, since numpy promises
its bits and not those of the ready-made distributions.
"""

from __future__ import annotations

from zlib import crc32

import numpy as np
import numpy.typing as npt
from scipy import special, stats

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

_LEAST = 2.0**-54
"""Stands in for 0, at which an inverted distribution has no value."""
_DIGITS = 10
"""Means are rounded before they are drawn from: the last bits of `exp` differ from one platform to another."""


def uniforms(seed: int, name: str, shape: tuple[int, ...]) -> Floats:
    """Uniform numbers of one named stream; time is the first axis, so that a longer history begins with the shorter."""
    bits = np.random.PCG64(np.random.SeedSequence([seed, crc32(name.encode())]))
    return np.maximum(np.random.Generator(bits).random(shape), _LEAST)


def normals(seed: int, name: str, shape: tuple[int, ...]) -> Floats:
    """Standard normal numbers of one named stream."""
    return np.asarray(special.ndtri(uniforms(seed, name, shape)), dtype=np.float64)


def wandering(seed: int, name: str, shape: tuple[int, int], phi: float) -> Floats:
    """First-order autoregressions of unit variance, one for each column, in their stationary state from the start."""
    steps = normals(seed, name, shape)
    path = np.empty(shape)
    path[0] = steps[0]
    for quarter in range(1, shape[0]):
        path[quarter] = phi * path[quarter - 1] + np.sqrt(1 - phi**2) * steps[quarter]
    return path


def poisson(chance: Floats, mean: Floats) -> Counts:
    """Poisson counts of the given means at uniform numbers."""
    return np.asarray(stats.poisson.ppf(chance, np.round(np.maximum(mean, 1e-9), _DIGITS)), dtype=np.int64)


def binomial(chance: Floats, trials: Counts, share: Floats) -> Counts:
    """Binomial counts at uniform numbers; 0 of 0."""
    return np.asarray(stats.binom.ppf(chance, trials, np.round(share, _DIGITS)), dtype=np.int64)
