"""How many questions an authority gets where nothing is wrong, and how many faults are found.

Made-up returns in which nothing is planted, then with one fault each, then DfE's real quarterly referrals where they
are at hand (`python benchmarks/queries.py [SEEDS] [REFERRALS.csv]`). Prints what docs/methods/queries.md quotes;
asserts nothing.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.reference.periods import Quarter
from analysis.reference.registry import registry
from analysis.returns.rules.as_array import Figures
from analysis.returns.rules.balances import add_up
from analysis.returns.rules.findings import Finding, findings_frame
from analysis.returns.rules.history import Seen, look_back
from analysis.returns.rules.query_budget import rank_queries
from analysis.returns.rules.query_policy import query_policy
from analysis.returns.rules.rule import RULES
from analysis.returns.rules.usual import Floats
from analysis.synthetic.plan import Plan, Recording
from analysis.synthetic.world import make_world

SEEDS, PERIOD, QUARTERS = 10, Quarter(2025, 2), 20
FIRST_SEED = 500
LENGTHS = (20, 19, 18, 17)
"""Each world is looked at as it stood in so many quarters: one of each season."""
SHORT = (2, 3, 4, 5, 6, 8, 12)
SHARE = 0.1
"""Of the authorities, so many have the fault: those to be found, and enough without it for what is common to all."""
Spoil = Callable[[Floats], Floats]
FAULTS: dict[str, Spoil] = {
    "a digit too many (x 10)": lambda figure: figure * 10,
    "a digit too few (/ 10)": lambda figure: np.floor(figure / 10),
    "0 for a missing figure": lambda figure: figure * 0,
    "three times": lambda figure: figure * 3,
    "twice": lambda figure: figure * 2,
    "half": lambda figure: np.round(figure / 2),
    "half as much again": lambda figure: np.round(figure * 1.5),
}
SIZES = (("1 to 9", 1, 10), ("10 to 29", 10, 30), ("30 to 99", 30, 100), ("100 and more", 100, np.inf))


def worlds(seeds: int) -> Iterator[Figures]:
    """The figures of made-up worlds in which nothing happened and nothing is missing."""
    for seed in range(FIRST_SEED, FIRST_SEED + seeds):
        world = make_world(seed, PERIOD, QUARTERS, truths=Plan(), records=Recording())
        yield Figures.of(world.returns, registry())


def first(figures: Figures, quarters: int) -> Figures:
    """The figures as they stood when so many quarters were in."""
    return replace(figures, values=figures.values[:, :quarters], periods=figures.periods[:quarters])


def seen_in(figures: Figures) -> list[Seen]:
    """All that the rules about history and stocks say."""
    seen, explained = look_back(figures, query_policy())
    return [*seen, *add_up(explained, query_policy())]


def asked_in(figures: Figures, seen: list[Seen]) -> pd.DataFrame:
    """The same as findings, in order and within the budget."""
    found = [
        replace(
            Finding.of(RULES[one.rule], one.words, authority=one.authority, period=one.period, measure=one.measure),
            likely=one.likely,
        )
        for one in seen
    ]
    return rank_queries(findings_frame(found), figures.authorities, registry(), query_policy())


def nothing_wrong(seeds: int) -> None:
    """False queries, with a long history and with short ones."""
    numbers, rules, slow = [], pd.Series(dtype=int), []
    for world in worlds(seeds):
        for length in LENGTHS:
            figures = first(world, length)
            began = time.perf_counter()
            seen = seen_in(figures)
            slow.append(time.perf_counter() - began)
            asked = asked_in(figures, seen)
            per = asked[asked["severity"] == "query"].groupby("authority").size()
            numbers.append(per.reindex(figures.authorities, fill_value=0))
            rules = rules.add(asked["rule"].value_counts(), fill_value=0)
    every = pd.concat(numbers)
    print(f"{len(every)} authority-quarters in which nothing is wrong, {QUARTERS} quarters of history")
    print(f"  false queries for each authority-quarter: {every.mean():.4f}; none: {(every == 0).mean():.1%}")
    print(f"  median {every.median():g}, most {every.max()}; by rule: {rules.astype(int).to_dict()}")
    print(f"  milliseconds for all rules on 153 authorities: median {np.median(slow) * 1000:.0f}")
    for length in SHORT:
        seen = [one for world in worlds(max(1, seeds // 3)) for one in seen_in(first(world, length))]
        print(f"  with {length} quarters in all: {len(seen) / (153 * max(1, seeds // 3)):.4f}")


def one_fault(seeds: int) -> None:
    """How many planted faults are found, by what was planted and how large the figure was."""
    chance = np.random.default_rng(FIRST_SEED)
    rows = []
    for world in worlds(seeds):
        for name, spoil in FAULTS.items():
            for m, measure in enumerate(world.measures):
                hit = chance.random(len(world.authorities)) < SHARE
                was = world.values[:, -1, m]
                spoilt = world.values.copy()
                spoilt[hit, -1, m] = spoil(was[hit])
                seen = seen_in(replace(world, values=spoilt))
                found = {one.authority for one in seen if one.measure == measure and one.period == world.periods[-1]}
                rows += [
                    (name, world.kinds[m], was[a], world.authorities[a] in found)
                    for a in np.flatnonzero(hit & (was > 0))
                ]
    table = pd.DataFrame(rows, columns=["fault", "kind", "was", "found"])
    print(f"{len(table)} planted faults, one at a time; share that is asked about, by what the figure should be")
    counts = table[table["kind"] != "duration"]
    for name, group in counts.groupby("fault", sort=False):
        flows, stocks = group[group["kind"] == "flow"], group[group["kind"] == "stock"]
        shares = [
            f"{size} {flows[flows['was'].ge(low) & flows['was'].lt(high)]['found'].mean():.0%}"
            for size, low, high in SIZES
        ]
        days = table[(table["kind"] == "duration") & (table["fault"] == name)]["found"].mean()
        print(f"  {name:<26} {', '.join(shares)}; stocks {stocks['found'].mean():.0%}; average days {days:.0%}")


def whole_returns(seeds: int) -> None:
    """Copied returns, stocks typed wrongly by a little, and what the budget asks where a return is full of slips."""
    chance = np.random.default_rng(FIRST_SEED + 1)
    copied, stocks, slips = [], [], []
    for world in worlds(seeds):
        hit = chance.random(len(world.authorities)) < SHARE
        names = {world.authorities[a] for a in np.flatnonzero(hit)}
        for back in (1, 4):
            values = world.values.copy()
            values[hit, -1] = values[hit, -1 - back]
            seen = seen_in(replace(world, values=values))
            copied += [name in {one.authority for one in seen if one.rule == "copied_return"} for name in names]
        values, m = world.values.copy(), world.measures.index("cla_at_end")
        values[hit, -1, m] = np.round(values[hit, -1, m] * 1.08)
        seen = seen_in(replace(world, values=values))
        stocks += [name in {one.authority for one in seen if one.measure == "cla_at_end"} for name in names]
        values = world.values.copy()
        values[hit, -1, -8:] *= 10
        figures = replace(world, values=values)
        asked = asked_in(figures, seen_in(figures))
        per = asked[asked["severity"] == "query"].groupby("authority").size().reindex(figures.authorities, fill_value=0)
        slips.append((per[sorted(names)].median(), per.median()))
    print(f"copied from the quarter before, or the year before: {np.mean(copied):.0%} of {len(copied)} found")
    print(f"children looked after 8 % too many: {np.mean(stocks):.0%} of {len(stocks)} found")
    print(f"eight slips in a tenth of the returns: asked at the median of these, of all: {slips[0]}")


def real_referrals(path: Path) -> None:
    """DfE's real quarterly referrals, each quarter on the (at most) 20 up to it."""
    rows = pd.read_csv(path, dtype={"old_la_code": str})
    rows = rows[rows["level"] == "L"].assign(period=lambda table: table["financial_year"] + "-" + table["quarter"])
    wide = rows.pivot(index="old_la_code", columns="period", values="referrals").sort_index()
    long = wide.reset_index().melt("old_la_code", var_name="period", value_name="value", ignore_index=True)
    long = long.rename(columns={"old_la_code": "authority"}).assign(measure="referrals")
    whole = Figures.of(long.sort_values(["authority", "period"]), registry())
    found, judged = [], 0
    for length in range(8, len(whole.periods) + 1):
        figures = first(whole, length)
        figures = replace(figures, values=figures.values[:, -QUARTERS:], periods=figures.periods[-QUARTERS:])
        judged += int(np.isfinite(figures.values[:, -1]).sum())
        found += [one for one in look_back(figures, query_policy())[0] if one.period == figures.periods[-1]]
    table = pd.DataFrame([(one.rule, one.authority) for one in found], columns=["rule", "authority"])
    print(f"{judged} real authority-quarters of referrals: {len(found)} queries, {len(found) / judged:.2%}")
    wight = (table["authority"] == "921").sum()
    print(f"  by rule {table['rule'].value_counts().to_dict()}; of the Isle of Wight {wight}")


def main() -> None:
    """Measure and print."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
    nothing_wrong(seeds)
    one_fault(max(1, seeds // 5))
    whole_returns(max(1, seeds // 5))
    if len(sys.argv) > 2:
        real_referrals(Path(sys.argv[2]))


if __name__ == "__main__":
    main()
