"""The screen of a quarter: which cells lie apart from their own pattern, with a held rate of false prompts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.signals.contrast import Contrast, contrast
from analysis.signals.moderate import moderate
from analysis.signals.panel import Array, Mask, Panel
from analysis.signals.power import smallest_shift
from analysis.signals.tiers import Asked, Tier, asked

FALSE_SHARE = 0.1
"""Of the prompts of a tier in a quarter, about how many are chance (Benjamini and Hochberg 1995)."""


@dataclass(frozen=True)
class Screened:
    """One tier's answer for every series and authority of a quarter; NaN where there is no reading."""

    estimate: Array
    z: Array
    p: Array
    q: Array
    """The share of chance among prompts, if this cell and all that are less likely are prompts."""
    smallest: Array
    """The relative shift that would be a prompt four times in five, though it were the only one: above 0.8 there are
    too few children to say."""

    @property
    def prompts(self) -> Mask:
        """The cells that are asked about."""
        with np.errstate(invalid="ignore"):
            found: Mask = self.q <= FALSE_SHARE
        return found


def screen(panels: Sequence[Panel], tier: Tier, left_out: Mask | None = None) -> Screened:
    """Put one tier's question to all series of a quarter.

    Parameters
    ----------
    panels
        Of the same authorities and quarters, the newest last. Their series are answered in the order of the panels.
    tier
        A tier is a family of its own: what is found in one raises nothing in another.
    left_out
        Series by authority: cells that are no part of the family, since their figures are being asked about. They keep
        their p and have no q. One bad return would otherwise make prompts of other authorities more likely.

    Raises
    ------
    ValueError
        If there is no panel, or if they are not of the same authorities and quarters.
    """
    if len({panel.events.shape[1:] for panel in panels}) != 1:
        raise ValueError("no panels, or not of the same authorities and quarters")
    question = asked(tier, panels[0].events.shape[2])
    return judge(panels, question, [contrast(panel, question) for panel in panels], left_out)


def judge(
    panels: Sequence[Panel], question: Asked, contrasts: Sequence[Contrast], left_out: Mask | None = None
) -> Screened:
    """What contrasts of one quarter come to: noisiness is shrunk over all of them, and so is the share of chance."""
    estimate, variance, fit, freedom, residuals = (
        np.concatenate([getattr(one, name) for one in contrasts])
        for name in ("estimate", "variance", "fit", "freedom", "residuals")
    )
    told = moderate(estimate, variance, fit, freedom, residuals, question.peak)
    family = told.p if left_out is None else np.where(left_out, np.nan, told.p)
    smallest = smallest_shift(panels, question, told.error, told.freedom, prompts_alone(family))
    return Screened(estimate, told.z, told.p, false_share(family), smallest)


def prompts_alone(p: Array) -> float:
    """The p below which a cell prompts though no other does: of several hundred, about 0.0003."""
    return FALSE_SHARE / max(int(np.count_nonzero(~np.isnan(p))), 1)


def false_share(p: Array) -> Array:
    """Benjamini and Hochberg's adjusted p over the cells that have one; others are NaN, and no part of the family."""
    tested = ~np.isnan(p)
    adjusted = np.full(p.shape, np.nan)
    if tested.any():
        adjusted[tested] = stats.false_discovery_control(p[tested])
    return adjusted
