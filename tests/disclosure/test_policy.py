"""The thresholds are data, with a hash."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import yaml

from analysis.config import PACKAGE
from analysis.disclosure.policy import policy
from analysis.errors import BadReferenceError

FILE = PACKAGE / "disclosure" / "policy.yml"


def changed(folder: Path, **values: object) -> Path:
    content = yaml.safe_load(FILE.read_text(encoding="utf-8")) | values
    path = folder / "policy.yml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8", newline="\n")
    return path


def test_the_thresholds_are_those_that_were_measured() -> None:
    found = policy()
    assert (found.small_count_low, found.small_count_high, found.percent_denominator_min) == (1, 5, 20)
    assert (found.min_group_median, found.min_group_quartiles) == (10, 17)
    assert (found.window, found.significant_figures, found.at_least_step) == (3, 2, 5)
    assert found.window_median_alone == 5
    assert (found.min_concealed_quartiles, found.min_concealed_median_alone) == (14, 12)
    assert (found.min_quarters, found.max_quarters_quartiles, found.max_quarters_median_alone) == (8, 12, 12)
    assert (found.collusion_k, found.max_gain_2pct, found.max_gain_5pct) == (5, 3, 5)
    assert (found.max_mark_posterior, found.min_possible_counts, found.min_group_difference) == (0.25, 5, 8)
    assert (found.narrowest, found.protect_width) == (4, 5)


def test_the_hash_is_of_the_text_whatever_ends_its_lines(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert policy().sha256 == hashlib.sha256(text.encode("utf-8")).hexdigest()
    windows = tmp_path / "windows.yml"
    windows.write_text(text, encoding="utf-8", newline="\r\n")
    assert policy(windows).sha256 == policy().sha256
    assert policy(changed(tmp_path, window=5)).sha256 != policy().sha256


@pytest.mark.parametrize(
    "value",
    [
        {"small_count_high": 0},
        {"percent_denominator_min": 5},
        {"min_group_median": 3},
        {"min_group_quartiles": 5},
        {"window": 4},
        {"window": 11},
        {"window_median_alone": 4},
        {"window_median_alone": 1},
        {"window_median_alone": 11},
        {"max_quarters_quartiles": 0},
        {"min_concealed_quartiles": 7},
        {"min_concealed_median_alone": 7},
        {"max_quarters_median_alone": 0},
        {"significant_figures": 0},
        {"smal_count_low": 1},
        {"collusion_k": 6},
        {"min_possible_counts": 6},
        {"max_mark_posterior": 0},
    ],
    ids=str,
)
def test_a_policy_that_does_not_hang_together_is_refused(tmp_path: Path, value: dict[str, object]) -> None:
    with pytest.raises(BadReferenceError) as refused:
        policy(changed(tmp_path, **value))
    assert "policy.yml" in refused.value.where
