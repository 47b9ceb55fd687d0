"""The thresholds of disclosure, which are data that the benchmarking group owns, and their hash."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from analysis.config import PACKAGE
from analysis.reference.model import Record
from analysis.reference.yaml_file import read_yaml


class Thresholds(Record):
    """`policy.yml`."""

    small_count_low: int = Field(ge=1)
    small_count_high: int
    percent_denominator_min: int = Field(ge=0)
    protect_width: int = Field(ge=1)
    min_group_median: int = Field(ge=6)
    """The reader and 5 others: with fewer, a mean or median and the reader's own figure say too much (measured)."""
    min_group_quartiles: int
    min_concealed_quartiles: int
    min_concealed_median_alone: int
    min_quarters: int = Field(ge=8)
    """Two years, of which the first and the last can be told apart."""
    max_quarters_quartiles: int
    max_quarters_median_alone: int
    window: int = Field(ge=3)
    window_median_alone: int
    significant_figures: int = Field(ge=1, le=3)
    at_least_step: int = Field(ge=2)
    collusion_k: int = Field(ge=1)
    max_gain_2pct: float = Field(ge=0, le=100)
    max_gain_5pct: float = Field(ge=0, le=100)
    max_mark_posterior: float = Field(gt=0, le=1)
    min_possible_counts: int = Field(ge=2)
    min_group_difference: int
    describing_words: tuple[Annotated[str, Field(pattern=r"^[a-z0-9]([a-z0-9' -]*[a-z0-9])?$")], ...]
    """In lower case."""

    @model_validator(mode="after")
    def _hang_together(self) -> Self:
        if self.small_count_high < self.small_count_low:
            raise ValueError("small_count_high is below small_count_low")
        if self.percent_denominator_min <= self.small_count_high:
            raise ValueError("percent_denominator_min must be above small_count_high")
        if self.min_group_quartiles < self.min_group_median:
            raise ValueError("min_group_quartiles is below min_group_median")
        if self.window % 2 == 0 or self.min_group_quartiles < 4 * (self.window // 2) + 1:
            raise ValueError("window must be odd, and small enough for quartiles of min_group_quartiles figures")
        if self.window_median_alone % 2 == 0 or not self.window <= self.window_median_alone < self.min_group_median:
            raise ValueError("window_median_alone must be odd, no less than window, and below min_group_median")
        if min(self.min_concealed_quartiles, self.min_concealed_median_alone) < self.collusion_k + 3:
            raise ValueError("min_concealed must leave three members that collusion_k readers do not know")
        if min(self.max_quarters_quartiles, self.max_quarters_median_alone) < 1:
            raise ValueError("bands of no quarter at all are no bands")
        if self.min_possible_counts > self.small_count_high - self.small_count_low + 1:
            raise ValueError("min_possible_counts is above the number of small counts, so that none could be protected")
        if self.min_group_difference < self.collusion_k + 3:
            raise ValueError("min_group_difference must leave three members that collusion_k readers do not know")
        return self


class Policy(Thresholds):
    """The thresholds in force, and which file says so."""

    sha256: str

    @property
    def narrowest(self) -> int:
        """How far apart the ends of what can be worked out about a hidden count must be, at least."""
        return self.small_count_high - self.small_count_low


@cache
def policy(path: Path = PACKAGE / "disclosure" / "policy.yml") -> Policy:
    """Read the disclosure policy.

    Returns
    -------
    Policy
        With the SHA-256 of the file's text (its lines ended by a line feed, whatever the checkout did to them).

    Raises
    ------
    BadReferenceError
        By name and line.
    """
    thresholds = read_yaml(path, Thresholds).content
    text = path.read_text(encoding="utf-8")
    return Policy(**thresholds.model_dump(), sha256=hashlib.sha256(text.encode("utf-8")).hexdigest())
