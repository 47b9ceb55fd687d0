"""The bands of a large group that reaches across regions, by the rules of a region's own.

Two groups that differ by a few members would give those members away: the wide group has bands only where it has,
besides the region, as many others as a group of its own would need.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.disclosure.bands import GroupBands, group_bands
from analysis.disclosure.policy import Policy
from analysis.reference.changes.breaks import Break
from analysis.reference.indicators import Indicator
from analysis.reference.periods import Quarter

TOO_FEW_BESIDE = "too_few_beside_the_region"


def wide_bands(
    indicators: pd.DataFrame,
    indicator: Indicator,
    region: Sequence[str],
    everyone: Sequence[str],
    periods: Sequence[Quarter],
    policy: Policy,
    breaks: Sequence[Break] = (),
) -> GroupBands | str:
    """The bands of everyone in the cross-regional file, as `bands.group_bands`.

    Parameters
    ----------
    indicators
        Made from the cross-regional file.
    region
        DfE codes of the region's group, which has bands of its own.
    everyone
        Those of the wide group.

    Returns
    -------
    GroupBands or str
        `too_few_beside_the_region` where fewer than `policy.min_group_quartiles` outside of the region have a figure in
        every period of the band; otherwise as `group_bands`.
    """
    found = group_bands(indicators, indicator, everyone, periods, policy, breaks)
    if isinstance(found, str):
        return found
    # Whoever is in the group has a figure in every period of it.
    beside = set(found.members) - set(region)
    return found if len(beside) >= policy.min_group_quartiles else TOO_FEW_BESIDE
