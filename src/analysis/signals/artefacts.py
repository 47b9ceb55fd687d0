"""Artefacts first: where a figure itself is asked about, nothing is read into it before it is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.reference.periods import Quarter
from analysis.reference.registry import Registry
from analysis.returns.rules.consistency import MISSING_MEASURE, MISSING_RETURN
from analysis.returns.rules.query_budget import BEYOND
from analysis.signals.panel import Mask
from analysis.signals.tiers import SUSTAINED_QUARTERS, Tier

QUARTERS_ASKED = {Tier.NEW: 1, Tier.SUSTAINED: SUSTAINED_QUARTERS, Tier.DRIFT: SUSTAINED_QUARTERS}
"""How far back an open query holds a reading back."""
_OF_NO_FIGURE = (MISSING_RETURN.id, MISSING_MEASURE.id)


def queried(
    findings: pd.DataFrame, registry: Registry, series: Sequence[str], authorities: Sequence[str], period: Quarter
) -> Mapping[Tier, Mask]:
    """The cells whose figures are being asked about, by tier: arrays of series by authority.

    Parameters
    ----------
    findings
        Of the returns, as `returns.rules.findings`; a ten-fold slip, a jump, a late revision or a part above its whole
        is a query or a refusal there. One about a whole return is about each of its measures. A query that was not
        asked for lack of room is open too; what was answered or accepted is a note, and holds nothing back.
    registry
        Knows the measures that each series is made of.
    period
        The newest quarter.
    """
    about = asked_about(findings, registry)

    def asked(name: str, authority: str, tier: Tier) -> bool:
        quarters = [str(period.shift(-back)) for back in range(QUARTERS_ASKED[tier])]
        return any(about(name, authority, each) for each in quarters)

    return {
        tier: np.array([[asked(name, authority, tier) for authority in authorities] for name in series], dtype=bool)
        for tier in Tier
    }


def asked_about(findings: pd.DataFrame, registry: Registry) -> Callable[[str, str, str], bool]:
    """Whether the figure of a series, an authority and a quarter is being asked about.

    Parameters
    ----------
    findings, registry
        As for `queried`.
    """
    beyond = findings["seen"].str.contains(BEYOND, regex=False)
    open_ = findings[(findings["severity"].isin(["query", "refuse"]) | beyond) & ~findings["rule"].isin(_OF_NO_FIGURE)]
    about = set(zip(open_["authority"], open_["measure"], open_["period"], strict=True))
    made_of = {one.id: [name for name in (one.numerator, one.denominator) if name] for one in registry.all_series()}
    return lambda series, authority, quarter: any(
        (authority, measure, quarter) in about for measure in ("", *made_of[series])
    )
