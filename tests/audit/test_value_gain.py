"""What bands add to public knowledge: little as the kit prints them, much where a design gives figures away."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest

from analysis.audit.intruder.attack import Series, value_gain
from analysis.audit.intruder.courses import Course
from analysis.audit.intruder.gain import guess, nearest, shares_near
from analysis.audit.intruder.knowledge import Forecast, annual, figures_of, forecast
from analysis.disclosure.bands import order_weights, printed_band
from analysis.disclosure.policy import Policy, policy
from analysis.reference.published import published_figures
from analysis.reference.regions import regions

Values = npt.NDArray[np.float64]
MEMBERS = regions()["south-east"].members


def published_series(*years: int) -> Iterator[Series]:
    published = published_figures()
    for year in years:
        for one in sorted(published["indicator"].unique()):
            table = annual(published, one)
            figures = table.reindex(list(MEMBERS))[year].to_numpy(dtype=float)
            known = forecast(table, MEMBERS, year, year - 1)
            given = ~np.isnan(figures) & ~np.isnan(known.centre)
            course = Course.of_one_period(Forecast(known.centre[given], known.scale[given], known.drift_sd))
            yield Series(course, figures[given, None], np.array([printed_band(figures[given], policy())]))


def readers() -> list[list[int]]:
    return [[place] for place in range(16)]


def test_a_band_of_three_exact_figures_gives_the_third_to_the_two_others() -> None:
    """A group of three without smoothing, to three figures: two readers work out the third."""
    bare = policy().model_copy(update={"window": 1, "significant_figures": 3, "min_group_quartiles": 3})
    figures = np.array([412.0, 523.0, 655.0])
    course = Course.of_one_period(Forecast(np.log([500.0, 500, 500]), np.full(3, 0.2), 0.05))
    band = np.array([order_weights(3, 1) @ figures])
    found = guess(course, figures[:, None], np.array([0, 2]), band, bare, seed=1)
    assert found.banded[1] == pytest.approx(523, rel=0.02)
    assert abs(found.public[1] - 523) / 523 > 0.02
    assert np.isnan(found.banded[[0, 2]]).all()


def test_a_common_change_is_learnt_from_the_band_and_from_the_colluders() -> None:
    """All members rise by a fifth: the band says so, and five readers know it without one."""
    centre = np.log(np.linspace(200, 600, 19))
    figures = np.exp(centre) * 1.2
    course = Course.of_one_period(Forecast(centre, np.full(19, 0.02), 0.15))
    bands = np.array([printed_band(figures, policy())])
    alone = guess(course, figures[:, None], np.array([0]), bands, policy(), seed=1)
    nobody = guess(course, figures[:, None], np.array([], dtype=int), bands, policy(), seed=1)
    five = guess(course, figures[:, None], np.arange(5), bands, policy(), seed=1)
    assert shares_near(nobody.public, figures)[1] == 0
    assert shares_near(nobody.banded, figures)[1] > 0.8
    assert shares_near(five.public, figures)[1] > 0.9
    assert np.isnan(alone.public[0])


def test_the_concealed_figures_themselves_are_not_used() -> None:
    """Other figures behind the same band and the same colluders: the same guess."""
    random = np.random.default_rng(4)
    course = Course.of_one_period(Forecast(np.log(random.uniform(100, 600, 19)), np.full(19, 0.1), 0.05))
    figures = figures_of(course.expected[:, 0])
    bands = np.array([printed_band(figures, policy())])
    other = figures.copy()
    other[3:] *= 3
    one, two = (guess(course, shown[:, None], np.arange(3), bands, policy(), 1) for shown in (figures, other))
    np.testing.assert_array_equal(one.banded, two.banded)
    np.testing.assert_array_equal(one.public, two.public)


def test_the_worst_coalition_is_of_those_who_are_expected_nearest() -> None:
    course = Course.of_one_period(Forecast(np.array([1.0, 2.0, 2.1, 5.0, 2.3]), np.ones(5), 0.1))
    assert nearest(course, 2, 2).tolist() == [1, 4]


def test_shares_near_are_counted_by_hand() -> None:
    guessed = np.array([101.0, 104, 110, np.nan, 5])
    assert shares_near(guessed, np.array([100.0, 100, 100, 100, 0])) == pytest.approx([1 / 3, 2 / 3])


def test_exact_figures_of_others_would_fail() -> None:
    """The median of three neighbours in a group of five, to three figures, read by four of them."""
    bare = policy().model_copy(update={"window": 1, "significant_figures": 3, "min_group_quartiles": 5})
    random = np.random.default_rng(2)
    series = []
    for _ in range(12):
        centre = np.log(random.uniform(100, 600, 5))
        figures = np.exp(centre + 0.2 * random.standard_normal(5))
        bands = np.array([printed_band(figures, bare)])
        series.append(Series(Course.of_one_period(Forecast(centre, np.full(5, 0.2), 0.05)), figures[:, None], bands))
    results = value_gain(series, [[place] for place in range(5)], bare, 4, drawn=4)
    assert not any(result.passed for result in results)


def small_regions(size: int, rules: Policy) -> Iterator[Series]:
    """Made-up groups that move as the intruder thinks they might, with their bands as the rules print them."""
    random = np.random.default_rng(size)
    for _ in range(16):
        centre = np.log(random.uniform(100, 600, size))
        drift = 0.05 * random.standard_normal()
        figures = figures_of(centre + drift + 0.06 * random.standard_t(4, size))
        bands = np.array([printed_band(figures, rules)])
        yield Series(Course.of_one_period(Forecast(centre, np.full(size, 0.06), 0.05)), figures[:, None], bands)


def test_quartiles_of_a_group_of_ten_fail_and_its_median_alone_does_not() -> None:
    readers = [[place] for place in range(10)]
    with_quartiles = policy().model_copy(update={"min_group_quartiles": 10})
    two, five = value_gain(small_regions(10, with_quartiles), readers, with_quartiles, 5, drawn=4)
    assert not two.passed or not five.passed
    results = value_gain(small_regions(10, policy()), readers, policy(), 5, drawn=4)
    assert [result.found for result in results if not result.passed] == []


def test_of_a_group_of_eight_even_the_median_fails() -> None:
    """The policy prints nothing of fewer than ten."""
    readers = [[place] for place in range(8)]
    assert not all(result.passed for result in value_gain(small_regions(8, policy()), readers, policy(), 5, drawn=4))


def test_the_figures_of_those_that_are_named_are_known_to_every_coalition() -> None:
    """One reader of a group of five, unsmoothed, learns more of the last figure once three are named."""
    bare = policy().model_copy(update={"window": 1, "significant_figures": 3, "min_group_quartiles": 5})
    random = np.random.default_rng(2)
    found = {}
    for named in ((), (0, 1, 2)):
        series = []
        for _ in range(12):
            centre = np.log(random.uniform(100, 600, 5))
            figures = np.exp(centre + 0.2 * random.standard_normal(5))
            course = Course.of_one_period(Forecast(centre, np.full(5, 0.2), 0.05))
            bands = np.array([printed_band(figures, bare)])
            series.append(Series(course, figures[:, None], bands, named=named))
        found[named] = value_gain(series, [[place] for place in range(5)], bare, 1, drawn=4)
    for few, many in zip(found[()], found[0, 1, 2], strict=True):
        assert many.statistic > few.statistic + 10
        assert not many.passed


def test_nothing_to_try_is_failed() -> None:
    assert not any(result.passed for result in value_gain([], readers(), policy(), 1, drawn=4))


def test_the_printed_bands_serve_their_readers() -> None:
    """The eleven indicators of the first measurements, against numpy's own quartiles."""
    published, off, side, fourth = published_figures(), [], [], []
    for one in sorted(set(published["indicator"]) - {"A04", "A06", "A07"}):
        for year in (2023, 2024, 2025):
            figures = annual(published, one).reindex(list(MEMBERS))[year].dropna().to_numpy(dtype=float)
            band, exact = np.array(printed_band(figures, policy())), np.quantile(figures, [0.25, 0.5, 0.75])
            off.append(abs(band[1] / exact[1] - 1))
            side += list((figures > band[1]) == (figures > exact[1]))
            fourth += list((figures[:, None] > band).sum(axis=1) == (figures[:, None] > exact).sum(axis=1))
    assert np.mean(off) <= 0.02
    assert np.mean(side) >= 0.94
    assert np.mean(fourth) >= 0.90


@pytest.mark.acceptance
@pytest.mark.parametrize("collusion", [1, 5])
def test_the_kits_bands_add_little_to_public_knowledge(collusion: int) -> None:
    """14 indicators, 2023 to 2025, the South East: at most 3 points within 2 %, 5 points within 5 %."""
    results = value_gain(published_series(2023, 2024, 2025), readers(), policy(), collusion, drawn=4)
    assert [result.found for result in results if not result.passed] == []
