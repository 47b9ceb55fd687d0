"""What a motivated intruder works out from public tables and the kit's bands: every figure of the method's page.

`python benchmarks/reidentify.py [COALITIONS] [PART ...]`. Prints what docs/methods/reidentification.md quotes; asserts
nothing. Without a part, all of `PARTS` are run.
"""

from __future__ import annotations

import sys
import time

import numpy as np
import numpy.typing as npt
from reidentify_gain import (
    INDICATORS,
    MEMBERS,
    SEED,
    TABLES,
    YEARS,
    in_regions,
    many_quarters,
    one_band,
    sizes,
    with_named,
)

from analysis.audit.intruder.knowledge import forecast
from analysis.audit.intruder.naming import certainty, classes_of, scores_of_classes, scores_of_figures, share_named
from analysis.disclosure.bands import printed_band
from analysis.disclosure.policy import policy
from analysis.reference.regions import regions

Values = npt.NDArray[np.float64]

ELEVEN = [one for one in INDICATORS if one not in ("A04", "A06", "A07")]


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


def naming(_: int) -> None:
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


def belief(_: int) -> None:
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


def utility(_: int) -> None:
    """What the reader loses by the smoothing and rounding, on the eleven indicators of the first measurements."""
    print("\nUtility, 11 indicators")
    for region in sorted(regions().values(), key=lambda region: (len(region.members), region.name)):
        off, side, fourth = [], [], []
        for year in YEARS:
            for column in truth(year, ELEVEN, region.members).T:
                figures = column[~np.isnan(column)]
                if len(figures) < policy().min_group_median:
                    continue
                band, exact = np.array(printed_band(figures, policy())), np.quantile(figures, [0.25, 0.5, 0.75])
                off.append(abs(band[1] - exact[1]) / exact[1])
                side += list((figures > band[1]) == (figures > exact[1]))
                if not np.isnan(band).any():
                    fourth += list((figures[:, None] > band).sum(axis=1) == (figures[:, None] > exact).sum(axis=1))
        print(
            f"  {region.name}: median off by {np.mean(off):.2%} on average, {np.max(off):.2%} at most; same side of it "
            f"{np.mean(side):.1%}" + (f", same fourth {np.mean(fourth):.1%}" if fourth else "")
        )


PARTS = {
    "naming": naming,
    "belief": belief,
    "utility": utility,
    "one-band": one_band,
    "quarters": many_quarters,
    "sizes": sizes,
    "regions": in_regions,
    "named": with_named,
}


if __name__ == "__main__":
    began = time.perf_counter()
    drawn = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    for part in sys.argv[2:] or PARTS:
        PARTS[part](drawn)
    print(f"\n{time.perf_counter() - began:.0f} seconds, {drawn} coalitions for each indicator and year")
