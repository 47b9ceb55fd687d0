"""What can be worked out about hidden counts, against an integer solver that knows nothing of how they were hidden."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.disclosure.linkage import Knowledge, years_to_show
from analysis.disclosure.policy import Policy, policy
from analysis.disclosure.small_counts import conceal_small_counts
from analysis.indicators.compute import compute_indicators
from analysis.reference.periods import Quarter
from analysis.reference.populations import population_frame
from analysis.reference.registry import Registry, registry

LAST = Quarter.parse("2025-26-Q2")
NESTED = [
    ("re_referrals", "referrals"),
    ("cpp_second_ever", "cpp_starting"),
    ("cpp_second_2_years", "cpp_second_ever"),
    ("a3_under_14_months", "a3_children"),
]
BALANCES = [("cpp_at_end", "cpp_starting", "cpp_ceasing"), ("cla_at_end", "cla_starting", "cla_ceasing")]
BY_YEAR = {"adopted", "a1_children", "a3_children", "a3_under_14_months"}
Counts = dict[str, np.ndarray]


class Intruder:
    """Holds the page, the rules, the book-keeping identities and a solver: the counts are whole and not negative.

    It also reads `c` as 1 to 5 wherever the rules leave no other reason for it. (Over 12 months they do: there `c` may
    be a larger figure that would give a small one away. docs/methods/disclosure.md says what it is worth to know.)
    """

    def __init__(self, page: pd.DataFrame, truth: Counts) -> None:
        self.truth, self.length = truth, len(next(iter(truth.values())))
        self.place = {measure: index * self.length for index, measure in enumerate(truth)}
        self.size = len(truth) * self.length + len(BALANCES) * self.length
        self.low = np.zeros(self.size)
        self.high = np.full(self.size, 500.0)
        self.high[len(truth) * self.length :] = 1
        self.rows: list[tuple[np.ndarray, float, float]] = []
        self.page = page.set_index(["series", "window", "period"])
        self.periods = [str(period) for period in LAST.back(self.length)]
        self._read_figures()
        self._know_the_rules()
        for part, whole in NESTED:
            if part in truth and whole in truth:
                for quarter in range(self.length):
                    self._add({(part, quarter): 1, (whole, quarter): -1}, -np.inf, 0)

    def _add(self, terms: dict[tuple[str, int], float], low: float, high: float) -> None:
        row = np.zeros(self.size)
        for (measure, quarter), weight in terms.items():
            row[self.place[measure] + quarter] += weight
        self.rows.append((row, low, high))

    def _window(self, measure: str, window: str, quarter: int) -> dict[tuple[str, int], float]:
        stock = registry().measures[measure].kind == "stock"
        back = 1 if window == "quarter" or stock else 4
        return {(measure, at): 1.0 for at in range(quarter - back + 1, quarter + 1)}

    def _read_figures(self) -> None:
        for (series_id, window, period), row in self.page.iterrows():
            series, quarter = registry().series(series_id), self.periods.index(period)
            if row["status"] != "given":
                continue
            above = {} if series.kind == "duration" else self._window(series.numerator, window, quarter)
            below = self._window(series.denominator, window, quarter) if series.denominator in self.truth else {}
            if above:
                self._add(above, row["numerator"], row["numerator"])
            if below:
                self._add(below, row["denominator"], row["denominator"])
            if above and below:
                share = row["value"] / series.multiplier
                self._add(above | dict.fromkeys(below, -share), -1e-6, 1e-6)

    def _hidden(self, series: str, quarter: int) -> bool:
        return self.page.loc[(series, "quarter", self.periods[quarter]), "status"] == "suppressed"

    def _hidden_for_the_year(self, series: str, quarter: int) -> bool:
        """Whether a quarter may be hidden only because one before it in its year is."""
        before = quarters_of_the_year(self.periods, quarter)[:-1]
        return self.periods[quarter].endswith("Q4") and any(self._hidden(series, at) for at in before)

    def with_published_years(self) -> Intruder:
        """Holds also what DfE publishes later: the sum of every whole financial year that is on the page."""
        for quarter in range(3, self.length):
            if self.periods[quarter].endswith("Q4"):
                for measure in set(self.truth) - BY_YEAR:
                    if registry().measures[measure].kind == "flow":
                        total = self.truth[measure][quarter - 3 : quarter + 1].sum()
                        self._add(self._window(measure, "rolling12", quarter), total, total)
        return self

    def _know_the_rules(self) -> None:
        number = {s.numerator: s.id for s in registry().all_series() if s.kind == "number"}
        flows = {flow for _, *two in BALANCES for flow in two}
        wholes = dict(NESTED)
        for measure in set(self.truth) - flows - BY_YEAR:
            whole = wholes.get(measure, "")
            whole = "cpp_starting" if measure == "cpp_second_2_years" else whole
            for quarter in range(self.length):
                of_the_whole = whole and self._hidden(number[whole], quarter)
                of_the_year = self._hidden_for_the_year(number[measure], quarter)
                if self._hidden(number[measure], quarter) and not of_the_whole and not of_the_year:
                    at = self.place[measure] + quarter
                    self.low[at], self.high[at] = 1, 5
        for which, (stock, starting, ceasing) in enumerate(BALANCES):
            if not {stock, starting, ceasing} <= self.truth.keys():
                continue
            for quarter in range(1, self.length):
                self._add(
                    {(stock, quarter): 1, (stock, quarter - 1): -1, (starting, quarter): -1, (ceasing, quarter): 1},
                    0,
                    0,
                )
                because_of_stock = any(self._hidden(number[stock], at) for at in (quarter - 1, quarter))
                of_the_year = self._hidden_for_the_year(number[starting], quarter)
                if self._hidden(number[starting], quarter) and not because_of_stock and not of_the_year:
                    # One of the two is small: a switch says which.
                    switch = len(self.truth) * self.length + which * self.length + quarter
                    for flow, sign in ((starting, 1), (ceasing, -1)):
                        row = np.zeros(self.size)
                        row[self.place[flow] + quarter] = 1
                        row[switch] = sign * 500
                        slack = 500 if sign == 1 else 0
                        self.rows.append((row, -np.inf, 5 + slack))
                        row = row.copy()
                        row[switch] = -sign * 500
                        self.rows.append((row, 1 - slack, np.inf))

    def interval(self, measure: str, quarter: int, back: int = 1) -> tuple[float, float]:
        """The least and the most that a count can be."""
        goal = np.zeros(self.size)
        for at in range(quarter - back + 1, quarter + 1):
            goal[self.place[measure] + at] = 1
        matrix, low, high = zip(*self.rows, strict=True)
        constraints = LinearConstraint(np.array(matrix), np.array(low), np.array(high))
        ends = []
        for sign in (1, -1):
            found = milp(
                sign * goal,
                constraints=constraints,
                bounds=Bounds(self.low, self.high),
                integrality=np.ones(self.size),
                # With presolve, HiGHS calls a few problems infeasible that the true counts solve.
                options={"presolve": False},
            )
            assert found.status == 0, found.message
            ends.append(sign * round(found.fun))
        return ends[0], ends[1]

    def narrowest(self) -> float:
        """The width of the narrowest interval of any small count."""
        widths = [np.inf]
        for measure, values in self.truth.items():
            for quarter in np.flatnonzero((values >= 1) & (values <= 5)):
                least, most = self.interval(measure, int(quarter))
                widths.append(most - least)
            for quarter in range(3, self.length) if measure in BY_YEAR else ():
                if 1 <= values[quarter - 3 : quarter + 1].sum() <= 5:
                    least, most = self.interval(measure, quarter, 4)
                    widths.append(most - least)
        return min(widths)


def quarters_of_the_year(periods: list[str], quarter: int) -> list[int]:
    """The quarters of a financial year up to one of them."""
    first = quarter - int(periods[quarter][-1]) + 1
    return list(range(max(first, 0), quarter + 1))


def page_of(truth: Counts, conceal: Callable[[pd.DataFrame, Registry, Policy], pd.DataFrame]) -> pd.DataFrame:
    rows = [
        ("825", str(period), measure, float(value), "given")
        for measure, values in (truth | averages(truth)).items()
        for period, value in zip(LAST.back(len(values)), values, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["authority", "period", "measure", "value", "status"])
    return conceal(compute_indicators(table, registry(), population_frame()), registry(), policy())


def averages(truth: Counts) -> Counts:
    return {"a1_days": np.full(len(truth["a1_children"]), 400.0)} if "a1_children" in truth else {}


def protection(seed: int) -> Counts:
    random = np.random.default_rng(seed)
    length, level = 6, random.choice([2, 5, 9])
    starting, ceasing = random.poisson(level, (2, length))
    stock = random.integers(0, 25) + np.cumsum(starting - ceasing)
    ever = random.binomial(starting, random.choice([0.3, 0.9]))
    return {
        "cpp_at_end": stock - min(stock.min(), 0),
        "cpp_starting": starting,
        "cpp_ceasing": ceasing,
        "cpp_second_ever": ever,
        "cpp_second_2_years": random.binomial(ever, 0.5),
    }


def adoption(seed: int) -> Counts:
    random = np.random.default_rng(seed)
    length, level = 9, random.choice([1, 3, 6])
    children = random.poisson(level, length)
    return {
        "adopted": random.poisson(level, length),
        "cla_at_end": random.poisson(80, length),
        "a1_children": children,
        "a3_children": children * random.integers(1, 6),
        "a3_under_14_months": random.binomial(children, 0.5),
    }


def front_door(seed: int) -> Counts:
    random = np.random.default_rng(seed)
    referrals = random.poisson(random.choice([4, 8, 30]), 8)
    return {"referrals": referrals, "re_referrals": random.binomial(referrals, random.choice([0.2, 0.9]))}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("world", [protection, adoption, front_door])
def test_no_small_count_is_confined_to_less_than_the_policy_says(world: Callable[[int], Counts], seed: int) -> None:
    truth = world(seed)
    assert Intruder(page_of(truth, conceal_small_counts), truth).narrowest() >= policy().narrowest


def test_a_published_year_leaves_a_hidden_quarter_as_open_as_the_last_quarter_is_wide() -> None:
    """The year's last quarter, hidden with it, may have given it some children or taken some from it."""
    looked_at = 0
    for seed in range(12):
        truth = front_door(seed)
        intruder = Intruder(page_of(truth, conceal_small_counts), truth).with_published_years()
        for measure, quarter, last in small_before_the_last(intruder):
            count, of_last = truth[measure][quarter], truth[measure][last]
            least, most = intruder.interval(measure, quarter)
            assert least <= max(policy().small_count_low, count - room_above(truth, measure, last)), (measure, quarter)
            assert most >= min(policy().small_count_high, count + of_last), (measure, quarter)
            looked_at += 1
    assert looked_at > 10


def test_a_published_year_does_not_give_back_a_hidden_quarter_through_the_balance_of_a_stock() -> None:
    looked_at = 0
    for seed in range(20):
        truth = protection(seed)
        intruder = Intruder(page_of(truth, conceal_small_counts), truth).with_published_years()
        for measure, quarter, last in small_before_the_last(intruder):
            flows = (truth[name][last] for name in (measure, "cpp_starting", "cpp_ceasing"))
            if min(*flows, room_above(truth, measure, last)) > 0:
                least, most = intruder.interval(measure, quarter)
                assert least < most, (measure, quarter)
                looked_at += 1
    assert looked_at > 30


def room_above(truth: Counts, measure: str, quarter: int) -> float:
    """How many more a part could be of its whole."""
    rooms = (truth[whole][quarter] - truth[measure][quarter] for part, whole in NESTED if part == measure)
    return min(rooms, default=np.inf)


def small_before_the_last(intruder: Intruder) -> list[tuple[str, int, int]]:
    """Each small count of a flow with a later quarter in its year: the measure, the quarter, the year's last one."""
    return [
        (measure, int(quarter), last)
        for measure, values in intruder.truth.items()
        if registry().measures[measure].kind == "flow"
        for quarter in np.flatnonzero((values >= 1) & (values <= 5))
        if quarter < (last := int(quarter) + 4 - int(intruder.periods[quarter][-1])) < intruder.length
    ]


def small_cells_only(table: pd.DataFrame, registry: Registry, policy: Policy) -> pd.DataFrame:
    """What a spreadsheet would do: blank the small numbers, and leave the rest."""
    small = (table["series"].str.endswith("number")) & table["value"].between(1, 5)
    hidden = table.copy()
    hidden.loc[small, ["numerator", "denominator", "value"]] = np.nan
    hidden.loc[small, "status"] = "suppressed"
    return hidden


@pytest.mark.parametrize("world", [protection, adoption, front_door])
def test_the_intruder_is_not_blunt(world: Callable[[int], Counts]) -> None:
    """Against the usual rule it finds a small count exactly, or this test would prove nothing."""
    truth = world(1)
    assert Intruder(page_of(truth, small_cells_only), truth).narrowest() == 0


@pytest.mark.parametrize("seed", range(40))
def test_shortest_paths_are_what_a_solver_finds(seed: int) -> None:
    random = np.random.default_rng(seed)
    counts = random.poisson(3, 7)
    known = Knowledge(8)
    rows, low, high = [], [], []
    for end in range(1, 8):
        known = known.with_sum(end - 1, end, 0, np.inf)
    for _ in range(6):
        start, end = sorted(random.choice(8, 2, replace=False))
        total, slack = counts[start:end].sum(), random.integers(0, 3)
        known = known.with_sum(int(start), int(end), total - slack, total + slack)
        rows.append([start <= quarter < end for quarter in range(7)])
        low.append(total - slack)
        high.append(total + slack)
    for quarter in range(7):
        goal = np.eye(7)[quarter]
        constraint = LinearConstraint(np.array(rows, dtype=float), low, high)
        ends = [milp(sign * goal, constraints=constraint, integrality=np.ones(7)) for sign in (1, -1)]
        expected = tuple(sign * end.fun if end.status == 0 else np.inf for sign, end in zip((1, -1), ends, strict=True))
        assert known.between(quarter, quarter + 1) == pytest.approx(expected)
        assert known.width(quarter, quarter + 1) == pytest.approx(expected[1] - expected[0])


def test_years_are_decided_from_the_oldest_on() -> None:
    quarters = np.array([4.0, 1, 6, 2, 5, 0, 7, 3, 2])
    years = np.concatenate([np.full(3, np.nan), np.convolve(quarters, np.ones(4), "valid")])
    whole = years_to_show(quarters, years, 4, 1, 5)
    for end in range(4, len(quarters)):
        np.testing.assert_array_equal(years_to_show(quarters[:end], years[:end], 4, 1, 5), whole[:end])
    assert whole.any()
