"""Who counts by which definition in a quarter."""

from __future__ import annotations

from analysis.reference.changes.breaks import Break, breaks_of, definitions_in_use, has_more_than_one, is_crossed
from analysis.reference.periods import Quarter

Q1, Q2, Q3, Q4 = (Quarter.parse(f"2025-26-Q{number}") for number in (1, 2, 3, 4))


def broken(authority: str, first: Quarter, after: str = "first contact", indicator: str = "A05") -> Break:
    return Break(authority=authority, indicator=indicator, first=first, before="case opened", after=after)


def test_a_change_is_crossed_from_the_quarter_before_it_and_not_from_its_own() -> None:
    change = [broken("825", Q3)]
    assert is_crossed(change, Q2, Q3)
    assert is_crossed(change, Q1, Q4)
    assert not is_crossed(change, Q3, Q4)
    assert not is_crossed(change, Q1, Q2)


def test_an_authoritys_breaks_of_an_indicator_are_in_the_order_of_time() -> None:
    every = [broken("825", Q3), broken("936", Q1), broken("825", Q1), broken("825", Q2, indicator="A06")]
    assert [one.first for one in breaks_of(every, "825", "A05")] == [Q1, Q3]


def test_one_definition_is_one_though_authorities_take_it_up_in_different_quarters() -> None:
    every = [broken("825", Q3, "First  Contact"), broken("936", Q1, "first contact"), broken("921", Q3, "assessment")]
    used = definitions_in_use(every, "A05", Q3)
    assert used["825"] == used["936"] == (Q1, "first contact")
    assert used["921"] == (Q3, "assessment")


def test_before_its_quarter_a_change_is_not_in_use_and_the_newest_of_several_is() -> None:
    every = [broken("825", Q1), broken("825", Q3, "assessment")]
    assert definitions_in_use(every, "A05", Q1.shift(-1)) == {}
    assert definitions_in_use(every, "A05", Q2)["825"] == (Q1, "first contact")
    assert definitions_in_use(every, "A05", Q4)["825"] == (Q3, "assessment")
    assert definitions_in_use(every, "A06", Q4) == {}


def test_a_group_has_more_than_one_definition_at_one_time_or_over_time() -> None:
    one, both = [broken("825", Q3)], [broken("825", Q3), broken("936", Q3)]
    codes = ("825", "936")
    assert not has_more_than_one(one, "A05", codes, [Q1, Q2])
    assert has_more_than_one(one, "A05", codes, [Q3])
    assert not has_more_than_one(both, "A05", codes, [Q3, Q4])
    assert has_more_than_one(both, "A05", codes, [Q2, Q3])
    assert not has_more_than_one(one, "A05", ("936",), [Q2, Q3])
