"""Bands of equal numbers of areas, by the rule of OHID's Fingertips. For analysts: the reports use LAIT's fourths.

Source: OHID, Fingertips technical guidance, "Assigning deprivation categories", as `phe_quantile` of
PHEindicatormethods 2.1.0 computes it (its rule, none of its code). Where it and `quartiles.fourth` part:
docs/methods/comparisons.md.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

Values = npt.NDArray[np.float64]


def quantile_bands(values: npt.ArrayLike, count: int, *, highest_first: bool = True) -> Values:
    """The band of each figure: those who reported, put in order and dealt out in bands of like numbers.

    Parameters
    ----------
    values
        Members of one group, or groups by members, in any one unit; NaN where missing.
    count
        How many bands: 4 for quarters, 10 for tenths.
    highest_first
        Whether band 1 holds the highest figures, as it does in Fingertips unless told otherwise. Not the same bands
        backwards: where the members do not divide evenly, other bands are the small ones.

    Returns
    -------
    array
        In the shape of the figures, 1 to `count`: (q + 1) - ceil((n + 1 - rank) q / n) for q bands and n members that
        have a figure. Ties share the smaller rank, and so the band of their first. NaN where a figure is missing, and
        for all of a group in which fewer than `count` have one.

    Raises
    ------
    ValueError
        Where there are fewer than two bands.
    """
    if count < 2:
        raise ValueError(f"{count} bands: two are the fewest")
    figures = np.asarray(values, dtype=float)
    there = ~np.isnan(figures)
    ordered = -figures if highest_first else figures
    # Who is missing is put behind all, where it moves nobody.
    rank = rankdata(np.where(there, ordered, np.inf), method="min", axis=-1).astype(np.int64)
    reporting = there.sum(axis=-1, keepdims=True)
    # In whole numbers: with n / q rounded, a band's last member can slip into the next.
    band = count + 1 + (-(reporting + 1 - rank) * count) // np.maximum(reporting, 1)
    return np.where(there & (reporting >= count), band, np.nan)
