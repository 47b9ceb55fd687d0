"""An authority's own counts of 1 to 5, hidden with everything that would give them back.

Six rules, each of which needs only what is hidden already, so that a later report never uncovers what an earlier
one hid. `docs/methods/disclosure.md` has the ways back that they close, and a test solves for what is left.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.disclosure.counts import QUARTER, YEAR, Counts, by_series, gather, parts
from analysis.disclosure.linkage import years_to_show
from analysis.disclosure.policy import Policy
from analysis.reference.indicators import POPULATION, Window
from analysis.reference.periods import Quarter
from analysis.reference.registry import Registry
from analysis.reference.status import Status

Mask = npt.NDArray[np.bool_]
Hidden = dict[tuple[str, str], Mask]
"""By (measure, window): in which quarters the count is hidden."""

QUARTERS_IN_A_YEAR = 4


def conceal_small_counts(own: pd.DataFrame, registry: Registry, policy: Policy) -> pd.DataFrame:
    """One authority's figures with its small counts, and all that would give them back, hidden.

    Parameters
    ----------
    own
        The indicators stage's rows of one authority, from the first quarter of the collection to the report's: pass
        all of them, also those that no page shows, so that each report hides the same.
    policy
        What counts as small.

    Returns
    -------
    DataFrame
        The same rows. A hidden figure has the status `suppressed` and no value; where a count behind a row is
        hidden, its numerator and denominator are gone too, also if the row had no figure to begin with. A change
        that is computed from what is left is hidden with the figures that it would be made of.

    Raises
    ------
    ValueError
        If the rows are of more than one authority, or the first quarters are left out.
    """
    if own["authority"].nunique() > 1:
        raise ValueError("the small counts of one authority at a time: each has its own")
    counts = gather(own, registry)
    place = pd.Index(counts.quarters).get_indexer(pd.Index(own["period"]))
    figure = (own["status"] == Status.GIVEN.value).to_numpy()
    if (figure & (own["window"] == YEAR).to_numpy() & (place < QUARTERS_IN_A_YEAR - 1)).any():
        raise ValueError("a figure of 12 months stands there without its first quarters: pass all quarters")
    hidden = hidden_counts(counts, registry, policy)
    conceal = np.zeros(len(own), dtype=bool)
    for series_id, window, rows in by_series(own):
        series = registry.series(series_id)
        for key in parts(series, window, registry):
            conceal[rows] |= hidden[key][place[rows]]
        if series.kind == "percentage":
            base = own["denominator"].to_numpy(dtype=float)[rows]
            conceal[rows] |= (base > 0) & (base < policy.percent_denominator_min)
    shown = own.copy()
    shown.loc[conceal, ["numerator", "denominator", "value"]] = np.nan
    shown.loc[conceal & figure, "status"] = Status.SUPPRESSED.value
    return shown


def hidden_counts(counts: Counts, registry: Registry, policy: Policy) -> Hidden:
    """Which counts may not be shown, by measure and window."""
    measures = sorted({measure for measure, _ in counts.known})
    by_year_only = {measure for measure in measures if _shown_by_year_only(measure, registry)}
    by_quarter = {measure: _small(counts, measure, policy) for measure in measures}
    _hide_flows_of_a_balance(by_quarter, registry)
    _hide_parts_of_a_whole(by_quarter, registry)
    _hide_the_last_quarter_of_a_year(by_quarter, counts.quarters, registry)
    hidden: Hidden = {}
    for measure, mask in by_quarter.items():
        if measure in by_year_only:
            hidden[measure, QUARTER] = np.ones_like(mask)
            hidden[measure, YEAR] = ~years_to_show(
                counts.of(measure, QUARTER),
                counts.of(measure, YEAR),
                QUARTERS_IN_A_YEAR,
                policy.small_count_low,
                policy.small_count_high,
            )
        else:
            hidden[measure, QUARTER] = mask
            hidden[measure, YEAR] = _years_with_a_hidden_quarter(mask)
    return hidden


def _small(counts: Counts, measure: str, policy: Policy) -> Mask:
    """A count of 1 to 5 is hidden, and with it every rate, percentage and average that it is a part of."""
    values = counts.of(measure, QUARTER)
    small: Mask = (values >= policy.small_count_low) & (values <= policy.small_count_high)
    return small


def _hide_flows_of_a_balance(by_quarter: dict[str, Mask], registry: Registry) -> None:
    """Starting and ceasing are hidden together: with the stock shown at both ends, either gives back the other.

    They also are in the two quarters that a hidden stock ends and begins, since they lead to it from both sides.
    Which of the two was small is then not known either.
    """
    for balance in registry.balances:
        if not set(balance) <= by_quarter.keys():
            continue
        stock = by_quarter[balance.stock]
        before = np.concatenate([[False], stock[:-1]])
        either = by_quarter[balance.starting] | by_quarter[balance.ceasing] | stock | before
        by_quarter[balance.starting] = either
        by_quarter[balance.ceasing] = either.copy()


def _hide_parts_of_a_whole(by_quarter: dict[str, Mask], registry: Registry) -> None:
    """A part is hidden with its whole: second plans of plans starting, since a part is a floor under the whole."""
    for series in registry.all_series():
        whole, part = series.denominator, series.numerator
        if series.kind == "percentage" and whole in by_quarter and part in by_quarter and whole != POPULATION:
            by_quarter[part] = by_quarter[part] | by_quarter[whole]


def _hide_the_last_quarter_of_a_year(
    by_quarter: dict[str, Mask], quarters: tuple[str, ...], registry: Registry
) -> None:
    """After a hidden quarter the last of the financial year is hidden too, for every flow.

    DfE publishes the year half a year later: less the three quarters that are shown, it would give the hidden one.
    """
    periods = [Quarter.parse(quarter) for quarter in quarters]
    for measure, mask in by_quarter.items():
        if registry.measures[measure].kind == "flow":
            for at, period in enumerate(periods):
                if period.number == QUARTERS_IN_A_YEAR:
                    mask[at] |= mask[max(at - QUARTERS_IN_A_YEAR + 1, 0) : at].any()


def _shown_by_year_only(measure: str, registry: Registry) -> bool:
    """Whether every indicator made of a flow is of so few children that its figure is one of 12 months.

    Its quarterly figures are then hidden whatever they are: in most quarters they would be small, and the quarters
    that are not would give back those that are.
    """
    users = [
        indicator
        for indicator in registry.indicators.values()
        if any(measure in (series.numerator, series.denominator) for series in indicator.series)
    ]
    flow = registry.measures[measure].kind == "flow"
    return flow and all(indicator.window is Window.ROLLING_YEAR for indicator in users)


def _years_with_a_hidden_quarter(hidden: Mask) -> Mask:
    """The 12 months to each quarter's end that a hidden quarter lies in: less the other three they would give it."""
    years: Mask = np.convolve(hidden, np.ones(QUARTERS_IN_A_YEAR))[: len(hidden)] > 0
    return years
