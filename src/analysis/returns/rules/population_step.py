"""The rule about a population that steps: all rates of an authority step with it, and none of its counts does."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from analysis.reference.periods import Quarter
from analysis.reference.populations import edition_for
from analysis.reference.registry import Registry
from analysis.returns.rules.findings import Finding
from analysis.returns.rules.query_policy import QueryPolicy
from analysis.returns.rules.rule import Severity, declare

POPULATION_STEPS = declare(
    "population_steps",
    Severity.NOTE,
    "cell",
    policy="""The population behind an authority's rates moves from one financial year to the next by no more than
    people are born, grow up and move (`population` in queries.yml). A larger step is a new boundary or another
    estimate: every rate of the authority steps with it, and no count.""",
    remedy="nothing for the authority, who made neither; set counts and not rates beside those of the year before",
)


def steps_of_population(
    authorities: Collection[str], period: Quarter, registry: Registry, populations: pd.DataFrame, policy: QueryPolicy
) -> list[Finding]:
    """A note for each authority whose rates stand on another population than those of the year before.

    Rates are reckoned from counts here, and a financial year has one edition (`edition_for`): a step of all rates and
    of no count can come from the edition alone, and only between March and April. It is told in each quarter of the
    year, since each is set beside the same quarter of the year before.

    Parameters
    ----------
    authorities
        DfE codes of those whose rates are wanted.
    period
        The report's quarter.
    registry
        Where nothing is divided by a population, none steps.
    populations
        `authority, mid_year, population, status`, with the changes that are in force. Where either edition has none
        there is no step: the missing one is `population_missing`.
    policy
        From which share on it is a step.
    """
    if not any(series.kind == "rate" for series in registry.all_series()):
        return []
    now, before = edition_for(period), edition_for(period.shift(-4))
    of_both = populations[populations["authority"].isin(authorities) & populations["mid_year"].isin([now, before])]
    wide = of_both.pivot(index="authority", columns="mid_year", values="population").reindex(columns=[before, now])
    # By how many times, whichever is the larger: a boundary that is drawn and taken back is the same step twice.
    times = wide.max(axis=1, skipna=False) / wide.min(axis=1, skipna=False)
    first = str(Quarter(period.start_year, 1))
    return [
        Finding.of(
            POPULATION_STEPS,
            f"{earlier:,.0f} children at mid-{before}, {later:,.0f} at mid-{now} ({later / earlier - 1:+.1%}): "
            "every rate steps with them, and no count does",
            authority=str(code),
            period=first,
        )
        for code, earlier, later in wide[times > 1 + policy.population.share].itertuples()
    ]
