"""What a motivated intruder works out from public tables and the kit's bands: every figure of the method's page.

`python benchmarks/reidentify.py [COALITIONS]`. Prints what docs/methods/reidentification.md quotes; asserts nothing.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from analysis.audit.intruder.courses import Course
from analysis.audit.intruder.gain import guess, nearest, shares_near
from analysis.audit.intruder.knowledge import Forecast, annual, figures_of, forecast, logs
from analysis.audit.intruder.naming import certainty, classes_of, scores_of_classes, scores_of_figures, share_named
from analysis.disclosure.bands import printed_band
from analysis.disclosure.policy import policy
from analysis.reference.published import published_figures
from analysis.reference.regions import regions

Values = npt.NDArray[np.float64]

YEARS = (2023, 2024, 2025)
SEED = 2019
PUBLISHED = published_figures()
INDICATORS = sorted(PUBLISHED["indicator"].unique())
ELEVEN = [one for one in INDICATORS if one not in ("A04", "A06", "A07")]
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


def truth(year: int, indicators: list[str], members: tuple[str, ...] = MEMBERS) -> Values:
    """(n, K): the published figures of a year."""
    return np.array([TABLES[one].reindex(list(members))[year].to_numpy(dtype=float) for one in indicators]).T


def in_classes(figures: Values, classes: int | None) -> Values:
    """(n, K): each figure's class among those given; its rank where `classes` is None."""
    found = np.full(figures.shape, np.nan)
    for column, values in enumerate(figures.T):
        given = ~np.isnan(values)
        found[given, column] = classes_of(values[given], classes or int(given.sum()))
    return found


def naming() -> None:
    """How many of the concealed are named, on average over the packs of all readers."""
    print("\nNamed, share of 18 concealed (chance .056), mean of 2023, 2024, 2025")
    for words, listed in (("14 indicators", INDICATORS), ("11 indicators", ELEVEN)):
        for lag, vintage in ((1, "last year's tables"), (0, "the same year's tables")):
            rows = []
            for year in YEARS:
                figures = truth(year, listed)
                known = [forecast(TABLES[one], MEMBERS, year, year - lag) for one in listed]
                row = [share_named(scores_of_figures(figures, known), range(len(MEMBERS)))]
                for classes in (None, 5, 4, 3):
                    marks = in_classes(figures, classes)
                    scores = scores_of_classes(marks, known, classes or len(MEMBERS), SEED)
                    row.append(share_named(scores, range(len(MEMBERS))))
                rows.append(row)
            exact, ranks, five, four, three = np.mean(rows, axis=0)
            print(
                f"  {words}, {vintage}: exact {exact:.3f}; ranks {ranks:.2f}; "
                f"colours 5: {five:.2f}, 4: {four:.2f}, 3: {three:.2f}"
            )


def belief() -> None:
    """Whether the intruder's certainty about a single indicator's marks is right as often as it says."""
    said, right = [], []
    for year in YEARS:
        for one in INDICATORS:
            figures = truth(year, [one])
            given = ~np.isnan(figures[:, 0])
            known = forecast(
                TABLES[one], [code for code, has in zip(MEMBERS, given, strict=True) if has], year, year - 1
            )
            scores = scores_of_figures(figures[given], [known])
            said.append(certainty(scores))
            right.append(scores.argmax(axis=1) == np.arange(given.sum()))
    claims, hits = np.concatenate(said), np.concatenate(right)
    print("\nOne indicator under a pseudonym of its own: how sure the intruder is, and how often right")
    for low, high in ((0, 0.15), (0.15, 0.25), (0.25, 0.5), (0.5, 1.01)):
        chosen = (claims >= low) & (claims < high)
        if chosen.any():
            print(f"  {chosen.sum():4d} marks: says {claims[chosen].mean():.2f}, right {hits[chosen].mean():.2f}")


def periods(members: tuple[str, ...]) -> Iterator[tuple[str, int, Forecast, Values]]:
    """Indicator, year, what is known a year before, and the figures: those of whom both exist."""
    for year in YEARS:
        for one in INDICATORS:
            figures = truth(year, [one], members)[:, 0]
            known = forecast(TABLES[one], members, year, year - 1)
            given = ~np.isnan(figures) & ~np.isnan(known.centre)
            if given.sum() >= policy().min_group_quartiles:
                yield one, year, Forecast(known.centre[given], known.scale[given], known.drift_sd), figures[given]


def told(gains: list[Values]) -> str:
    """Mean gain in points with its standard error over indicator-years."""
    table = 100 * np.array(gains)
    mean, error = table.mean(axis=0), table.std(axis=0, ddof=1) / np.sqrt(len(table))
    return "; ".join(f"within {near} %: {a:+.1f} ({b:.1f})" for near, a, b in zip((2, 5), mean, error, strict=True))


def gain_of_one_period(name: str, members: tuple[str, ...], coalitions: int) -> None:
    """One year's band, read by random coalitions."""
    for readers in (1, policy().collusion_k):
        random, gains = np.random.default_rng(SEED), []
        for _, _, known, figures in periods(members):
            course, bands = Course.of_one_period(known), np.array([printed_band(figures, policy())])
            differences = []
            for draw in range(coalitions):
                chosen = random.choice(len(figures), readers, replace=False)
                found = guess(course, figures[:, None], chosen, bands, policy(), SEED + draw)
                differences.append(shares_near(found.banded, figures) - shares_near(found.public, figures))
            gains.append(np.mean(differences, axis=0))
        print(f"  {name}, {len(members)} members, k = {readers}, random: {told(gains)}", flush=True)


def gain_of_the_nearest() -> None:
    """One year's band, read for each member by those whose figures are expected nearest to its own."""
    for readers in (1, policy().collusion_k):
        gains = []
        for _, _, known, figures in periods(MEMBERS):
            course, bands = Course.of_one_period(known), np.array([printed_band(figures, policy())])
            differences = []
            for target in np.flatnonzero(figures > 0):
                chosen = nearest(course, int(target), readers)
                found = guess(course, figures[:, None], chosen, bands, policy(), SEED + int(target))
                one = slice(target, target + 1)
                differences.append(
                    shares_near(found.banded[one], figures[one]) - shares_near(found.public[one], figures[one])
                )
            gains.append(np.mean(differences, axis=0))
        print(f"  South East, k = {readers}, nearest to each: {told(gains)}", flush=True)


def gain_of_the_middle() -> None:
    """What it is worth to be told the group's common change and nothing else: no band could tell less."""
    gains = []
    for _, _, known, figures in periods(MEMBERS):
        common = np.median(logs(figures) - known.centre)
        moved = shares_near(figures_of(known.centre + common), figures)
        gains.append(moved - shares_near(figures_of(known.centre), figures))
    print(f"\nGain of the group's true common change alone, South East: {told(gains)}")


def made_up_quarters(one: str, year: int, quarters: int, random: np.random.Generator) -> tuple[Course, Values] | None:
    """Quarterly series around the published years, up to the last quarter of `year`; the last four are not out yet.

    A figure goes straight from one year to the next, and each quarter swings about that: by what chance does to a
    quarter's count, and by 3 % (a stock by 2 %).
    """
    back = range(year - 4, year + 1)
    levels = logs(TABLES[one].reindex(list(MEMBERS))[list(back)].to_numpy(dtype=float))
    counts = NUMERATORS[one].reindex(list(MEMBERS))[year - 1].to_numpy(dtype=float)
    known = forecast(TABLES[one], MEMBERS, year, year - 1)
    given = ~np.isnan(levels).any(axis=1) & ~np.isnan(known.centre) & (counts > 0)
    if given.sum() < policy().min_group_quartiles:
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


def gain_over_quarters(coalitions: int) -> None:
    """Bands of several quarters at once, in made-up quarterly series around the published years."""
    print("\nGain over many quarters (made-up quarters around published years), South East, latest quarter")
    for quarters in (12, 8, 4, 1):
        for readers in (1, policy().collusion_k):
            random, gains = np.random.default_rng(SEED), []
            for year in YEARS:
                for one in INDICATORS:
                    made = made_up_quarters(one, year, quarters, random)
                    if made is None:
                        continue
                    course, figures = made
                    bands = np.array([printed_band(column, policy()) for column in figures.T])
                    differences = []
                    for draw in range(coalitions):
                        chosen = random.choice(len(figures), readers, replace=False)
                        found = guess(course, figures, chosen, bands, policy(), SEED + draw)
                        latest = figures[:, -1]
                        differences.append(shares_near(found.banded, latest) - shares_near(found.public, latest))
                    gains.append(np.mean(differences, axis=0))
            print(f"  {quarters:2d} quarters, k = {readers}: {told(gains)} over {len(gains)}", flush=True)


def utility() -> None:
    """What the reader loses by the smoothing and rounding, on the eleven indicators of the first measurements."""
    off, side, fourth = [], [], []
    for year in YEARS:
        for column in truth(year, ELEVEN).T:
            figures = column[~np.isnan(column)]
            band, exact = np.array(printed_band(figures, policy())), np.quantile(figures, [0.25, 0.5, 0.75])
            off.append(abs(band[1] - exact[1]) / exact[1])
            side += list((figures > band[1]) == (figures > exact[1]))
            fourth += list((figures[:, None] > band).sum(axis=1) == (figures[:, None] > exact).sum(axis=1))
    print("\nUtility, 11 indicators, South East")
    print(f"  median off by {np.mean(off):.2%} on average, {np.max(off):.2%} at most")
    print(f"  same side of the median {np.mean(side):.1%}, same fourth {np.mean(fourth):.1%}")


if __name__ == "__main__":
    began = time.perf_counter()
    drawn = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    naming()
    belief()
    utility()
    gain_of_the_middle()
    print("\nGain of one band over public knowledge, points (standard error over indicator-years)")
    gain_of_one_period("South East", MEMBERS, drawn)
    gain_of_the_nearest()
    gain_over_quarters(drawn)
    print("\nGain of one band in the other regions")
    for region in regions().values():
        if region.members != MEMBERS:
            gain_of_one_period(region.name, region.members, drawn)
    print(f"\n{time.perf_counter() - began:.0f} seconds, {drawn} coalitions for each indicator and year")
