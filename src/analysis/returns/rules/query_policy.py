"""The thresholds of queries, which are data that the benchmarking group owns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import Field

from analysis.config import PACKAGE
from analysis.reference.model import Record
from analysis.reference.yaml_file import read_yaml


class _Reasoned(Record):
    why: str = Field(min_length=10)


class BalancePolicy(_Reasoned):
    """How far a stock may lie from the stock before, plus the starts, less the leavers."""

    least: float = Field(ge=0)
    """So many children are never asked about."""
    share: float = Field(ge=0, le=1)
    """Nor is this share of the stock before."""
    quarters: int = Field(ge=1)
    """So many of the last quarters are looked at."""


class TenFoldPolicy(_Reasoned):
    """What counts as a digit too many or too few."""

    within: float = Field(gt=1, lt=3)
    """Factor around ten, and around a tenth."""
    apart: float = Field(gt=1)
    """Factor by which it is off each of the quarters next to it."""
    least: float = Field(ge=1)
    """The larger of the figure and the usual one is at least so much."""
    least_children: float = Field(ge=1)
    """So many children stand behind an average of days."""


class ZeroPolicy(_Reasoned):
    """When a zero is asked about."""

    quarters: int = Field(ge=1)
    """At least so many earlier figures, none of them 0."""
    usual: float = Field(gt=0)
    """The middle of the four quarters before is at least this."""


class JumpPolicy(_Reasoned):
    """How far off is a jump; `prior`, `together` and `assumed_spread` are explained at `usual.distance`."""

    spreads: float = Field(gt=0)
    quarters: int = Field(ge=3)
    """At least so many earlier figures."""
    share: float = Field(ge=0)
    """The least change, relative to what was usual."""
    least: float = Field(ge=0)
    """The least change of a count."""
    together: int = Field(ge=2)
    prior: int = Field(ge=1)
    assumed_spread: float = Field(gt=0)


class CopiedPolicy(_Reasoned):
    """When a return is taken for a copy of an earlier one."""

    figures: int = Field(ge=2)
    share: float = Field(gt=0, le=1)
    from_count: float = Field(ge=1)
    quarters: int = Field(ge=1)


class RevisionPolicy(_Reasoned):
    """From which change on a resubmission is asked about: both must be passed."""

    share: float = Field(ge=0)
    least: float = Field(ge=0)


class PopulationPolicy(_Reasoned):
    """From which change on a population has stepped."""

    share: float = Field(gt=0, le=1)
    """Of the smaller of the two."""


class BudgetPolicy(_Reasoned):
    """How many questions an authority is asked."""

    questions: int = Field(ge=1)
    nearly_certain: float = Field(gt=0, le=1)
    figures_power: float = Field(ge=0, le=1)
    together: frozenset[str]


class Likely(_Reasoned):
    """How likely a figure is wrong that a rule has found."""

    share: float = Field(ge=0, le=1)


class QueryPolicy(Record):
    """`queries.yml`."""

    balance: BalancePolicy
    ten_fold: TenFoldPolicy
    zero: ZeroPolicy
    jump: JumpPolicy
    copied: CopiedPolicy
    revision: RevisionPolicy
    population: PopulationPolicy
    budget: BudgetPolicy
    likely: Mapping[str, Likely]


@cache
def query_policy(path: Path = PACKAGE / "returns" / "rules" / "queries.yml") -> QueryPolicy:
    """Read the thresholds of queries.

    Raises
    ------
    BadReferenceError
        By name and line.
    """
    return read_yaml(path, QueryPolicy).content
