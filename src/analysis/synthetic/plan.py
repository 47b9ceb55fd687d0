"""What is to be planted: read from `data/truths.yml` and `data/recording.yml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from analysis.reference.model import Record
from analysis.reference.yaml_file import read_yaml
from analysis.synthetic.assumptions import FOLDER

Kind = Literal["shift", "drift", "slip", "denominator", "definition"]
DRAWN = frozenset({"shift", "drift", "definition"})
"""The kinds that change what happens; the others change what is written down of it."""


class Planted(Record):
    """One truth about one measure of one authority: from `began` quarters before the latest one until the latest.

    A slip is in its one quarter only.
    """

    kind: Kind
    authority: str
    measure: str
    began: int = Field(ge=0)
    size: float | None = None
    """Factor (shift, slip, definition) or relative change in each quarter (drift)."""
    also: dict[str, float] = Field(default={})
    """Factors on other measures that move with it."""
    instead: str | None = None
    """For a denominator: what is counted in the measure's place."""
    quality: str = ""
    """What the authority writes in Measure Quality from then on."""
    words: str

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.kind == "denominator") != (self.instead is not None) or (self.kind == "denominator") != (
            self.size is None
        ):
            raise ValueError("a denominator says what is counted instead; every other truth has a size")
        return self


class Elsewhere(Record):
    """Several truths of one sort, on authorities that the seed picks."""

    kind: Literal["shift", "drift"]
    number: int = Field(ge=1)
    measure: str
    began: int = Field(ge=0)
    size: float
    counted_by: str | None = None
    """For an average of days: the measure that holds the number of children behind it."""
    least: float
    """Smallest mean count in a quarter of an authority that may be picked."""
    words: str


class Gap(Record):
    """Cells of one authority that were not submitted in one quarter; no measures means all of them."""

    authority: str
    measures: tuple[str, ...]
    quarter: int = Field(ge=0)
    words: str


class Plan(Record):
    """Everything that is planted on purpose."""

    planted: tuple[Planted, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    gaps: tuple[Gap, ...] = ()


class Variation(Record):
    """A way of recording that some authorities have."""

    measure: str
    share: float = Field(ge=0, le=1)
    words: str


class ChanceGap(Record):
    """Measures that go missing together; none named means all of them."""

    measures: tuple[str, ...]
    share: float = Field(ge=0, le=1)


class Recording(Record):
    """How recording differs, and how often cells are missing."""

    variations: tuple[Variation, ...] = ()
    gaps: tuple[ChanceGap, ...] = ()


@cache
def plan(path: Path = FOLDER / "truths.yml") -> Plan:
    """The truths that the kit plants, or those of another file.

    Raises
    ------
    BadReferenceError
        If the file does not fit, with its line.
    """
    return read_yaml(path, Plan).content


@cache
def recording(path: Path = FOLDER / "recording.yml") -> Recording:
    """Differences of recording and missing cells, of the kit or of another file.

    Raises
    ------
    BadReferenceError
        If the file does not fit, with its line.
    """
    return read_yaml(path, Recording).content
