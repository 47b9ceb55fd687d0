"""What bands add to public knowledge, by group size, form, quarters and readers: printed by `reidentify.py`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from analysis.audit.intruder.courses import Course
from analysis.audit.intruder.gain import guess, nearest, shares_near
from analysis.audit.intruder.knowledge import Forecast, annual, figures_of, forecast, logs
from analysis.disclosure.bands import printed_band
from analysis.disclosure.policy import Policy, policy
from analysis.reference.published import published_figures
from analysis.reference.regions import regions

Values = npt.NDArray[np.float64]

YEARS = (2023, 2024, 2025)
SEED = 2019
PUBLISHED = published_figures()
INDICATORS = sorted(PUBLISHED["indicator"].unique())
TABLES = {one: annual(PUBLISHED, one) for one in INDICATORS}
NUMERATORS = {
    one: PUBLISHED[(PUBLISHED["indicator"] == one) & (PUBLISHED["level"] == "authority")].pivot(
        index="area", columns="year", values="numerator"
    )
    for one in INDICATORS
}
STOCKS = ("A05", "A08", "A12")
MEMBERS = regions()["south-east"].members
QUARTERS_A_YEAR = 4
MADE_UP_SERIES = 4
"""For each indicator and year: one series alone moves a gain by more than its standard error."""

NAMED_IN = {"south-east": (2, 3, 5), "south-west": (1, 3), "north-west": (7,)}
"""By region: how many are named."""

IN_FORCE = policy()
QUARTILES = IN_FORCE.model_copy(update={"min_group_quartiles": 5})
MEDIAN_ALONE = IN_FORCE.model_copy(update={"min_group_quartiles": 1_000})
NARROW_MEDIAN = MEDIAN_ALONE.model_copy(update={"window_median_alone": IN_FORCE.window})
FORMS = {"quartiles": QUARTILES, "median of 3": NARROW_MEDIAN, "median of 5": MEDIAN_ALONE}


def periods(members: Sequence[str]) -> Iterator[tuple[Forecast, Values]]:
    """For each year and indicator, what is known a year before, and the figures: of those of whom both exist."""
    yield from (case for case in every_period(members) if len(case[1]) >= IN_FORCE.min_group_median)


def every_period(members: Sequence[str]) -> Iterator[tuple[Forecast, Values]]:
    """As `periods`, however few they are."""
    for year in YEARS:
        for one in INDICATORS:
            figures = TABLES[one].reindex(list(members))[year].to_numpy(dtype=float)
            known = forecast(TABLES[one], members, year, year - 1)
            given = ~np.isnan(figures) & ~np.isnan(known.centre)
            yield Forecast(known.centre[given], known.scale[given], known.drift_sd), figures[given]


def gained(course: Course, figures: Values, known: Values, rules: Policy, seed: int, of: slice | None = None) -> Values:
    """(2): how much larger the shares near are with the bands than without, within 2 and 5 per cent."""
    bands = np.array([printed_band(column, rules) for column in figures.T])
    found, latest = guess(course, figures, known, bands, rules, seed), figures[:, -1]
    whom = slice(None) if of is None else of
    difference: Values = shares_near(found.banded[whom], latest[whom]) - shares_near(found.public[whom], latest[whom])
    return difference


def told(gains: Iterable[Values]) -> str:
    """Mean gain in points with its standard error over indicator-years."""
    table = 100 * np.array(list(gains))
    if len(table) < 2:
        return "too few members with figures: nothing would be printed"
    mean, error = table.mean(axis=0), table.std(axis=0, ddof=1) / np.sqrt(len(table))
    near = "; ".join(f"within {n} %: {a:+.1f} ({b:.1f})" for n, a, b in zip((2, 5), mean, error, strict=True))
    return f"{near} over {len(table)}"


def of_one_period(members: Sequence[str], readers: int, rules: Policy, coalitions: int) -> list[Values]:
    """One year's band, read by random coalitions: the mean over them, for each indicator and year."""
    random, gains = np.random.default_rng(SEED), []
    for known, figures in periods(members):
        course, differences = Course.of_one_period(known), []
        for draw in range(coalitions):
            chosen = random.choice(len(figures), readers, replace=False)
            differences.append(gained(course, figures[:, None], chosen, rules, SEED + draw))
        gains.append(np.mean(differences, axis=0))
    return gains


def one_band(coalitions: int) -> None:
    """South East: drawn coalitions, those nearest to each, and what no band could tell less of."""
    print("\nGain of one band over public knowledge, points (standard error over indicator-years), South East")
    for readers in (1, IN_FORCE.collusion_k):
        print(f"  k = {readers}, random: {told(of_one_period(MEMBERS, readers, IN_FORCE, coalitions))}", flush=True)
    for readers in (1, IN_FORCE.collusion_k):
        print(f"  k = {readers}, nearest to each: {told(_of_the_nearest(readers))}", flush=True)
    moved = []
    for known, figures in periods(MEMBERS):
        common = np.median(logs(figures) - known.centre)
        knowing = shares_near(figures_of(known.centre + common), figures)
        moved.append(knowing - shares_near(figures_of(known.centre), figures))
    print(f"  the group's true common change alone: {told(moved)}", flush=True)


def _of_the_nearest(readers: int) -> Iterator[Values]:
    """One year's band, read for each member by those whose figures are expected nearest to its own."""
    for known, figures in periods(MEMBERS):
        course, differences = Course.of_one_period(known), []
        for target in map(int, np.flatnonzero(figures > 0)):
            chosen, alone = nearest(course, target, readers), slice(target, target + 1)
            differences.append(gained(course, figures[:, None], chosen, IN_FORCE, SEED + target, alone))
        yield np.mean(differences, axis=0)


def sizes(coalitions: int) -> None:
    """Groups of so many members of one region, drawn: which size bears which form."""
    readers = IN_FORCE.collusion_k
    print(
        f"\nGain of one band by the size of the group, k = {readers}: groups drawn from the regions that are as large"
    )
    for size in (8, 9, 10, 12, 14, 15, 16, 17, 18, 20, 24):
        gains: dict[str, list[Values]] = {name: [] for name in FORMS}
        random = np.random.default_rng(SEED + size)
        for cases in zip(*(every_period(region.members) for region in regions().values()), strict=True):
            large = [case for case in cases if len(case[1]) >= size]
            if not large:
                continue
            differences: dict[str, list[Values]] = {name: [] for name in FORMS}
            for draw in range(coalitions + 1):
                known, figures = large[random.integers(len(large))]
                chosen = np.sort(random.choice(len(figures), size, replace=False))
                course = Course.of_one_period(replace(known, centre=known.centre[chosen], scale=known.scale[chosen]))
                together = random.choice(size, readers, replace=False)
                for name, rules in FORMS.items():
                    found = gained(course, figures[chosen, None], together, rules, SEED + draw)
                    differences[name].append(found)
            for name in FORMS:
                gains[name].append(np.mean(differences[name], axis=0))
        for name in FORMS:
            print(f"  {size} members, {name}: {told(gains[name])}", flush=True)


def in_regions(coalitions: int) -> None:
    """Every region: one band with quartiles and without, and twelve quarters as the policy prints them."""
    readers = IN_FORCE.collusion_k
    print(f"\nGain in every region, k = {readers}")
    for region in sorted(regions().values(), key=lambda region: (len(region.members), region.name)):
        named = f"  {region.name}, {len(region.members)} members"
        for name in ("quartiles", "median of 5"):
            gains = of_one_period(region.members, readers, FORMS[name], coalitions)
            print(f"{named}, one band, {name}: {told(gains)}", flush=True)
        print(f"{named}, 12 quarters as printed: {told(over_quarters(region.members, 12, readers))}", flush=True)


def with_named(coalitions: int) -> None:
    """One band in which some members are named: everybody knows their figures, and five readers theirs besides."""
    print(f"\nGain with named members, whose figures {IN_FORCE.collusion_k} readers know besides their own")
    for region_id, numbers in NAMED_IN.items():
        region = regions()[region_id]
        for named in numbers:
            gains = of_one_period(region.members, IN_FORCE.collusion_k + named, IN_FORCE, coalitions)
            print(f"  {region.name}, {len(region.members)} members, {named} named: {told(gains)}", flush=True)


def many_quarters(_: int) -> None:
    """Bands of several quarters at once, in made-up quarterly series around the published years."""
    print("\nGain over many quarters (made-up quarters around published years), South East, latest quarter")
    for quarters in (12, 8, 4, 1):
        for readers in (1, IN_FORCE.collusion_k):
            print(
                f"  {quarters:2d} quarters, k = {readers}: {told(over_quarters(MEMBERS, quarters, readers))}",
                flush=True,
            )


def over_quarters(members: Sequence[str], quarters: int, readers: int) -> Iterator[Values]:
    """The latest quarter, guessed by a random coalition in each of some made-up series, as the policy prints them."""
    for year in YEARS:
        for one in INDICATORS:
            differences = []
            for number in range(MADE_UP_SERIES):
                random = np.random.default_rng([SEED, number, year, INDICATORS.index(one)])
                made = made_up_quarters(one, year, quarters, members, random)
                if made is not None:
                    course, figures = made
                    chosen = random.choice(len(figures), readers, replace=False)
                    differences.append(gained(course, figures, chosen, IN_FORCE, SEED + number))
            if differences:
                yield np.mean(differences, axis=0)


def made_up_quarters(
    one: str, year: int, quarters: int, members: Sequence[str], random: np.random.Generator
) -> tuple[Course, Values] | None:
    """Quarterly series around the published years, up to the last quarter of `year`; the last four are not out yet.

    A figure goes straight from one year to the next, and each quarter swings about that: by what chance does to a
    quarter's count, and by 3 % (a stock by 2 %).
    """
    back = range(year - 4, year + 1)
    levels = logs(TABLES[one].reindex(list(members))[list(back)].to_numpy(dtype=float))
    counts = NUMERATORS[one].reindex(list(members))[year - 1].to_numpy(dtype=float)
    known = forecast(TABLES[one], members, year, year - 1)
    given = ~np.isnan(levels).any(axis=1) & ~np.isnan(known.centre) & (counts > 0)
    if given.sum() < IN_FORCE.min_group_median:
        return None
    levels, counts = levels[given], counts[given]
    # A stock is counted on the last day of March; a flow's year has its middle half a year before.
    middle = 0.0 if one in STOCKS else 0.5
    at = 1 - np.arange(quarters)[::-1] / QUARTERS_A_YEAR - (0 if one in STOCKS else 1 / (2 * QUARTERS_A_YEAR)) + middle
    at = np.clip(at, None, 1.0)
    points = np.arange(-3, 2, dtype=float)
    path = np.array([np.interp(at, points, line) for line in levels])
    centre = known.centre[given]
    flat = np.array([np.interp(at, points, [*line[:-1], end]) for line, end in zip(levels, centre, strict=True)])
    swing = np.hypot(0.02 if one in STOCKS else 0.03, 0 if one in STOCKS else np.sqrt(QUARTERS_A_YEAR / counts))
    swing = np.broadcast_to(swing, counts.shape)
    figures = figures_of(path + swing[:, None] * random.standard_normal(path.shape))
    return Course(flat, np.clip(at, 0, 1), known.scale[given], known.drift_sd, swing), figures
