"""What one test of a finished file tried and found, under the heading that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

STRUCTURE = "structure"
"""The id of the test whether a row, list or drawing may stand for somebody."""


class Heading(StrEnum):
    """The three ways in which somebody who is concealed may be recognised (the ICO's words for them)."""

    SINGLING_OUT = "singling_out"
    """A mark, a row or a name stands for one authority."""
    LINKABILITY = "linkability"
    """What stands here can be laid beside what is known elsewhere."""
    INFERENCE = "inference"
    """A figure can be worked out from what is openly said."""


@dataclass(frozen=True)
class Result:
    """One test, in words that name nobody and quote no concealed figure."""

    id: str
    """The test's own name, the same in every run."""
    heading: Heading
    tried: str
    """What was tried, as a sentence."""
    found: str
    """What came of it, as a sentence."""
    statistic: float | None
    """What was measured; None where the test counts nothing."""
    threshold: float | None
    """The most that it may be; None where there is no such bound."""
    passed: bool
