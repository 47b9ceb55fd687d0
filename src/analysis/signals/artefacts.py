"""Artefacts first: where a figure itself is asked about, nothing is read into it before it is answered."""

from __future__ import annotations

import pandas as pd

from analysis.reference.periods import Quarter
from analysis.reference.registry import Registry
from analysis.signals.schema import PROMPTS, Reading
from analysis.signals.tiers import SUSTAINED_QUARTERS, Tier

QUARTERS_ASKED = {Tier.NEW: 1, Tier.SUSTAINED: SUSTAINED_QUARTERS, Tier.DRIFT: SUSTAINED_QUARTERS}
"""How far back an open query holds a prompt back."""


def hold_back(signals: pd.DataFrame, findings: pd.DataFrame, registry: Registry, period: Quarter) -> pd.DataFrame:
    """Turn prompts about figures that are being queried into `queried`.

    Parameters
    ----------
    signals
        As `readings.read_signals`.
    findings
        Of the returns, as `returns.rules.findings`; a ten-fold slip, a jump, a late revision or a part above its whole
        is a query or a refusal there. What was answered or accepted is a note, and holds nothing back.
    registry
        Knows the measures that each series is made of.
    period
        The newest quarter.

    Returns
    -------
    DataFrame
        The same rows; the numbers stay.
    """
    open_ = findings[findings["severity"].isin(["query", "refuse"])]
    queried = set(zip(open_["authority"], open_["measure"], open_["period"], strict=True))
    measures = {one.id: [name for name in (one.numerator, one.denominator) if name] for one in registry.all_series()}
    recent = {tier: [str(period.shift(-back)) for back in range(QUARTERS_ASKED[tier])] for tier in Tier}

    def asked(authority: str, series: str, tier: str) -> bool:
        return any(
            (authority, measure, quarter) in queried for measure in measures[series] for quarter in recent[Tier(tier)]
        )

    held = [
        reading in PROMPTS and asked(authority, series, tier)
        for authority, series, tier, reading in signals[["authority", "series", "test", "reading"]].to_numpy()
    ]
    return signals.assign(reading=signals["reading"].mask(pd.Series(held, index=signals.index), Reading.QUERIED.value))
