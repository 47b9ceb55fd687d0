"""Which way the middle of a group went, read off printed medians."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from analysis.disclosure.course import Course, course_of
from analysis.disclosure.significant import step_of, to_significant


@pytest.mark.parametrize(
    ("medians", "course"),
    [
        ([130, 130, 120, 130, 130, 130, 140, 130], Course.LEVEL),
        ([100, 100, 100, 100, 150, 150, 150, 150], Course.UP),
        ([15, 15, 15, 15, 99, 10, 10, 10, 10], Course.DOWN),
        # Only the first and the last four count: what happened in between is not the way from one end to the other.
        ([130, 130, 130, 130, 500, 500, 500, 500, 130, 130, 130, 130], Course.LEVEL),
        ([130] * 7, Course.NOT_TOLD),
        ([], Course.NOT_TOLD),
        ([0.0] * 8, Course.LEVEL),
    ],
)
def test_the_last_four_quarters_are_held_against_the_first_four(medians: list[float], course: Course) -> None:
    assert course_of(medians, 2) is course


def test_one_printed_step_in_every_quarter_is_no_change() -> None:
    assert course_of([120] * 4 + [130] * 4, 2) is Course.LEVEL
    assert course_of([120] * 4 + [130] * 3 + [140], 2) is Course.UP


def test_equal_medians_never_make_a_way_however_they_are_rounded() -> None:
    """The exact medians of both years are the same but in another order; only their printing differs."""
    generator = np.random.default_rng(5)
    for level, spread in product((0.4, 7.0, 9.94, 99.4, 130.0, 995.0), (0.0, 0.02, 0.3)):
        for _ in range(50):
            exact = level * (1 + spread * generator.random(4))
            noise = generator.permutation(exact)
            printed = [to_significant(value, 2) for value in (*exact, *noise)]
            assert course_of(printed, 2) is Course.LEVEL


@pytest.mark.parametrize(("printed", "step"), [(130, 10), (13, 1), (1.3, 0.1), (0.13, 0.01), (100, 10), (0, 0)])
def test_a_step_is_one_of_the_last_printed_figure(printed: float, step: float) -> None:
    assert step_of(printed, 2) == pytest.approx(step)
