"""Whether a change of position is more than chance."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analysis.uncertainty.positions import Positions

Mask = npt.NDArray[np.bool_]


def is_a_move(before: Positions, after: Positions) -> Mask:
    """Where the interval after lies wholly above or wholly below the interval before.

    Parameters
    ----------
    before, after
        Positions of one shape among the same authorities: who reported both times.

    Returns
    -------
    array
        False wherever the intervals have a place in common, and where an authority has no position in either. Not
        called a move is not the same as unmoved.

    Raises
    ------
    ValueError
        Where the shapes differ.
    """
    if before.rank.shape != after.rank.shape:
        raise ValueError(f"positions of shape {before.rank.shape} and of shape {after.rank.shape}")
    return (after.low > before.high) | (after.high < before.low)
