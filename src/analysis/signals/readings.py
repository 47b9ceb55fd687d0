"""The stage: indicators to readings, for every authority, headline and tier of a quarter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.reference.changes.breaks import Break
from analysis.reference.indicators import Indicator, Window
from analysis.reference.periods import Quarter
from analysis.reference.status import Status
from analysis.signals.panel import Array, Kind, Mask, Panel, relative
from analysis.signals.power import TOO_FEW
from analysis.signals.schema import COLUMNS, Reading, validated
from analysis.signals.screen import Screened, screen
from analysis.signals.tiers import Asked, Tier, asked, there_is

QUARTERS_TESTED = 20
"""Five years. What lies further back is another pattern."""


@dataclass(frozen=True)
class Panels:
    """The headlines of a region over the quarters that are tested, one panel for each kind."""

    authorities: tuple[str, ...]
    quarters: tuple[Quarter, ...]
    series: tuple[tuple[str, ...], ...]
    """By panel, in its order."""
    panels: tuple[Panel, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The series of all panels."""
        return tuple(name for series in self.series for name in series)


def panels_of(
    indicators: pd.DataFrame,
    listed: Sequence[Indicator],
    authorities: Sequence[str],
    period: Quarter,
    breaks: Iterable[Break] = (),
) -> Panels:
    """The headline of each indicator, quarter by quarter.

    Parameters
    ----------
    indicators
        The indicators stage, with every rate on one population edition (`rates.on_edition`): a new estimate is no step.
        Of a headline of 12 months its quarters are taken, since overlapping windows hang together.
    authorities
        Whoever takes part; who is not there stays empty.
    period
        The newest quarter.
    breaks
        Figures of an earlier definition are left out: no pattern crosses a break.
    """
    quarters = tuple(period.back(QUARTERS_TESTED))
    rows = indicators[indicators["window"] == Window.QUARTER.value].set_index(["series", "authority", "period"])
    broken: dict[tuple[str, str], Quarter] = {}
    for one in breaks:
        key = (one.authority, one.indicator)
        if one.first <= period:
            broken[key] = max(broken.get(key, one.first), one.first)
    found: dict[Kind, list[tuple[str, Array, Array]]] = {}
    for indicator in listed:
        keys = pd.MultiIndex.from_product([[indicator.headline], authorities, map(str, quarters)])
        cells = rows[["numerator", "denominator", "status"]].reindex(keys)
        shape = (len(authorities), len(quarters))
        given = (cells["status"] == Status.GIVEN.value).to_numpy(copy=True).reshape(shape)
        for place, code in enumerate(authorities):
            first = broken.get((code, indicator.id))
            if first is not None:
                given[place] &= [quarter >= first for quarter in quarters]
        events, base = (
            np.where(given, cells[name].to_numpy(dtype=float).reshape(shape), np.nan)
            for name in ("numerator", "denominator")
        )
        kind = Kind(indicator.kind)
        if kind is Kind.DURATION:
            # The stage holds all children's days together.
            events = np.divide(events, base, out=np.full(shape, np.nan), where=base > 0)
        found.setdefault(kind, []).append((indicator.headline, events, base))
    kinds = tuple(found)
    return Panels(
        tuple(authorities),
        quarters,
        tuple(tuple(name for name, _, _ in found[kind]) for kind in kinds),
        tuple(Panel(kind, *(np.stack([one[at] for one in found[kind]]) for at in (1, 2))) for kind in kinds),
    )


def without_asked(held: Panels, asked: Callable[[str, str, str], bool]) -> Panels:
    """The panels without the figures that are being asked about: a slip has no say in what is common, or in the noise.

    Parameters
    ----------
    asked
        Whether the figure of a series, an authority and a quarter is being asked about (`artefacts.asked_about`).
    """
    panels = []
    for panel, names in zip(held.panels, held.series, strict=True):
        events = panel.events.copy()
        for at, name in enumerate(names):
            for row, authority in enumerate(held.authorities):
                events[at, row, [asked(name, authority, str(quarter)) for quarter in held.quarters]] = np.nan
        panels.append(Panel(panel.kind, events, panel.base))
    return replace(held, panels=tuple(panels))


def read_signals(held: Panels, queried: Mapping[Tier, Mask] | None = None) -> pd.DataFrame:
    """Every tier's reading of every headline of every authority.

    Parameters
    ----------
    queried
        By tier, the cells whose figures are being asked about (`artefacts.queried`), in the order of `held.names`.

    Returns
    -------
    DataFrame
        `authority, period, series, test, change, statistic, p, q, smallest, quarters, reading` (`signals.schema`).
        `change` is relative: 0.35 is 35 per cent above the authority's own pattern with the region's move; of a drift
        it is by quarter. `smallest` is what would have been a prompt four times in five (`power.smallest_shift`).
        What is queried has no q; and no p where the figure itself was taken out (`without_asked`). Nor has a series of
        too few events over all quarters (`panel.too_rare`).
    """
    nothing = np.zeros((len(held.names), len(held.authorities)), dtype=bool)
    tables = [_table(held, tier, nothing if queried is None else queried[tier]) for tier in Tier]
    return validated(pd.concat(tables, ignore_index=True)[COLUMNS])


def _table(held: Panels, tier: Tier, queried: Mask) -> pd.DataFrame:
    question, told = asked(tier, len(held.quarters)), screen(held.panels, tier, queried)
    given = np.concatenate([panel.given for panel in held.panels])
    change = np.concatenate(
        [relative(panel, part) for panel, part in zip(held.panels, _split(held, told.estimate), strict=True)]
    )
    shape = told.p.shape
    return pd.DataFrame({
        "authority": np.tile(held.authorities, shape[0]),
        "period": str(held.quarters[-1]),
        "series": np.repeat(held.names, shape[1]),
        "test": tier.value,
        "change": change.ravel(),
        "statistic": told.z.ravel(),
        "p": told.p.ravel(),
        "q": told.q.ravel(),
        "smallest": told.smallest.ravel(),
        "quarters": given.sum(axis=2).ravel(),
        "reading": _readings(told, given, question, queried).ravel(),
    })  # fmt: skip


def _split(held: Panels, values: Array) -> list[Array]:
    return np.split(values, np.cumsum([len(series) for series in held.series])[:-1])


def _readings(
    told: Screened, given: Mask, question: Asked, queried: Mask
) -> np.ndarray[tuple[int, ...], np.dtype[np.object_]]:
    there = there_is(given, question)
    with np.errstate(invalid="ignore"):
        silent = np.where(told.smallest > TOO_FEW, Reading.TOO_FEW.value, Reading.QUIET.value)
        found = np.where(told.estimate > 0, Reading.HIGHER.value, Reading.LOWER.value)
    return np.select(
        [~there.together, queried, ~there.at_last, ~there.long, np.isnan(told.p), told.prompts],
        [
            Reading.FEW_AUTHORITIES.value,
            Reading.QUERIED.value,
            Reading.NO_FIGURE.value,
            Reading.TOO_SHORT.value,
            Reading.TOO_FEW.value,
            found,
        ],
        silent,
    ).astype(object)
