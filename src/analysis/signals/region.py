"""The stage for the region as a whole: which of its flows move, and what becomes of its stocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
import pandera.pandas as pa

from analysis.reference.indicators import Balance, Indicator
from analysis.signals.panel import Array, Kind, Panel
from analysis.signals.readings import Panels, without_asked
from analysis.signals.regional import regional_trends
from analysis.signals.screen import FALSE_SHARE, false_share
from analysis.signals.tiers import FEWEST_AUTHORITIES

QUARTERS_BALANCED = 4


class Course(StrEnum):
    """What is said of a series of the whole region. Its words are in `views/trends.py`."""

    RISING = "rising"
    FALLING = "falling"
    NO_TREND = "no_trend"
    """A flow that was tested, and nothing that chance and swings in common do not bring."""
    DESCRIBED = "described"
    """Not tested: no test of a stock, a percentage or an average time keeps its rate. The slope is told."""
    TOO_SHORT = "too_short"
    """Fewer quarters than a test needs, or fewer than five authorities with a figure in each of them."""


TRENDS_SCHEMA = pa.DataFrameSchema(
    {
        "series": pa.Column("str"),
        "slope": pa.Column("float64", nullable=True),
        "p": pa.Column("float64", pa.Check.in_range(0, 1), nullable=True),
        "q": pa.Column("float64", pa.Check.in_range(0, 1), nullable=True),
        "authorities": pa.Column("int64", pa.Check.ge(0)),
        "net": pa.Column("float64", nullable=True),
        "net_of": pa.Column("int64", pa.Check.ge(0)),
        "reading": pa.Column("str", pa.Check.isin([course.value for course in Course])),
    },
    unique=["series"],
    strict=True,
    ordered=True,
)


@dataclass(frozen=True)
class _Net:
    """Who started, less who left, over the last four quarters, of the authorities that have all figures of both."""

    children: float
    authorities: int


def read_region(
    held: Panels,
    listed: Sequence[Indicator],
    balances: Sequence[Balance],
    asked: Callable[[str, str, str], bool] | None = None,
) -> pd.DataFrame:
    """The course of every headline over all members of a region together.

    Parameters
    ----------
    held
        The headlines by quarter (`readings.panels_of`) of the region's members.
    listed
        The indicators, in their order.
    balances
        Which flows add to a stock and take from it.
    asked
        Whether the figure of a series, an authority and a quarter is being asked about (`artefacts.asked_about`): it
        counts as missing, so that a slip of one authority is no move of the region.

    Returns
    -------
    DataFrame
        `series, slope, p, q, authorities, net, net_of, reading`, in the order of the list. `slope` is the median of
        the authorities' Sen slopes, in the unit of the series by quarter. `p` and `q` (Benjamini and Hochberg over
        the region's flows) are of flows alone. `net` is of a stock whose flows are counted too: who started less who
        left over four quarters, in the `net_of` authorities that have all of both.
    """
    held = held if asked is None else without_asked(held, asked)
    panels = held.panels
    found = {
        name: (trend, panel.kind)
        for panel, names in zip(panels, held.series, strict=True)
        for name, trend in zip(names, regional_trends(_begun(panel)), strict=True)
    }
    events = {
        name: panel.events[at]
        for panel, names in zip(panels, held.series, strict=True)
        for at, name in enumerate(names)
    }
    p = np.array([found[one.headline][0].p for one in listed])
    q = false_share(p)
    nets = [_net(one, listed, balances, events) for one in listed]
    table = pd.DataFrame({
        "series": [one.headline for one in listed],
        "slope": [found[one.headline][0].slope * one.headline_series.multiplier for one in listed],
        "p": p,
        "q": q,
        "authorities": [found[one.headline][0].authorities for one in listed],
        "net": [net.children for net in nets],
        "net_of": [net.authorities for net in nets],
        "reading": [
            _course(found[one.headline][1], share, rises=found[one.headline][0].rises).value
            for one, share in zip(listed, q, strict=True)
        ],
    })  # fmt: skip
    return TRENDS_SCHEMA.validate(table)


def _course(kind: Kind, share: float, *, rises: bool) -> Course:
    if kind is not Kind.FLOW:
        return Course.DESCRIBED
    if np.isnan(share):
        return Course.TOO_SHORT
    if share > FALSE_SHARE:
        return Course.NO_TREND
    return Course.RISING if rises else Course.FALLING


def _begun(panel: Panel) -> Panel:
    """From the first quarter in which enough authorities have a figure of any series: before it there is no history."""
    enough = (panel.given.sum(axis=1) >= FEWEST_AUTHORITIES).any(axis=0)
    first = int(np.argmax(enough)) if enough.any() else 0
    return Panel(panel.kind, panel.events[:, :, first:], panel.base[:, :, first:])


def _net(
    indicator: Indicator, listed: Sequence[Indicator], balances: Sequence[Balance], events: dict[str, Array]
) -> _Net:
    stock = indicator.headline_series.numerator
    of_measure = {one.headline_series.numerator: one.headline for one in listed if one.kind == "flow"}
    balance = next((one for one in balances if one.stock == stock), None)
    if indicator.kind != "stock" or balance is None or not {balance.starting, balance.ceasing} <= of_measure.keys():
        return _Net(float("nan"), 0)
    last = [
        events[of_measure[measure]][:, -QUARTERS_BALANCED:].sum(axis=1)
        for measure in (balance.starting, balance.ceasing)
    ]
    difference = last[0] - last[1]
    there = ~np.isnan(difference)
    return _Net(float(difference[there].sum()) if there.any() else float("nan"), int(there.sum()))
