"""A thousand random linked tables: every hidden count stays open, by a solver's reckoning of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "disclosure"))  # for the examples, which both share

from linked_examples import Reader, one_table, some_quarters

from analysis.disclosure.linked_tables import LinkedTables
from analysis.disclosure.policy import policy
from analysis.disclosure.suppression import suppress

pytestmark = pytest.mark.acceptance

WIDTH = 5


def drawn(seed: int) -> LinkedTables:
    """In turn: 19 by 5 with 16 to 22 small counts, smaller ones, some with totals to 10, some over quarters."""
    chance = np.random.default_rng(10_000 + seed)
    rows, columns = int(chance.integers(3, 15)), int(chance.integers(2, 6))
    small = max(2, rows * columns // 5)
    kinds: list[Callable[[int], LinkedTables]] = [
        partial(one_table, rows=19, columns=5, small=int(chance.integers(16, 23))),
        partial(one_table, rows=19, columns=5, small=int(chance.integers(16, 23)), rounded_to=10),
        *(partial(one_table, rows=rows, columns=columns, small=small, rounded_to=slack) for slack in (1, 10) * 4),
        partial(some_quarters, rows=3, columns=2, small=2 + seed % 2),
        partial(some_quarters, rows=3, columns=2, small=2 + seed % 3, quarters=3),
    ]
    return kinds[seed % len(kinds)](seed)


def narrowest_of(seed: int) -> tuple[int, float, int, int]:
    """How many counts are hidden, the width of the narrowest, and how many tables and counts could not be helped."""
    tables = drawn(seed)
    found = suppress(tables, policy())
    reader = Reader(tables, found.shown)
    small = {cell.key for cell in tables.given if 1 <= cell.value <= 5}
    assert small <= {*found.hidden} | {key for name in found.withheld for key in tables.tables[name]}
    widths = [reader.width(key) for key in sorted({*found.hidden} | small)]
    return len(found.hidden), min(widths), len(found.withheld), len(found.confined)


def test_every_hidden_count_of_a_thousand_linked_tables_stays_open_to_5() -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as workers:
        found = np.array(list(workers.map(narrowest_of, range(1000), chunksize=20)))
    hidden, widths, withheld, confined = found.T
    assert (hidden > 0).mean() > 0.99
    assert widths.min() >= WIDTH - 1e-6
    assert withheld.sum() + confined.sum() == 0
