"""What sums and means give away together: planted designs are found, and the kit's own gives nothing."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest

from analysis.audit.intruder import attack
from analysis.audit.intruder.rows import Released, coalitions, exposures, of_group, smallest_difference
from analysis.disclosure.policy import policy
from analysis.reference.regions import regions

ABOUT = ("A01", "2025-26-Q2")
TWELVE = [f"{code:03}" for code in range(12)]
ALONE = [(code,) for code in TWELVE]


def exposed(
    *released: Released, collusion: int = 1, readers: list[tuple[str, ...]] | None = None
) -> set[frozenset[str]]:
    return {frozenset(one.exposed) for one in exposures(released, readers or ALONE, collusion)}


def test_the_kits_packs_expose_nobody_to_five_readers() -> None:
    """One fixed group, the same in every pack, and the bands of a much larger one."""
    members = regions()["south-east"].members
    wide = tuple(member for region in regions().values() for member in region.members)
    released = [
        of_group(("A01", period), group) for period in ("2025-26-Q1", "2025-26-Q2") for group in (members, wide)
    ]
    readers = [(member,) for member in members]
    assert list(exposures(released, readers, policy().collusion_k)) == []


def test_two_groups_of_ten_that_differ_in_one_member_expose_two_authorities() -> None:
    first, second = TWELVE[:10], [*TWELVE[:9], TWELVE[10]]
    found = exposed(of_group(ABOUT, first), of_group(ABOUT, second))
    assert {frozenset({TWELVE[9]}), frozenset({TWELVE[10]})} <= found


def test_means_of_the_others_expose_every_reader_to_every_other() -> None:
    """Each reader is shown the mean of all but itself: two such means and one's own figure are the other's."""
    released = [of_group(ABOUT, [other for other in TWELVE if other != reader]) for reader in TWELVE]
    assert {frozenset({code}) for code in TWELVE} <= exposed(*released)


def test_a_mean_of_two_exposes_one_to_the_other_and_their_sum_to_everybody() -> None:
    found = exposed(of_group(ABOUT, TWELVE[:2]))
    assert found == {frozenset({TWELVE[0]}), frozenset({TWELVE[1]})}
    by_others = exposed(of_group(ABOUT, TWELVE[:2]), of_group(ABOUT, TWELVE), readers=[(TWELVE[5],)])
    assert by_others == {frozenset(TWELVE[:2])}


def test_a_mean_of_seven_is_a_sum_of_two_to_five_and_one_figure_to_six() -> None:
    seven = of_group(ABOUT, TWELVE[:7])
    assert exposed(seven, collusion=4) == set()
    assert all(len(one) == 2 for one in exposed(seven, collusion=5))
    assert exposed(seven, collusion=5)
    assert {frozenset({code}) for code in TWELVE[:7]} == exposed(seven, collusion=6)


def test_a_trust_that_serves_two_authorities_is_two_readers() -> None:
    """A mean of three with a trust that knows two of them gives the third to the trust alone."""
    trust = [(TWELVE[0], TWELVE[1]), *ALONE[2:]]
    assert frozenset({TWELVE[2]}) in exposed(of_group(ABOUT, TWELVE[:3]), collusion=2, readers=trust)
    assert all(len(known) <= 2 for known in coalitions(trust, 2, TWELVE))
    assert (TWELVE[0], TWELVE[1]) in set(coalitions(trust, 2, TWELVE))
    assert not any(set(known) == {TWELVE[0], TWELVE[1], TWELVE[2]} for known in coalitions(trust, 3, TWELVE[:2]))


def test_statistics_of_different_periods_do_not_combine() -> None:
    first, second = TWELVE[:10], [*TWELVE[:9], TWELVE[10]]
    assert exposed(of_group(("A01", "2025-26-Q1"), first), of_group(("A01", "2025-26-Q2"), second)) == set()


def test_how_alike_two_groups_are() -> None:
    one, other = frozenset(TWELVE[:10]), frozenset(TWELVE[2:])
    assert smallest_difference([one, other, one]) == 4
    assert smallest_difference([one, one]) is None


def in_span(rows: list[list[Fraction]], wanted: list[Fraction]) -> bool:
    """Exact: Gauss's elimination in fractions, by whether the rank grows."""
    return rank([*rows, wanted]) == rank(rows)


def rank(rows: list[list[Fraction]]) -> int:
    left, found = [list(row) for row in rows], 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in left[found:] if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left.insert(found, pivot)
        for row in left[found + 1 :]:
            share = row[column] / pivot[column]
            row[:] = [value - share * lead for value, lead in zip(row, pivot, strict=True)]
        found += 1
    return found


@pytest.mark.parametrize("seed", range(6))
def test_it_agrees_with_exact_fractions_on_random_groups(seed: int) -> None:
    random, members = np.random.default_rng(seed), TWELVE[:7]
    groups = [sorted(random.choice(members, size=random.integers(2, 7), replace=False).tolist()) for _ in range(4)]
    expected = set()
    for known in combinations(members, 2):
        rows = [[Fraction(member in group) for member in members] for group in groups]
        rows += [[Fraction(member == one) for member in members] for one in known]
        others = [member for member in members if member not in known]
        single = {one for one in others if in_span(rows, [Fraction(member == one) for member in members])}
        expected |= {(known, frozenset({one})) for one in single}
        for pair in combinations([one for one in others if one not in single], 2):
            if in_span(rows, [Fraction(member in pair) for member in members]):
                expected.add((known, frozenset(pair)))
    named = sorted({member for group in groups for member in group})
    readers = [(member,) for member in named]
    found = exposures([of_group(ABOUT, group) for group in groups], readers, 2)
    assert {(one.coalition, frozenset(one.exposed)) for one in found} == {
        (known, pair) for known, pair in expected if set(known) <= set(named)
    }


def test_whoever_is_named_is_known_to_every_reader() -> None:
    """A mean of seven: with five of them named, one reader has the seventh; with four, the sum of two."""
    seven = of_group(ABOUT, TWELVE[:7])
    for count, size in ((3, 0), (4, 2), (5, 1)):
        found = {frozenset(one.exposed) for one in exposures([seven], ALONE, 1, TWELVE[:count])}
        assert {len(one) for one in found} == ({size} if size else set())
        assert not any(one & set(TWELVE[:count]) for one in found)


def test_too_few_concealed_beside_named_ones_fail() -> None:
    nineteen = [f"{code:03}" for code in range(19)]
    assert attack.concealed_left([nineteen[:10]], (), policy()).passed
    assert attack.concealed_left([nineteen], nineteen[:5], policy()).passed
    assert not attack.concealed_left([nineteen], nineteen[:6], policy()).passed
    assert not attack.concealed_left([nineteen, nineteen[:15]], nineteen[:4], policy()).passed
    assert attack.concealed_left([nineteen, nineteen[:15]], nineteen[:3], policy()).passed
