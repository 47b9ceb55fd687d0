"""What real series say of the assumptions, of the rate of false prompts, and of what has really moved.

`python benchmarks/real_series.py FOLDER`, with DfE's tables as files: `referrals_quarterly_2013_2024.csv` (table c6
summed to quarters), `population_0_17.csv` and `published_indicators.csv`. Public data. Prints what
docs/methods/signals.md quotes, and the world of benchmarks/calibration/estimated_world.csv. Seeded; asserts nothing.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parent / "calibration"))

from worlds import ASSUMED

from analysis.reference.authorities import authorities
from analysis.signals.contrast import contrast
from analysis.signals.moderate import moderate
from analysis.signals.panel import Array, Kind, Mask, Panel, by_chance, on_scale, relative
from analysis.signals.screen import FALSE_SHARE, false_share
from analysis.signals.tiers import Tier, asked
from analysis.signals.two_way import two_way

SEED, PERMUTATIONS = 7, 8
WINDOW, YEAR = 16, 4
FEWEST_QUARTERS = 40
FEWEST_YEARS = 6
LISTED = 25
PUBLISHED = {
    "referrals": "A01", "rereferral_pct": "A02", "assessments": "A03P", "assess45_pct": "A04", "cin_end": "A05",
    "s47": "A06", "icpc15_pct": "A07", "cpp_end": "A08", "cpp_start": "A09", "cpp_cease": "A10",
    "second_cpp_pct": "A11", "cla_end": "A12", "cla_start": "A13", "cla_cease": "A14", "adopted_pct": "A15",
}  # fmt: skip
"""The series of a world, and the published one that stands nearest."""
PERCENTAGES = ("A02", "A04", "A07", "A11", "A15", "A18")


@dataclass(frozen=True)
class Referrals:
    """Counts and children by authority and quarter, and the quarters' names."""

    codes: tuple[str, ...]
    regions: tuple[str, ...]
    quarters: tuple[str, ...]
    counts: Array
    children: Array

    def windows(self, counts: Array, end: int) -> Iterator[tuple[Mask, Panel]]:
        """The last quarters before one, region by region; a panel of one series."""
        for region in sorted(set(self.regions)):
            here = np.array([one == region for one in self.regions])
            cut = slice(end - WINDOW, end)
            yield here, Panel(Kind.FLOW, counts[None, here, cut], self.children[None, here, cut])


def read(folder: Path) -> Referrals:
    """The authorities with 40 quarters or more, by DfE's code: an ONS code changes with a boundary."""
    rows = pd.read_csv(folder / "referrals_quarterly_2013_2024.csv", dtype={"old_la_code": "str"})
    rows = rows[rows["level"] == "L"].assign(quarter=rows["financial_year"] + "-" + rows["quarter"])
    wide = rows.pivot_table(index="old_la_code", columns="quarter", values="referrals").sort_index(axis=1)
    region = {code: one.region for code, one in authorities().items()}
    people = pd.read_csv(folder / "population_0_17.csv", dtype={"old_la_code": "str"})
    children = people[people["level"] == "L"].pivot_table(
        index="old_la_code", columns="mid_year", values="population_0_17"
    )
    wide = wide[wide.notna().sum(axis=1) >= FEWEST_QUARTERS]
    wide = wide[[code in region and code in children.index for code in wide.index]]
    years = [int(quarter[:4]) - 1 for quarter in wide.columns]
    held = children.reindex(columns=range(min(years), max(years) + 1)).ffill(axis=1).bfill(axis=1).loc[wide.index]
    return Referrals(
        tuple(map(str, wide.index)),
        tuple(region[code] for code in wide.index),
        tuple(map(str, wide.columns)),
        wide.to_numpy(dtype=float),
        held[years].to_numpy(dtype=float),
    )


def p_of(held: Referrals, counts: Array, end: int, tier: Tier) -> tuple[Array, Array]:
    """All authorities' p and change at one quarter: each beside its region, moderated together."""
    question = asked(tier, WINDOW)
    found, change = [], np.full(len(held.codes), np.nan)
    p = np.full(len(held.codes), np.nan)
    places = []
    for here, panel in held.windows(counts, end):
        one = contrast(panel, question)
        found.append(one)
        places.append(here)
        change[here] = relative(panel, one.estimate)[0]
    width = max(len(one.estimate[0]) for one in found)
    parts = [
        np.stack([_padded(getattr(one, name)[0], width) for one in found])
        for name in ("estimate", "variance", "fit", "freedom", "residuals")
    ]
    told = moderate(*parts, question.peak).p
    for number, here in enumerate(places):
        p[here] = told[number, : here.sum()]
    return p, change


def _padded(values: Array, width: int) -> Array:
    missing = np.full((width - len(values), *values.shape[1:]), np.nan)
    return np.concatenate([values, missing])


def permuted(held: Referrals, rng: np.random.Generator, *, whole_years: bool) -> Array:
    """Each authority's years in an order of its own within each window of four: together, or each season for itself.

    Seasons stay; what lasts from year to year goes, and season by season also what lasts from quarter to quarter.
    """
    rates = held.counts / held.children
    out = np.empty_like(rates)
    for start in range(0, rates.shape[1], WINDOW):
        for place, row in enumerate(rates[:, start : start + WINDOW].reshape(len(rates), -1, YEAR)):
            orders = np.tile(rng.permutation(len(row))[:, None], YEAR) if whole_years else _orders(len(row), rng)
            out[place, start : start + WINDOW] = np.take_along_axis(row, orders, axis=0).ravel()
    return np.rint(out * held.children)


def _orders(years: int, rng: np.random.Generator) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.stack([rng.permutation(years) for _ in range(YEAR)], axis=1)


def told(label: str, values: list[Array]) -> None:
    """A row: how many p lie below two levels, with the Monte-Carlo interval over quarters."""
    every = np.concatenate(values)
    shares = [np.nanmean(one < 0.002) for one in values]
    half = 1.96 * np.std(shares, ddof=1) / np.sqrt(len(shares))
    print(
        f"| {label} | {np.sum(~np.isnan(every))} | {100 * np.nanmean(every < 0.002):.2f} ±{100 * half:.2f} "
        f"| {100 * np.nanmean(every < 0.05):.1f} |"
    )


def main() -> None:
    """Print it all."""
    folder = Path(sys.argv[1])
    held = read(folder)
    print(f"{len(held.codes)} authorities, {held.quarters[0]} to {held.quarters[-1]}")
    season, noise, lasting = quarterly(held)
    print(f"season {np.round(season, 3)}, noise sd {noise:.3f}, lasting {lasting:.2f}")
    world(folder, season, noise, lasting)
    rng = np.random.default_rng(SEED)
    print("\n| referrals | cells | p < .002 (%) | p < .05 (%) |\n|---|---|---|---|")
    ends = range(WINDOW, held.counts.shape[1] + 1, WINDOW)
    every = range(WINDOW, held.counts.shape[1] + 1)
    shifts = []
    for tier in (Tier.NEW, Tier.SUSTAINED):
        for label, whole in (("whole years permuted", True), ("years permuted season by season", False)):
            shuffled = [permuted(held, rng, whole_years=whole) for _ in range(PERMUTATIONS)]
            told(f"{tier}, {label}", [p_of(held, one, end, tier)[0] for one in shuffled for end in ends])
        found = [(end, *p_of(held, held.counts, end, tier)) for end in every]
        told(f"{tier}, as they are", [p for _, p, _ in found])
        shifts += [row for end, p, change in found for row in prompts(held, tier, end, p, change)]
    print(f"\n{len(shifts)} prompts in {len(every)} quarters; those that are least likely chance:")
    print("| authority | quarter | tier | change | p |\n|---|---|---|---|---|")
    for p, line in sorted(shifts)[:LISTED]:
        print(f"{line} {p:.1e} |")


def prompts(held: Referrals, tier: Tier, end: int, p: Array, change: Array) -> Iterator[tuple[float, str]]:
    """The prompts of one quarter, with their p and as the beginning of a row."""
    names = {code: one.name for code, one in authorities().items()}
    for place in np.flatnonzero(np.nan_to_num(false_share(p), nan=1.0) <= FALSE_SHARE):
        yield (
            float(p[place]),
            f"| {names[held.codes[place]]} | {held.quarters[end - 1]} | {tier} | {change[place]:+.0%} |",
        )


def quarterly(held: Referrals) -> tuple[Array, float, float]:
    """The common season (mean by quarter), and the noise of an authority's own quarters: medians over all windows."""
    seasons, spreads, lasts = [], [], []
    for end in range(WINDOW, held.counts.shape[1] + 1, YEAR):
        for _, panel in held.windows(held.counts, end):
            found = contrast(panel, asked(Tier.NEW, WINDOW))
            spreads.append(float(np.sqrt(found.noise.variance[0])))
            lasts.append(float(found.noise.lasting[0]))
            scaled = on_scale(panel)
            fit = two_way(scaled, by_chance(panel), found.noise.variance, np.zeros(scaled.shape[:2], dtype=bool))
            common = np.median(fit.fitted[0] - fit.fitted[0].mean(axis=1, keepdims=True), axis=0)
            years = common.reshape(-1, YEAR)
            seasons.append((years - years.mean(axis=1, keepdims=True)).mean(axis=0))
    return np.mean(seasons, axis=0), float(np.median(spreads)), float(np.median(lasts))


def world(folder: Path, season: Array, noise: float, lasting: float) -> None:
    """The world with what was estimated in it; what could not be stays as it was assumed."""
    yearly = {name: _yearly(folder, series) for name, series in PUBLISHED.items()}
    base = yearly["referrals"]
    size = float(np.max(np.abs(season)))
    with ASSUMED.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    print("\nseries,kind,level,base,noise_sd,lasting,season,adverse")
    for row in rows:
        found = yearly.get(row["series"], float("nan"))
        if not np.isnan(found):
            row["noise_sd"] = f"{noise * found / base:.2f}"
            row["lasting"] = f"{lasting:.2f}"
        if row["kind"] == "flow":
            row["season"] = f"{size:.3f}"
        print(",".join(row.values()))


def _yearly(folder: Path, series: str) -> float:
    """How much an authority's years differ from one to the next, beside everybody's; on the scale of the noise.

    From the median absolute difference, so that what did happen to a few is not taken for noise.
    """
    rows = pd.read_csv(folder / "published_indicators.csv", dtype={"area_code": "str"}, low_memory=False)
    rows = rows[(rows["level"] == "L") & (rows["indicator_id"] == series)]
    value = pd.to_numeric(rows["value"], errors="coerce").fillna(pd.to_numeric(rows["value_calc"], errors="coerce"))
    wide = rows.assign(figure=value).pivot_table(index="area_code", columns="year", values="figure")
    if wide.shape[1] < FEWEST_YEARS:
        return float("nan")
    with np.errstate(divide="ignore", invalid="ignore"):
        share = wide.to_numpy() / 100.0
        scaled = np.log(share / (1.0 - share)) if series in PERCENTAGES else np.log(wide.to_numpy())
    steps = np.diff(np.where(np.isfinite(scaled), scaled, np.nan), axis=1)
    return float(1.4826 * np.nanmedian(np.abs(steps - np.nanmedian(steps, axis=0))))


if __name__ == "__main__":
    main()
