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

from permutations import ORDERS, WINDOW, YEAR
from worlds import ASSUMED, ESTIMATED, REGION_LASTS, SEASON, read_world

from analysis.reference.authorities import authorities
from analysis.signals.contrast import contrast
from analysis.signals.moderate import moderate
from analysis.signals.panel import Array, Kind, Mask, Panel, by_chance, on_scale, relative
from analysis.signals.screen import FALSE_SHARE, false_share
from analysis.signals.tiers import Tier, asked
from analysis.signals.two_way import two_way

SEED, PERMUTATIONS = 7, 8
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
        """The last quarters before one, region by region: a panel with a series for each of so many counts."""
        for region in sorted(set(self.regions)):
            here = np.array([one == region for one in self.regions])
            events = counts[:, here, end - WINDOW : end]
            children = np.broadcast_to(self.children[here, end - WINDOW : end], events.shape)
            yield here, Panel(Kind.FLOW, events, children)


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
    """All authorities' p and change at one quarter: each beside its region, moderated with all regions.

    `counts`, and what is given back, are by course (as they are, or in another order) and authority.
    """
    question = asked(tier, WINDOW)
    found, places = [], []
    p, change = np.full((2, *counts.shape[:2]), np.nan)
    for here, panel in held.windows(counts, end):
        found.append(contrast(panel, question))
        places.append(here)
        change[:, here] = relative(panel, found[-1].estimate)
    width = max(one.estimate.shape[1] for one in found)
    for course in range(len(counts)):
        parts = [
            np.stack([_padded(getattr(one, name)[course], width) for one in found])
            for name in ("estimate", "variance", "fit", "freedom", "residuals")
        ]
        told = moderate(*parts, question.peak).p
        for number, here in enumerate(places):
            p[course, here] = told[number, : here.sum()]
    return p, change


def _padded(values: Array, width: int) -> Array:
    missing = np.full((width - len(values), *values.shape[1:]), np.nan)
    return np.concatenate([values, missing])


def made_up(held: Referrals, rng: np.random.Generator) -> Array:
    """The same authorities with referrals as the estimated world makes them: nothing happens to any one of them."""
    world = read_world(ESTIMATED)
    one, quarters = world.only("referrals").series[0], held.counts.shape[1]
    level = np.log(np.nanmean(held.counts / held.children, axis=1, keepdims=True))
    own = one.noise_sd * _lasting(rng, len(level), quarters, one.lasting)
    places = np.unique(held.regions, return_inverse=True)[1]
    region = world.regional_sd * _lasting(rng, len(set(held.regions)), quarters, REGION_LASTS)[places]
    season = one.season * np.tile(SEASON, quarters // YEAR)
    return rng.poisson(held.children * np.exp(level + own + region + season)).astype(float)


def _lasting(rng: np.random.Generator, rows: int, quarters: int, lasting: float) -> Array:
    noise = rng.normal(size=(rows, quarters))
    for quarter in range(1, quarters):
        noise[:, quarter] = lasting * noise[:, quarter - 1] + np.sqrt(1 - lasting**2) * noise[:, quarter]
    return noise


def reordered(held: Referrals, courses: Array, name: str, lasting: float, rng: np.random.Generator) -> Array:
    """Each course of all authorities with its quarters in another order, of that name."""
    regions = np.array(held.regions)
    return np.stack([
        np.rint(ORDERS[name](one / held.children, regions, lasting, rng) * held.children) for one in courses
    ])  # fmt: skip


def told(p: Array) -> str:
    """How many p lie below two levels, in per cent, with the interval over courses and quarters.

    `p` is by course (or quarter) and authority.
    """
    shares = [np.mean(row[~np.isnan(row)] < 0.002) for row in p]
    half = 1.96 * np.std(shares, ddof=1) / np.sqrt(len(shares))
    usual = np.mean(p[~np.isnan(p)] < 0.05)
    return f"{100 * np.mean(shares):.2f} ±{100 * half:.2f} | {100 * usual:.1f}"


def main() -> None:
    """Print it all."""
    folder = Path(sys.argv[1])
    held = read(folder)
    print(f"{len(held.codes)} authorities, {held.quarters[0]} to {held.quarters[-1]}")
    season, noise, lasting = quarterly(held)
    print(f"season {np.round(season, 3)}, noise sd {noise:.3f}, lasting {lasting:.2f}")
    world(folder, season, noise, lasting)
    rates(held, lasting)
    shifts = [
        row
        for tier in (Tier.NEW, Tier.SUSTAINED)
        for end in range(WINDOW, held.counts.shape[1] + 1)
        for row in prompts(held, tier, end, *(one[0] for one in p_of(held, held.counts[None], end, tier)))
    ]
    print(f"\n{len(shifts)} prompts; those that are least likely chance:")
    print("| authority | quarter | tier | change | p |\n|---|---|---|---|---|")
    for p, line in sorted(shifts)[:LISTED]:
        print(f"{line} {p:.1e} |")


def rates(held: Referrals, lasting: float) -> None:
    """How many p are low: of the real series, and of made-up ones, as they are and in every order that was tried."""
    rng = np.random.default_rng(SEED)
    nothing = np.stack([made_up(held, rng) for _ in range(PERMUTATIONS)])
    quarters = held.counts.shape[1]
    print("\nCells with a low p, in per cent: of real referrals, and of made-up ones in which nothing happened")
    print("| order of quarters | tier | real, p < .002 | real, p < .05 | made up, p < .002 | made up, p < .05 |")
    print("|---|---|---|---|---|---|")
    table = {"as they are": (held.counts[None], nothing, range(WINDOW, quarters + 1))}
    for name in ORDERS:
        courses = np.broadcast_to(held.counts, nothing.shape)
        both = (reordered(held, one, name, lasting, rng) for one in (courses, nothing))
        table[name] = (*both, range(WINDOW, quarters + 1, WINDOW))
    for name, (real, made, ends) in table.items():
        for tier in (Tier.NEW, Tier.SUSTAINED):
            cells = [told(np.concatenate([p_of(held, one, end, tier)[0] for end in ends])) for one in (real, made)]
            print(f"| {name} | {tier} | {' | '.join(cells)} |", flush=True)


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
        for _, panel in held.windows(held.counts[None], end):
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
