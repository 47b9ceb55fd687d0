"""What the pictures mark where nothing happened: why XmR charts and funnels are no screen.

`python benchmarks/pictures.py [REPEATS]` prints the shares that docs/methods/xmr.md and funnel.md quote, each with its
95 % Monte-Carlo interval over quarters, in the made-up regions of `make calibrate`: charts in the assumed world and
the estimated one, funnels in the first. Seeded; asserts nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent / "calibration"))

from rivals import shown
from worlds import ASSUMED, ESTIMATED, GROUPS, Made, read_world, simulate

from analysis.signals.funnel import OUTER, Funnel, Scale, funnel, limits
from analysis.signals.panel import Array, Kind, Mask
from analysis.signals.xmr import special_causes_at_end

REPEATS, QUARTERS, YEAR = 200, 16, 4
SEED, SERIES_SEED, GROUP_SEED = 1, 5, 6
ALONE = 50
"""Independent series and smooth groups are so many times as many as the quarters of the region."""
LASTING = (0.0, 0.6)
SPREADS = {Scale.RATE: (0.004, 0.12), Scale.PERCENTAGE: (0.3, 0.08)}
"""Centre of the smooth groups, and standard deviation of their own levels on the funnel's scale."""


def told(shares: Array) -> str:
    """A mean over quarters, series by series, with its 95 % Monte-Carlo interval, in per cent."""
    return f"{100 * shares.mean():.1f} ±{100 * 1.96 * shares.std(ddof=1) / np.sqrt(len(shares)):.1f}"


def head(title: str, *columns: str) -> None:
    """The heading of a table."""
    print(f"\n{title}\n\n| {' | '.join(columns)} |\n{'|---' * len(columns)}|")


def marked(values: Array) -> Mask:
    """Whether an XmR chart marks the last point; any axes before the quarters."""
    return special_causes_at_end(values.reshape(-1, values.shape[-1])).reshape(values.shape[:-1])


def over_years(made: Made) -> Array:
    """The series again as figures of 12 months at each quarter: sums over sums."""
    events, base = (np.lib.stride_tricks.sliding_window_view(part, YEAR, axis=1) for part in made.counts)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.swapaxes(events.sum(axis=-1) / base.sum(axis=-1), 1, 2)


def classes(shares: dict[str, Array]) -> Iterator[tuple[str, Array]]:
    """What all series and each class of them have, quarter after quarter."""
    for name, members in {"all": tuple(shares), **GROUPS}.items():
        of = [shares[one] for one in members if one in shares]
        if of:
            yield name, np.concatenate(of)


def charts(made: list[Made]) -> None:
    """XmR charts of the region's series and of their 12 months."""
    head("XmR: cells with a mark at the latest quarter (%)", "series", "quarters", "12 months, overlapping")
    single = {one.series.name: marked(shown(one.panel)).mean(axis=1) for one in made}
    yearly = {one.series.name: marked(over_years(one)).mean(axis=1) for one in made}
    for (name, quarters), (_, years) in zip(classes(single), classes(yearly), strict=True):
        print(f"| {name} | {told(quarters)} | {told(years)} |")


def bell_curves(number: int) -> None:
    """XmR charts of series with nothing but chance in them."""
    head("XmR: bell-curve series with a mark at the latest quarter (%)", "correlation of neighbours", "marked")
    rng = np.random.default_rng(SERIES_SEED)
    for lasting in LASTING:
        values = rng.normal(size=(number, QUARTERS))
        for quarter in range(1, QUARTERS):
            values[:, quarter] = lasting * values[:, quarter - 1] + np.sqrt(1 - lasting**2) * values[:, quarter]
        print(f"| {lasting:g} | {told(marked(values).astype(float))} |")


def by_chance(found: Funnel, sizes: Array) -> Mask:
    """Who lies beyond the outer limits of chance alone."""
    sized = np.where(np.isnan(found.figures), np.nan, sizes)
    lower, upper = limits(found.scale, sized, found.centre, 0.0, OUTER)
    with np.errstate(invalid="ignore"):
        return (found.figures > upper) | (found.figures < lower)


def each_funnel(scale: Scale, numerators: Array, denominators: Array, what: Callable[[Funnel, Array], Array]) -> Array:
    """What is asked of the funnel of each quarter; quarters that have none are left out."""
    pairs = zip(numerators, denominators, strict=True)
    found = [(funnel(scale, above, below), below) for above, below in pairs]
    return np.array([what(one, sizes) for one, sizes in found if one is not None], dtype=float)


def funnels(made: list[Made]) -> None:
    """Funnels: of the region's latest quarter, and of smooth groups as large as the region."""
    plain, spread = {}, {}
    for one in made:
        if one.panel.kind is Kind.DURATION:
            continue
        scale = Scale.PERCENTAGE if one.panel.kind is Kind.PERCENTAGE else Scale.RATE
        counts = one.panel.events[..., -1], one.panel.base[..., -1]
        plain[one.series.name] = each_funnel(scale, *counts, by_chance).mean(axis=1)
        spread[one.series.name] = each_funnel(scale, *counts, lambda found, _: np.abs(found.outside) == 2).mean(axis=1)
    head("Funnel: cells beyond the 99.8 % limits (%)", "series", "of chance alone", "with tau squared")
    for (name, without), (_, with_it) in zip(classes(plain), classes(spread), strict=True):
        print(f"| {name} | {told(without)} | {told(with_it)} |")
    smooth(made[0].panel.base[0, :, 0], ALONE * len(made[0].moved))


def smooth(children: Array, repeats: int) -> None:
    """Groups without any outlier: own levels of a bell curve on the funnel's scale."""
    head(
        f"Funnel: {repeats} smooth groups of {len(children)}",
        *("scale", "beyond 95 % (%)", "beyond 99.8 % (%)", "tau found / tau"),
    )
    rng = np.random.default_rng(GROUP_SEED)
    for scale, (centre, tau) in SPREADS.items():
        own = rng.normal(scale.forth(np.asarray(centre), centre), tau, (repeats, len(children)))
        true = scale.back(own, centre)
        sizes = np.broadcast_to(children if scale is Scale.RATE else children // 100, true.shape)
        counts = rng.poisson(sizes * true) if scale is Scale.RATE else rng.binomial(sizes.astype(int), true)
        found = each_funnel(scale, counts.astype(float), sizes, lambda one, _: np.append(np.abs(one.outside), one.tau2))
        beyond = [told((found[:, :-1] >= reach).mean(axis=1)) for reach in (1, 2)]
        print(f"| {scale.value} | {' | '.join(beyond)} | {np.sqrt(found[:, -1].mean()) / tau:.2f} |")


def main() -> None:
    """Measure and print."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else REPEATS
    made = simulate(read_world(), repeats, QUARTERS, SEED)
    print(f"{repeats} quarters of {len(made)} series, seed {SEED}; world: {ASSUMED.name}")
    charts(made)
    bell_curves(ALONE * repeats)
    funnels(made)
    print(f"\nWorld: {ESTIMATED.name}")
    charts(simulate(read_world(ESTIMATED), repeats, QUARTERS, SEED))


if __name__ == "__main__":
    main()
