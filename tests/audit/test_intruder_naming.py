"""The attack stays sharp on the designs that fail, so that it means something where it finds no mark to name."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from analysis.audit.intruder.knowledge import FREEDOM, Forecast, annual, forecast, logs
from analysis.audit.intruder.naming import (
    certainty,
    classes_of,
    match,
    scores_of_classes,
    scores_of_figures,
    share_named,
)
from analysis.reference.published import published_figures
from analysis.reference.regions import regions

Values = npt.NDArray[np.float64]
YEARS = (2023, 2024, 2025)
MEMBERS = regions()["south-east"].members


@pytest.fixture(scope="module")
def tables() -> dict[str, object]:
    published = published_figures()
    return {one: annual(published, one) for one in sorted(published["indicator"].unique())}


def truth(tables: dict, year: int) -> Values:
    return np.array([table.reindex(list(MEMBERS))[year].to_numpy(dtype=float) for table in tables.values()]).T


def known(tables: dict, year: int, held_until: int) -> list[Forecast]:
    return [forecast(table, MEMBERS, year, held_until) for table in tables.values()]


def test_exact_figures_under_one_pseudonym_are_named_with_last_years_tables(tables: dict) -> None:
    shares = [
        share_named(scores_of_figures(truth(tables, year), known(tables, year, year - 1)), range(len(MEMBERS)))
        for year in YEARS
    ]
    assert np.mean(shares) >= 0.85


def test_exact_figures_are_named_once_the_next_publication_is_out(tables: dict) -> None:
    shares = [
        share_named(scores_of_figures(truth(tables, year), known(tables, year, year)), range(len(MEMBERS)))
        for year in YEARS
    ]
    assert np.mean(shares) >= 0.99


@pytest.mark.parametrize("colours", [3, 4, 5])
def test_colours_alone_are_named(tables: dict, colours: int) -> None:
    shares = []
    for year in YEARS:
        figures = truth(tables, year)
        marks = np.full(figures.shape, np.nan)
        for column, values in enumerate(figures.T):
            given = ~np.isnan(values)
            marks[given, column] = classes_of(values[given], colours)
        scores = scores_of_classes(marks, known(tables, year, year - 1), colours, seed=1)
        shares.append(share_named(scores, range(len(MEMBERS))))
    assert np.mean(shares) >= 0.5


def test_figures_that_belong_to_nobody_are_named_no_better_than_by_chance(tables: dict) -> None:
    """The rows of 200 shuffled regions: an attack that had seen the answer would show here."""
    random, scores = np.random.default_rng(3), scores_of_figures(truth(tables, 2025), known(tables, 2025, 2024))
    shares = [share_named(random.permuted(scores, axis=0), [0]) for _ in range(200)]
    assert 0.03 < np.mean(shares) < 0.09


def test_tables_of_later_years_are_not_held(tables: dict) -> None:
    table = tables["A01"]
    with pytest.raises(ValueError, match="tell nothing"):
        forecast(table, MEMBERS, 2024, 2025)
    blind = table.copy()
    blind[2025] = 1.0
    one, other = forecast(table, MEMBERS, 2025, 2024), forecast(blind, MEMBERS, 2025, 2024)
    np.testing.assert_array_equal(one.centre, other.centre)


def test_a_forecast_is_as_wide_as_it_is_wrong(tables: dict) -> None:
    """Over all indicators and years, half of the figures lie within the middle half of what was expected."""
    inside = []
    for year in YEARS:
        for column, one in zip(truth(tables, year).T, known(tables, year, year - 1), strict=True):
            away = logs(column) - one.centre
            away = (away - np.nanmedian(away)) / one.scale
            inside.append(np.nanmean(np.abs(away[~np.isnan(away)]) < stats.t.ppf(0.75, FREEDOM)))
    assert 0.42 < np.mean(inside) < 0.62


@pytest.mark.parametrize("seed", range(5))
def test_the_matching_is_the_likeliest_of_all(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(6, 6))
    best = max(permutations(range(6)), key=lambda order: sum(scores[row, column] for row, column in enumerate(order)))
    assert match(scores).tolist() == list(best)


def test_certainty_is_one_where_only_one_name_will_do_and_a_half_between_twins() -> None:
    scores = np.array([[0.0, -90, -90], [-90, 0, 0], [-90, 0, 0]])
    assert certainty(scores) == pytest.approx([1, 0.5, 0.5])


def test_a_mark_without_figures_is_nobodys(tables: dict) -> None:
    forecasts = known(tables, 2025, 2024)
    scores = scores_of_figures(np.full((1, len(forecasts)), np.nan), forecasts)
    assert np.ptp(scores) == 0


def test_four_classes_are_fourths() -> None:
    assert classes_of(np.array([30.0, 10, 20, 40, 50, 60, 70, 80]), 4).tolist() == [1, 0, 0, 1, 2, 2, 3, 3]
