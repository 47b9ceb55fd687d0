"""Whether marks stand where the figures of those who are concealed would be drawn, on whatever scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from scipy.stats import binom

from analysis.audit.values import BY_CHANCE, LEAST, Values, nearest

Indices = npt.NDArray[np.int64]
_FEWEST = LEAST + 2
"""Two agree with any line that was laid through them."""
_MOST = 150
_WINDOW = 100
"""Of more places than can be tried at once, those that follow each other in the file are tried together."""
_PAIRS = 6
"""Nested pairs of a low and a high figure to lay lines through: any five figures may be missing."""
_APART = 0.25
"""Of the spread: how far the two figures of a pair are apart at least."""
_NARROWEST = 0.05
"""Of a row's width: how far the two marks are apart at least."""
_EXACT = 3e-4
"""How closely a drawn mark stands where its figure says, as a part of the figures' spread."""
_MOVED = np.concatenate([np.linspace(-20, -3, 12), np.linspace(3, 20, 12)]) * _EXACT
"""Where marks are as dense as this close by, accident is likelier than over the whole row."""
_CELLS = 16_384
_BESIDE = 5
"""Marks stand in so many cells of a row's width, and in so many beside."""
_LOOKED_UP_AT_ONCE = 60_000
_BEYOND = 1e4


def lines_of(figures: Sequence[Values]) -> list[Values]:
    """Where the other figures of an indicator are on a line through two of them, which are at 0 and 1, and at 1 and 0.

    Parameters
    ----------
    figures
        As `looked_for` gives them.
    """
    return [line for wanted in figures for line in _through_pairs(wanted)]


def _through_pairs(wanted: Values) -> Iterator[Values]:
    for low in range(min(_PAIRS, len(wanted) // 2)):
        high = len(wanted) - 1 - low
        span = wanted[high] - wanted[low]
        if span >= _APART * (wanted[-1] - wanted[0]):
            ratios = np.delete((wanted - wanted[low]) / span, (low, high))
            # Those in the middle first: they are among the marks whatever else is missing.
            ratios = ratios[np.argsort(np.abs(ratios - 0.5))]
            yield ratios
            yield 1 - ratios


def agreeing_drawn(places: Sequence[float], lines: Sequence[Values], tests: int) -> int:
    """As `agreeing`, for the places of marks: along whichever straight line makes most of them agree.

    Parameters
    ----------
    places
        Coordinates along one axis, in the order of the file.
    lines
        As `lines_of` gives them.
    tests
        As for `agreeing`.

    Notes
    -----
    A line is laid through each pair of marks and each of six nested pairs of figures, both ways round; that many trials
    are counted against the agreement, and how dense marks are just beside the figures' places. Rows of more than 150
    places are tried in windows of 100, which overlap by half.
    """
    return max((_along_lines(window, lines, tests) for window in _windows(places)), default=0)


def _windows(places: Sequence[float]) -> Iterator[Values]:
    every = np.asarray(places, dtype=float)
    if len(np.unique(every)) <= _MOST:
        yield np.unique(every)
        return
    for start in range(0, len(every), _WINDOW // 2):
        yield np.unique(every[start : start + _WINDOW])


def _along_lines(marks: Values, every: Sequence[Values], tests: int) -> int:
    if len(marks) < _FEWEST or marks[-1] == marks[0]:
        return 0
    first, last = np.triu_indices(len(marks), k=1)
    trials = 2 * _PAIRS * len(first) * max(tests, 1)
    chance = min(1.0, 2 * _EXACT * len(marks))
    enough = {others: _enough(others, trials, chance) for others in {len(line) for line in every}}
    lines = [line for line in every if enough[len(line)] <= min(len(line), len(marks) - 2)]
    if not lines:
        return 0
    wide = marks[last] - marks[first] >= _NARROWEST * (marks[-1] - marks[0])
    best = 0
    for start, step, ratios in _likely(marks, marks[first[wide]], marks[last[wide]], lines, min(enough.values())):
        spread = max(1.0, ratios.max()) - min(0.0, ratios.min())
        agree = int((nearest(start + step * ratios, marks) <= step * spread * _EXACT).sum())
        if agree >= enough[len(ratios)]:
            beside = max(chance, _beside(marks, start, step, ratios, spread))
            if trials * binom.sf(agree - 1, len(ratios), beside) < BY_CHANCE:
                best = max(best, agree + 2)
    return best


def _beside(marks: Values, start: float, step: float, ratios: Values, spread: float) -> float:
    """How often marks stand near where the figures would be if each were a little larger or smaller: by accident."""
    moved = start + step * (ratios[:, None] + spread * _MOVED)
    near = nearest(moved.ravel(), marks) <= step * spread * _EXACT
    return float((near.sum() + 0.5) / (near.size + 1))


def _enough(others: int, trials: int, chance: float) -> int:
    """How many besides the pair must agree to be more than accident among so many trials; else more than there are."""
    counts = np.arange(LEAST, others + 1)
    rare = trials * binom.sf(counts - 1, others, chance) < BY_CHANCE
    return int(counts[rare][0]) if rare.any() else others + 1


def _likely(
    marks: Values, start: Values, end: Values, lines: Sequence[Values], enough: int
) -> Iterator[tuple[float, float, Values]]:
    """Pairs of marks with the lines through them on which enough figures are near a mark, by a coarse grid."""
    grid = _grid(marks)
    scale = _CELLS / (marks[-1] - marks[0])
    begin, step = ((start - marks[0]) * scale + 1).astype(np.float32), ((end - start) * scale).astype(np.float32)
    ratios = np.full((len(lines), max(map(len, lines))), _BEYOND, dtype=np.float32)
    for place, line in enumerate(lines):
        ratios[place, : len(line)] = line
    foremost = ratios[:, 0].copy()
    each = max(1, _LOOKED_UP_AT_ONCE // len(lines))
    for some in range(0, len(start), each):
        places = np.multiply.outer(step[some : some + each], foremost)
        places += begin[some : some + each, None]
        pair, line = np.divmod(np.flatnonzero(_marked(grid, places)), len(lines))
        pair += some
        for looked_up, must in ((3, 2), (ratios.shape[1], enough)):
            near = _marked(grid, begin[pair, None] + step[pair, None] * ratios[line, :looked_up])
            keep = np.count_nonzero(near, axis=1) >= must
            pair, line = pair[keep], line[keep]
        for one, other in zip(pair, line, strict=True):
            yield float(start[one]), float(end[one] - start[one]), lines[other]


def _grid(marks: Values) -> npt.NDArray[np.bool_]:
    """Cells across the width of a row of marks, and one more at each end for whatever is beyond."""
    cells = np.zeros(_CELLS + 3, dtype=bool)
    taken = ((marks - marks[0]) * (_CELLS / (marks[-1] - marks[0]))).astype(int) + 1
    for beside in range(-_BESIDE, _BESIDE + 1):
        cells[(taken + beside).clip(1, _CELLS + 1)] = True
    return cells


def _marked(grid: npt.NDArray[np.bool_], places: npt.NDArray[np.float32]) -> npt.NDArray[np.bool_]:
    return grid.take(places.astype(np.intp), mode="clip")
