"""The rules about figures beside an authority's own history: slips, zeros, jumps, copies of an earlier return.

Each rule is a function on the figures of all authorities at once and says which cells break it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.returns.rules.as_array import Figures, Marks
from analysis.returns.rules.query_policy import QueryPolicy
from analysis.returns.rules.rule import Severity, rule
from analysis.returns.rules.usual import YEAR, Floats, Scale, before_last, distance, middle, shifted


@rule(Severity.QUERY, "cell", remedy="ask for the figure again: a digit may be too many or too few")
def ten_fold(figures: Figures, policy: QueryPolicy) -> Marks:
    """A figure is about as large as those around it, not ten times as large and not a tenth.

    Every quarter is looked at, beside the four before it and the four after it. A step that stays is not a slip.
    """
    limits, values = policy.ten_fold, figures.values
    others = np.stack([shifted(values, by) for by in range(-YEAR, YEAR + 1) if by])
    # Of two figures alone the later one is asked about.
    around = middle(others, 2)
    around[:, -1] = middle(others[:, :, -1])
    times = _ratio(values, around)
    beside = np.stack([_ratio(values, shifted(values, by)) for by in (1, -1)])
    # Off both of the quarters next to it, where they have a figure.
    apart = ~(np.abs(np.log10(beside)) < np.log10(limits.apart)).any(axis=0)
    slip = np.abs(np.abs(np.log10(times)) - 1) <= np.log10(limits.within)
    enough = np.fmax(values, around) >= limits.least
    for days, children in figures.weights:
        enough[..., figures.measures.index(days)] = figures.of_measure(children) >= limits.least_children
    marks: Marks = slip & apart & enough
    return marks


@rule(Severity.QUERY, "cell", remedy="ask whether nothing happened, or whether there is no figure")
def zero_after_never_zero(figures: Figures, policy: QueryPolicy) -> Marks:
    """A count that was never 0 is not 0 in the quarter of the report. A missing figure is never zero."""
    earlier = figures.values[:, :-1]
    known = np.isfinite(earlier).sum(axis=1) >= policy.zero.quarters
    never = known & ~(earlier == 0).any(axis=1)
    usual = before_last(figures.values) >= policy.zero.usual
    return figures.only_last((figures.values[:, -1] == 0) & never & usual)


@rule(Severity.QUERY, "cell", remedy="ask whether the figure is right, and what has changed")
def jump(figures: Figures, policy: QueryPolicy, far: Floats) -> Marks:
    """A figure of the report's quarter lies within what is usual for its authority.

    Usual is what lies between the quarter before, the same quarter a year before and the middle of the four quarters
    before, and what the authority's figures move beside it. What all authorities have in common (a season) is taken
    off. A part of a whole is asked about only where its share of the whole is as unusual as the count.
    """
    limits, usual, now = policy.jump, before_last(figures.values), figures.values[:, -1]
    change = np.abs(now - usual)
    # An average of days has no least change: it counts nobody.
    known = np.isfinite(figures.values[:, :-1]).sum(axis=1) >= limits.quarters
    large = known & (change >= limits.share * usual) & ((change >= limits.least) | (figures.kinds == "duration"))
    return figures.only_last((np.abs(far) >= limits.spreads) & large)


@rule(Severity.QUERY, "cell", remedy="ask whether an earlier quarter's figures were sent again")
def copied_return(figures: Figures, policy: QueryPolicy) -> Marks:
    """A return's figures differ from those of the quarters before: seldom does a count stay the same to the child."""
    # Unlike the other rules' marks, these are quarters back (1 first) x authorities.
    limits, now = policy.copied, figures.values[:, -1]
    back = [shifted(figures.values, by)[:, -1] for by in range(1, limits.quarters + 1)]
    held = [np.isfinite(one) & (now >= limits.from_count) for one in back]
    same = [((one == now) & known).sum(axis=1) for one, known in zip(back, held, strict=True)]
    of = [known.sum(axis=1) for known in held]
    return np.array([(n >= limits.figures) & (k >= limits.share * n) for k, n in zip(same, of, strict=True)])


def how_far(figures: Figures, policy: QueryPolicy) -> Floats:
    """How far the last quarter is from what is usual, in spreads (`usual.distance`): authorities x measures."""
    limits = policy.jump
    settings = (limits.assumed_spread, limits.prior, limits.together)
    far = distance(Scale.of_counts(figures.values), figures.kinds == "stock", *settings)
    if figures.weights:
        days, children = _side_by_side(figures, figures.weights)
        at = [figures.measures.index(name) for name, _ in figures.weights]
        far[:, at] = distance(Scale.of_days(days, children), np.zeros(len(at), dtype=bool), *settings)
    if figures.shares:
        parts, wholes = _side_by_side(figures, figures.shares)
        at = [figures.measures.index(name) for name, _ in figures.shares]
        shares, counts = distance(Scale.of_shares(parts, wholes), np.zeros(len(at), dtype=bool), *settings), far[:, at]
        nearer = np.where(np.sign(shares) == np.sign(counts), np.fmin(np.abs(shares), np.abs(counts)), 0.0)
        far[:, at] = np.where(np.isfinite(shares), np.sign(counts) * nearer, counts)
    return far


def _side_by_side(figures: Figures, pairs: Sequence[tuple[str, str]]) -> tuple[Floats, Floats]:
    """The figures of the first of each pair, and those of the second."""
    first, second = ([figures.of_measure(pair[side]) for pair in pairs] for side in (0, 1))
    return np.stack(first, axis=-1), np.stack(second, axis=-1)


def _ratio(values: Floats, others: Floats) -> Floats:
    """How many times the others; NaN where either is 0 or missing."""
    return np.where(values > 0, values, np.nan) / np.where(others > 0, others, np.nan)


@dataclass(frozen=True)
class Seen:
    """A cell that breaks a rule: where, which rule, what was seen, how likely it is wrong (None: as the rule is)."""

    rule: str
    authority: str
    period: str
    measure: str
    words: str
    likely: float | None = None


def look_back(figures: Figures, policy: QueryPolicy) -> tuple[list[Seen], Figures]:
    """Hold the figures against the rules about history; a cell is asked about once, for the plainest reason.

    Returns
    -------
    seen, explained
        What breaks a rule, and the figures without the slips and zeros, for the rules that compare figures.
    """
    found: list[Seen] = []
    rest = figures
    plain: tuple[tuple[Callable[[Figures, QueryPolicy], Marks], Callable[[float, float], str]], ...] = (
        (ten_fold, lambda now, beside: f"{now:g}, about {beside:g} in the quarters around it"),
        (zero_after_never_zero, lambda now, beside: f"0, and never before; about {beside:g} in the quarters before"),
    )
    for test, words in plain:
        marks = test(rest, policy)
        for a, t, m in np.argwhere(marks):
            near = figures.values[a, max(0, t - YEAR) : t + YEAR + 1, m]
            others = np.delete(near, min(t, YEAR))
            said = words(figures.values[a, t, m], float(np.nanmedian(others)))
            found.append(Seen(test.__name__, *_place(figures, a, t, m), said))
        rest = rest.without(marks)
    copies = copied_return(figures, policy)
    for a in np.flatnonzero(copies.any(axis=0)):
        earlier = figures.periods[-2 - int(np.argmax(copies[:, a]))]
        said = f"nearly all figures are those of {earlier}"
        found.append(Seen(copied_return.__name__, figures.authorities[a], figures.periods[-1], "", said))
    return [*found, *_jumps(rest, policy)], rest


def _jumps(figures: Figures, policy: QueryPolicy) -> Iterator[Seen]:
    far, usual = how_far(figures, policy), before_last(figures.values)
    certain = policy.likely[jump.__name__].share
    for a, t, m in np.argwhere(jump(figures, policy, far)):
        said = f"{figures.values[a, t, m]:g}; {_known(figures, a, t - 1, m)} the quarter before, "
        said += f"{_known(figures, a, t - YEAR, m)} a year before, about {usual[a, m]:g} in four quarters"
        likely = 1 - (1 - certain) * policy.jump.spreads / abs(far[a, m])
        yield Seen(jump.__name__, *_place(figures, a, t, m), said, round(float(likely), 3))


def _known(figures: Figures, a: int, t: int, m: int) -> str:
    value = figures.values[a, t, m] if t >= 0 else np.nan
    return f"{value:g}" if np.isfinite(value) else "no figure"


def _place(figures: Figures, a: int, t: int, m: int) -> tuple[str, str, str]:
    return figures.authorities[a], figures.periods[t], figures.measures[m]
