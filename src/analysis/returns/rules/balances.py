"""The rules about stocks and flows, and the populations that rates are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np
import pandas as pd

from analysis.reference.indicators import Balance
from analysis.reference.periods import Quarter
from analysis.reference.populations import edition_for
from analysis.reference.registry import Registry
from analysis.returns.rules.as_array import Figures
from analysis.returns.rules.findings import Finding
from analysis.returns.rules.history import Seen
from analysis.returns.rules.query_policy import QueryPolicy
from analysis.returns.rules.rule import Severity, declare, rule
from analysis.returns.rules.usual import Floats, shifted


@rule(Severity.QUERY, "cell", remedy="ask for the four figures: children at the end now and before, starts and leavers")
def stock_does_not_add_up(figures: Figures, flows: Balance, policy: QueryPolicy) -> Floats:
    """Children at the end of a quarter are those of the quarter before, plus who started, less who left.

    But for a few, which late recording may leave (`balance` in queries.yml). So with child protection plans and with
    children looked after.
    """
    stock, earlier = figures.of_measure(flows.stock), shifted(figures.of_measure(flows.stock), 1)
    gap = stock - earlier - figures.of_measure(flows.starting) + figures.of_measure(flows.ceasing)
    allowed = np.fmax(policy.balance.least, policy.balance.share * earlier)
    return np.where(np.abs(gap) > allowed, gap, 0.0)  # a figure that is missing gives no gap


NO_POPULATION = declare(
    "population_missing",
    Severity.NOTE,
    "cell",
    policy="There is a population for each authority, of the edition that the quarter's rates are made of.",
    remedy="nothing for the authority; the group adds it (docs/how-to/a-world-that-changes.md), for rates to be made",
)


def add_up(figures: Figures, policy: QueryPolicy) -> Iterator[Seen]:
    """Hold the stocks of the last quarters against their flows.

    Parameters
    ----------
    figures
        Without what another rule has explained: a ten-fold slip is not asked about a second time.
    """
    recent = len(figures.periods) - policy.balance.quarters
    for flows in figures.balances:
        gap = stock_does_not_add_up(figures, flows, policy)
        stock, starting, ceasing = (figures.of_measure(name) for name in flows)
        for a, t in np.argwhere(gap != 0):
            if t < recent:
                continue
            sum_, now = stock[a, t - 1] + starting[a, t] - ceasing[a, t], stock[a, t]
            words = f"{now:g}, but {stock[a, t - 1]:g} + {starting[a, t]:g} - {ceasing[a, t]:g} = {sum_:g}"
            yield Seen(stock_does_not_add_up.__name__, figures.authorities[a], figures.periods[t], flows.stock, words)


def without_population(
    authorities: Collection[str], period: Quarter, registry: Registry, populations: pd.DataFrame
) -> list[Finding]:
    """A note for each authority that has no population for the quarter; one for all, where none of them has.

    Parameters
    ----------
    authorities
        DfE codes of those whose rates are wanted.
    period
        The report's quarter; `edition_for` says which edition its rates are on.
    registry
        Where nothing is divided by a population, none is missing.
    populations
        `authority, mid_year, population, status`.
    """
    if not any(series.kind == "rate" for series in registry.all_series()):
        return []
    edition = edition_for(period)
    of_edition = (populations["mid_year"] == edition) & populations["population"].notna()
    populated = set(populations.loc[of_edition, "authority"])
    lacking = sorted(set(authorities) - populated)
    seen = f"no population of mid-{edition}"
    if len(lacking) > 1 and len(lacking) == len(set(authorities)):
        return [Finding.of(NO_POPULATION, f"{seen}, for anybody", period=str(period))]
    return [Finding.of(NO_POPULATION, seen, authority=code, period=str(period)) for code in lacking]
