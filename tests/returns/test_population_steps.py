"""A population that steps is noted: a boundary that moves, and neither children who grow up nor one that is missing."""

from __future__ import annotations

import pytest
from return_files import REGISTRY

from analysis.reference.periods import Quarter
from analysis.reference.populations import population_frame
from analysis.returns.rules.population_step import steps_of_population
from analysis.returns.rules.query_policy import query_policy

PERIOD, POLICY = Quarter(2025, 2), query_policy()
SMALLEST = {"201", "420"}
"""The City of London and the Isles of Scilly."""


def with_population(code, mid_year, number):
    frame = population_frame()
    place = (frame["authority"] == code) & (frame["mid_year"] == mid_year)
    return frame.assign(population=frame["population"].mask(place, number))


def number_of(code, mid_year):
    frame = population_frame().set_index(["authority", "mid_year"])["population"]
    return float(frame[code, mid_year])


def noted(populations, period=PERIOD, codes=("825", "921")):
    return steps_of_population(codes, period, REGISTRY, populations, POLICY)


@pytest.mark.parametrize("times", [2, 0.5])
def test_a_boundary_that_moves_is_noted_with_both_populations_and_asks_nobody(times):
    before = number_of("825", 2023)
    [found] = noted(with_population("825", 2024, before * times))
    assert (found.rule, found.severity, found.authority) == ("population_steps", "note", "825")
    assert found.period == "2025-26-Q1"
    assert f"{before:,.0f} children at mid-2023, {before * times:,.0f} at mid-2024 ({times - 1:+.1%})" in found.seen
    assert not found.measure


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_it_is_noted_in_each_quarter_of_the_year_and_not_in_the_next(number):
    twice = with_population("825", 2024, 2 * number_of("825", 2023))
    assert len(noted(twice, Quarter(2025, number))) == 1
    later = with_population("825", 2024, number_of("825", 2023))
    assert noted(later, Quarter(2025, number)) == []
    assert noted(twice, Quarter(2024, number)) == []


def test_children_who_are_born_and_grow_up_are_no_step():
    """Every real change of an authority but the two smallest, and 4.9 % where 5 % is the limit."""
    codes = set(population_frame()["authority"]) - SMALLEST
    for year in range(2014, 2026):
        assert noted(population_frame(), Quarter(year, 1), codes) == [], year
    assert noted(with_population("825", 2024, 1.049 * number_of("825", 2023))) == []
    assert len(noted(with_population("825", 2024, 1.051 * number_of("825", 2023)))) == 1


def test_the_two_smallest_do_step():
    found = {
        one.authority for year in range(2014, 2026) for one in noted(population_frame(), Quarter(year, 1), SMALLEST)
    }
    assert found == SMALLEST


@pytest.mark.parametrize("mid_year", [2023, 2024])
def test_a_population_that_is_missing_is_no_step(mid_year):
    assert noted(with_population("825", mid_year, float("nan"))) == []


def test_nobody_has_a_population_in_a_year_to_come():
    assert noted(population_frame(), Quarter(2060, 1)) == []
