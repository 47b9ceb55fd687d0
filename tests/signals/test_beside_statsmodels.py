"""What statsmodels reckons too: intervals, shares of chance, generalised least squares, noise by likelihood.

Where it is known to differ, the difference is held as well (`docs/methods/signals.md`).
"""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from analysis.signals.contrast import least_squares
from analysis.signals.screen import false_share
from analysis.uncertainty.intervals import exact, wilson

confidences = st.sampled_from([0.9, 0.95, 0.998])


@given(st.integers(1, 5000), st.floats(0, 1), confidences)
def test_wilson_is_statsmodels(whole: int, share: float, confidence: float) -> None:
    part = round(share * whole)
    theirs = proportion_confint(part, whole, alpha=1 - confidence, method="wilson")
    np.testing.assert_allclose(wilson(part, whole, confidence), theirs, rtol=1e-9, atol=1e-12)


@given(st.integers(1, 400), confidences)
def test_exact_limits_of_a_count_are_statsmodels(events: int, confidence: float) -> None:
    theirs = confint_poisson(events, 1, method="exact-c", alpha=1 - confidence)
    np.testing.assert_allclose(exact(events, confidence), theirs, rtol=1e-9)


@given(st.lists(st.floats(0, 1, allow_subnormal=False), min_size=1, max_size=60))
def test_shares_of_chance_are_statsmodels(p: list[float]) -> None:
    np.testing.assert_allclose(false_share(np.array(p)), multipletests(p, method="fdr_bh")[1], rtol=1e-12, atol=1e-300)


def test_a_share_of_chance_is_reckoned_without_what_is_missing_and_not_so_in_statsmodels() -> None:
    """A known difference: statsmodels gives no share to anybody if one p is missing."""
    p = np.array([0.001, np.nan, 0.04, 0.2])
    there = ~np.isnan(p)
    np.testing.assert_allclose(false_share(p)[there], multipletests(p[there], method="fdr_bh")[1])
    assert np.isnan(false_share(p)[~there]).all()
    with np.errstate(invalid="ignore"):
        theirs = multipletests(p, method="fdr_bh")[1]
    assert not np.allclose(theirs[there], false_share(p)[there], equal_nan=True)


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.sampled_from([8, 12, 16, 20]))
def test_an_authority_s_fit_is_statsmodels_generalised_least_squares(seed: int, quarters: int) -> None:
    random = np.random.default_rng(seed)
    lags = np.abs(np.subtract.outer(np.arange(quarters), np.arange(quarters)))
    spread = 0.04 * 0.6**lags + np.diag(random.uniform(0.005, 0.05, quarters))
    design = np.column_stack([np.ones(quarters), (np.arange(quarters) == quarters - 1).astype(float)])
    off = random.multivariate_normal(np.zeros(quarters), spread)
    value, variance, _ = least_squares(off[None, None], spread[None, None], design)
    theirs = sm.GLS(off, design, sigma=spread).fit()
    assert value.item() == pytest.approx(theirs.params[-1], rel=1e-8)
    # The covariance is known here, and not only its shape: statsmodels' own scale is not wanted.
    assert variance.item() == pytest.approx(theirs.normalized_cov_params[-1, -1], rel=1e-8)


def test_statsmodels_p_of_an_overdispersed_count_is_of_a_bell_curve_and_ours_never_is() -> None:
    """A known difference: with 16 quarters its p is far too small, since the dispersion is estimated."""
    random = np.random.default_rng(3)
    step = (np.arange(16) == 15).astype(float)
    counts = random.negative_binomial(6, 6 / (6 + 120.0), 16)
    counts[-1] = 420
    fit = sm.GLM(counts, np.column_stack([np.ones(16), step]), family=sm.families.Poisson()).fit(scale="X2")
    z = float(fit.tvalues[-1])
    assert fit.pvalues[-1] == pytest.approx(2 * stats.norm.sf(abs(z)))
    assert fit.pvalues[-1] < 2 * stats.t.sf(abs(z), 14) / 3
