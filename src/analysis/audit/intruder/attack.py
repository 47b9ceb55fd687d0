"""The motivated intruder's tests of a quarter's anonymised packs, each as a result."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from analysis.audit.intruder.canary import canary_is_caught
from analysis.audit.intruder.counting import Told
from analysis.audit.intruder.courses import Course
from analysis.audit.intruder.gain import guess, shares_near
from analysis.audit.intruder.hidden_counts import still_open
from analysis.audit.intruder.knowledge import Forecast
from analysis.audit.intruder.naming import certainty, scores_of_figures
from analysis.audit.intruder.page import Page
from analysis.audit.intruder.rows import Released, coalitions, exposures, smallest_difference
from analysis.audit.intruder.sameness import differing, spoken
from analysis.audit.intruder.structure import Vocabulary, as_rows, marks_of_others
from analysis.audit.result import STRUCTURE, Heading, Result
from analysis.disclosure.forms import form_of
from analysis.disclosure.policy import Policy
from analysis.reference.registry import Registry

Values = npt.NDArray[np.float64]

COALITIONS = 16
"""Drawn for each indicator: with 4, which ones are drawn moves a quarter's gain by 2 points."""
SEED = 2019


@dataclass(frozen=True)
class Pack:
    """One reader's finished files, read back, and what they say of its counts."""

    pages: tuple[Page, ...]
    words: Vocabulary
    counts: Told


@dataclass(frozen=True)
class Series:
    """One indicator as only the auditor knows it: what its bands are tried against."""

    course: Course
    figures: Values
    """(n, Q)."""
    bands: Values
    """(Q, 3): as printed."""
    readers: tuple[tuple[int, ...], ...] | None = None
    """The places of the authorities that each reader serves, where the group is another than that of other series."""
    named: tuple[int, ...] = ()
    """The places of those that are named with their permission: every reader knows their figures."""


def empty_pages(packs: Sequence[Pack], unread: int = 0) -> Result:
    """Whether something of the group could be read from every file: an empty reading proves nothing.

    Parameters
    ----------
    unread
        Files of the packs that could not be read as pages at all.
    """
    silent = unread + sum(not spoken(page) for pack in packs for page in pack.pages)
    bands = sum(len(page.bands) for pack in packs for page in pack.pages)
    return Result(
        id="read-back",
        heading=Heading.INFERENCE,
        tried="Every band that the files print was read back from their bytes.",
        found=f"{bands} bands; {silent} files without any.",
        statistic=float(silent),
        threshold=0,
        passed=bool(packs) and not silent and all(pack.pages for pack in packs),
    )


def structure(packs: Sequence[Pack]) -> Result:
    """Marks of others: rows, columns, lists, cells of colour and drawings that could stand for one authority."""
    marks = sum(len(marks_of_others(page, pack.words)) for pack in packs for page in pack.pages)
    drawn = sum(len(page.drawings) for pack in packs for page in pack.pages)
    crowded = sum(len(page.crowds) for pack in packs for page in pack.pages)
    return Result(
        id=STRUCTURE,
        heading=Heading.SINGLING_OUT,
        tried="Every row, column, list, colour and drawing was held against those that an anonymised page may have.",
        found=f"{marks} rows or columns that may stand for somebody, {crowded} lists, texts or colours in a row, "
        f"{drawn} drawings made of marks.",
        statistic=float(marks + drawn + crowded),
        threshold=0,
        passed=marks + drawn + crowded == 0,
    )


def naming(packs: Sequence[Pack], vintages: Mapping[str, Sequence[Forecast]], policy: Policy) -> tuple[Result, ...]:
    """Names for whatever marks there are, by each vintage of the public tables.

    Parameters
    ----------
    vintages
        In words (`the tables of today`) to one forecast for each indicator of the packs' vocabulary, in its order.
    """
    found = [(marks_of_others(page, pack.words), pack.words) for pack in packs for page in pack.pages]
    results = []
    for vintage, forecasts in vintages.items():
        named, count = 0, 0
        for marks, words in found:
            count += len(marks)
            if marks:
                sure = certainty(scores_of_figures(as_rows(marks, words), forecasts))
                named += int((sure > policy.max_mark_posterior).sum())
        results.append(
            Result(
                id="naming",
                heading=Heading.LINKABILITY,
                tried=f"Marks were matched to {vintage}.",
                found=f"{count} marks to name" + (f", {named} of them named." if count else "."),
                statistic=float(named),
                threshold=0,
                passed=named == 0,
            )
        )
    return tuple(results)


def sameness(packs: Sequence[Pack]) -> Result:
    """Whether all packs of the quarter say the same of the group."""
    pages = [page for pack in packs for page in pack.pages]
    different = differing(pages) if pages else ()
    return Result(
        id="sameness",
        heading=Heading.INFERENCE,
        tried="What each file says of the group was compared with the others of the quarter, letter by letter.",
        found=f"{len(different)} of {len(pages)} files say something else, or nothing.",
        statistic=float(len(different)),
        threshold=0,
        passed=bool(pages) and not different,
    )


def concealed_left(groups: Iterable[Collection[str]], named: Collection[str], policy: Policy) -> Result:
    """Whether enough members of every group with a band stay concealed beside those that are named.

    Whoever is named is known to every reader, who can take it out of the band.
    """
    left = [(len(set(group) - set(named)), form_of(len(group), policy).concealed) for group in groups]
    least = min((there for there, _ in left), default=None)
    return Result(
        id="concealed-left",
        heading=Heading.SINGLING_OUT,
        tried="Those that are named with their permission were taken out of every group with a band.",
        found=f"{len(named)} are named; the smallest group that is left has {least} members."
        if named
        else "Nobody is named.",
        statistic=None if least is None else float(least),
        threshold=None,
        passed=not named or all(there >= needed for there, needed in left),
    )


def row_space(
    released: Sequence[Released], readers: Sequence[Sequence[str]], policy: Policy, named: Collection[str] = ()
) -> tuple[Result, ...]:
    """Whether sums and means that were ever released give back a figure; and how alike two groups are.

    Parameters
    ----------
    named
        Whose figures every reader knows, since they permit to be named.
    """
    exposed = {(one.about, one.exposed) for one in exposures(released, readers, policy.collusion_k, named)}
    apart = [
        found
        for about in {one.about for one in released}
        if (found := smallest_difference([frozenset(one.weights) for one in released if one.about == about]))
        is not None
    ]
    least = min(apart, default=None)
    return (
        Result(
            id="row-space",
            heading=Heading.INFERENCE,
            tried=f"All statistics of groups were combined with what up to {policy.collusion_k} readers know.",
            found=f"{len(exposed)} figures, or sums of two, follow from them.",
            statistic=float(len(exposed)),
            threshold=0,
            passed=not exposed,
        ),
        Result(
            id="groups-apart",
            heading=Heading.INFERENCE,
            tried=f"Groups of one period must differ by {policy.min_group_difference} members, or not at all.",
            found="There is one group." if least is None else f"The two most alike differ by {least}.",
            statistic=None if least is None else float(least),
            threshold=None,
            passed=least is None or least >= policy.min_group_difference,
        ),
    )


def hidden_counts(packs: Sequence[Pack], registry: Registry, policy: Policy) -> Result:
    """Whether a hidden count can be worked out from its own page; void unless the planted page fails."""
    found = [one for pack in packs for one in still_open(pack.counts)]
    exposed = sum(one.is_exposed(policy) for one in found)
    caught = canary_is_caught(registry, policy)
    least = min((one.whole_numbers for one in found), default=None)
    return Result(
        id="hidden-counts",
        heading=Heading.INFERENCE,
        tried="The least and the most that each hidden count can be, by a linear programme over all its page says.",
        found=f"{len(found)} hidden, {exposed} of them with too few numbers left."
        + ("" if caught else " The planted page passed: this run is void."),
        statistic=least,
        threshold=None,
        passed=caught and not exposed,
    )


def value_gain(
    series: Iterable[Series], readers: Sequence[Sequence[int]], policy: Policy, collusion: int, drawn: int = COALITIONS
) -> tuple[Result, ...]:
    """What the bands add to public knowledge, over drawn coalitions of so many readers.

    Parameters
    ----------
    series
        One for each indicator of which something is published for each authority.
    readers
        The places, among the n members, of the authorities that each reader serves.
    drawn
        Coalitions for each indicator.
    """
    gains = gains_of(series, readers, collusion, policy, drawn)
    mean = 100 * gains.mean(axis=0) if len(gains) else np.full(2, np.inf)
    error = 100 * gains.std(axis=0, ddof=1) / np.sqrt(len(gains)) if len(gains) > 1 else np.full(2, np.inf)
    limits = (policy.max_gain_2pct, policy.max_gain_5pct)
    return tuple(
        Result(
            id=f"gain-{near}pct",
            heading=Heading.INFERENCE,
            tried=f"Concealed figures were guessed with and without the bands, by {collusion} readers together.",
            found=f"With them {points:+.1f} points more are right to within {near} % (standard error {one:.1f}).",
            statistic=float(points),
            threshold=float(limit),
            passed=bool(points <= limit),
        )
        for near, points, one, limit in zip((2, 5), mean, error, limits, strict=True)
    )


def gains_of(
    series: Iterable[Series], readers: Sequence[Sequence[int]], collusion: int, policy: Policy, drawn: int
) -> Values:
    """(series, 2): how much larger the shares near are with the bands than without, each over its coalitions."""
    random, rows = np.random.default_rng(SEED), []

    @cache
    def among(places: Sequence[Sequence[int]], members: int, named: Sequence[int]) -> list[tuple[str, ...]]:
        concealed = [str(place) for place in range(members) if place not in named]
        return list(coalitions([[str(place) for place in reader] for reader in places], collusion, concealed))

    for one in series:
        places = readers if one.readers is None else one.readers
        every = among(tuple(map(tuple, places)), len(one.figures), one.named)
        chosen = random.choice(len(every), size=min(drawn, len(every)), replace=False)
        differences = []
        for number, place in enumerate(chosen):
            known = np.array(sorted({*map(int, every[place]), *one.named}), dtype=np.intp)
            guessed = guess(one.course, one.figures, known, one.bands, policy, SEED + number)
            latest = one.figures[:, -1]
            differences.append(shares_near(guessed.banded, latest) - shares_near(guessed.public, latest))
        rows.append(np.mean(differences, axis=0))
    return np.array(rows)
