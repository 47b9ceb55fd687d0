"""Whether the sums and means that were released, taken together, give a single concealed figure or the sum of two.

Every released statistic of a fixed group is a row of weights, one for each authority. Colluding readers know figures of
their own exactly. Whatever is a combination of those rows and figures can be worked out without any guess.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
Row = tuple[tuple[str, float], ...]

ALMOST_NOTHING = 1e-9
"""What is left of a vector that lies in the row space, beside its length."""


@dataclass(frozen=True)
class Released:
    """One statistic that is a sum of figures, each with its weight: a total, a mean, a difference of two of them."""

    about: tuple[str, str]
    """Indicator and period: statistics of different ones are of different figures, and never combine."""
    weights: Mapping[str, float]
    """By authority."""


@dataclass(frozen=True)
class Exposure:
    """What some readers can work out together."""

    about: tuple[str, str]
    coalition: tuple[str, ...]
    exposed: tuple[str, ...]
    """One authority, whose figure follows; or two, whose sum does."""


def of_group(about: tuple[str, str], group: Sequence[str]) -> Released:
    """A group's statistic, taken as its mean.

    A quartile is no mean, and is printed rounded: taken as one it is more than is shown, and so the test is stricter
    than it must be.
    """
    return Released(about, dict.fromkeys(group, 1 / len(group)))


def exposures(
    released: Sequence[Released],
    readers: Sequence[Sequence[str]],
    collusion: int,
    named: Collection[str] = (),
) -> Iterator[Exposure]:
    """Every exposure to coalitions of up to so many readers.

    Parameters
    ----------
    released
        All statistics that were ever released, over all packs.
    readers
        Whose figures each reader knows: of one authority, or of all that a trust provides for. A trust that serves two
        counts as two readers.
    collusion
        How many readers come together.
    named
        Whose figures everybody knows, since they stand there by name: they come on top of the coalition's own.
    """
    alike: dict[frozenset[Row], list[tuple[str, str]]] = {}
    for about in sorted({one.about for one in released}):
        rows = frozenset(tuple(sorted(one.weights.items())) for one in released if one.about == about)
        alike.setdefault(rows, []).append(about)
    for rows, abouts in alike.items():
        members = _thinned(rows, {member for reader in readers for member in reader} | set(named))
        weights = [dict(row) for row in sorted(rows)]
        matrix = np.array([[row.get(member, 0.0) for member in members] for row in weights])
        columns = [tuple(column) for column in matrix.T.tolist()]
        harmless: set[tuple[tuple[float, ...], ...]] = set()
        for coalition in coalitions(readers, collusion, [member for member in members if member not in named]):
            known = [place for place, member in enumerate(members) if member in coalition or member in named]
            # Members that count the same everywhere may change places: what the one exposes, the other does.
            counted = tuple(sorted(columns[place] for place in known))
            if counted in harmless:
                continue
            exposed = list(_exposed(matrix, known))
            if not exposed:
                harmless.add(counted)
            for found in exposed:
                for about in abouts:
                    yield Exposure(about, coalition, tuple(members[place] for place in found))


def coalitions(readers: Sequence[Sequence[str]], collusion: int, members: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Whose figures the largest coalitions know; a smaller one knows less than one of these."""
    inside = sorted({tuple(sorted(set(reader) & set(members))) for reader in readers} - {()})
    for size in range(min(collusion, len(inside)) + 1):
        for chosen in combinations(inside, size):
            counted = sum(map(len, chosen))
            others = [len(reader) for reader in inside if reader not in chosen]
            if counted <= collusion < counted + min(others, default=collusion):
                yield tuple(sorted({member for reader in chosen for member in reader}))


def smallest_difference(groups: Sequence[frozenset[str]]) -> int | None:
    """By how many members the two most alike of some groups differ; None where there are not two different ones."""
    different = [len(one ^ other) for one, other in combinations(set(groups), 2)]
    return min(different, default=None)


def _thinned(rows: frozenset[Row], readers: set[str]) -> list[str]:
    """The members that need looking at: of those that no reader serves and that count the same everywhere, three.

    Whatever is released treats them alike, so that neither one nor two of three can be told from the third.
    """
    weights = [dict(row) for row in sorted(rows)]
    found: list[str] = []
    alike: dict[tuple[float, ...], int] = {}
    for member in sorted({member for row in weights for member in row}):
        column = tuple(row.get(member, 0.0) for row in weights)
        alike[column] = alike.get(column, 0) + (member not in readers)
        if member in readers or alike[column] <= 3:
            found.append(member)
    return found


def _exposed(matrix: Values, known: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The places, or pairs of places, whose figure or sum lies in the row space once some columns are known."""
    concealed = [place for place in range(matrix.shape[1]) if place not in set(known)]
    basis = _row_space(matrix[:, concealed])
    if not len(basis):
        return
    inside = basis.T @ basis
    own = np.diag(inside)
    single = 1 - own < ALMOST_NOTHING
    # A sum of two has the squared length 2; what of it lies in the row space is the sum over their part of `inside`.
    pair = np.triu(2 - (own[:, None] + own + 2 * inside) < ALMOST_NOTHING, 1) & ~single & ~single[:, None]
    for place in np.flatnonzero(single):
        yield (concealed[place],)
    for one, other in np.argwhere(pair):
        yield (concealed[one], concealed[other])


def _row_space(matrix: Values) -> Values:
    """An orthonormal basis of the row space, one vector a row."""
    _, lengths, directions = np.linalg.svd(matrix, full_matrices=False)
    basis: Values = directions[lengths > ALMOST_NOTHING * max(lengths.max(initial=0.0), 1e-300)]
    return basis
