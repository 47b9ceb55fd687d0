"""What authorities say of their own figures, and where they record otherwise than others (S1 7; S0 5.5.4 ii).

Inside the group a text stands beside its figure as it is. Readers outside see it only where a person who is named here
read the very text that stands here (its SHA-256 says so).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, RootModel, model_validator

from analysis.reference.model import Record
from analysis.reference.periods import Quarter
from analysis.reference.registry import Registry
from analysis.reference.yaml_file import read_yaml
from analysis.registers.wording import Code, QuarterText, Words, plain_words
from analysis.returns.rules.rule import Severity, declare

FOLDER = "commentary"
"""In the region's folder of registers: a file for each quarter."""

NOT_CHECKED = declare(
    "commentary_not_checked",
    Severity.NOTE,
    "row",
    policy="Commentary goes into an anonymised report after a named person has read it and said so in its `check`.",
    remedy="have somebody other than the writer read it, and write `check` with name, date and the sha256 that is told",
)
CHECK_OUTDATED = declare(
    "commentary_check_outdated",
    Severity.NOTE,
    "row",
    policy="A check is of one text, by its SHA-256. Where the text has changed since, it is not checked.",
    remedy="have the text as it now stands read again, and write the sha256 that is told",
)
NAMES_OTHERS = declare(
    "commentary_names_others",
    Severity.NOTE,
    "row",
    policy="Commentary names and describes no authority but the one that wrote it (S0 5.5.3 iii).",
    remedy="reword it and have it checked again; words that describe the authority itself may stand under `about_us`",
)
PROMPT_WITHOUT_COMMENTARY = declare(
    "prompt_without_commentary",
    Severity.NOTE,
    "row",
    policy="Data are set in context with other interpretative information (S1 7): what is unusual for an authority has "
    "its words beside it. Readings are made by `build`, and so is this note: `validate` has none.",
    remedy="ask the authority what lies behind it, and enter its text: tartanrug returns commentary",
)


def _name(text: str) -> str:
    text = plain_words(text)
    if len(text.split()) < 2:
        raise ValueError("a person is named with first name or initial and surname")
    return text


class Check(Record):
    """That a person read a text before it is shown to readers outside."""

    name: Annotated[str, Field(min_length=4, max_length=100), AfterValidator(_name)]
    """Who read it. It stays in this file and in the certificate, and is on no page."""
    date: date
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    """Of the text that was read (`Entry.sha256`)."""
    about_us: tuple[str, ...] = ()
    """Describing words in it that the reader of it found to be about the authority itself."""


class Kind(StrEnum):
    """What a text is about."""

    COMMENTARY = "commentary"
    """What lies behind a figure."""
    RECORDING = "recording"
    """That the authority records or counts otherwise than others (S0 5.5.4 ii)."""


RESOLVED = "resolved"


class Resolution(Record):
    """From which quarter on a text holds no more."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)

    first: QuarterText = Field(alias="from")
    """The first quarter without it."""
    date: date
    """On which that was written."""


class Entry(Record):
    """What one authority says, of one indicator or of its report as a whole."""

    authority: Code
    indicator: str = ""
    """Empty: of the report as a whole."""
    kind: Kind = Kind.COMMENTARY
    text: Words = Field(min_length=10)
    written_by: Words = Field(min_length=2)
    """A role."""
    date: date
    """On which it was written: a build as known earlier leaves it out."""
    until: QuarterText | Literal["resolved"] | None = None
    """The last quarter beside whose figures it stands, or `resolved`: until somebody says so. Else its own alone."""
    resolved: Resolution | None = None
    check: Check | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.check is not None and self.check.date < self.date:
            raise ValueError("the check is dated before the text")
        if self.resolved is not None and self.until is None:
            raise ValueError("it stands in its own quarter alone: give `until`, or there is nothing to resolve")
        return self

    @property
    def last(self) -> Quarter | None:
        """The last quarter beside whose figures it stands, where one was given."""
        return None if self.until is None or self.until == RESOLVED else Quarter.parse(self.until)

    def holds_in(self, written_for: Quarter, period: Quarter) -> bool:
        """Whether it stands beside the figures of a quarter, being written for the same or an earlier one."""
        if self.resolved is not None and Quarter.parse(self.resolved.first) <= period:
            return False
        if self.until is None or written_for >= period:
            return written_for == period
        return self.last is None or self.last >= period

    def sha256(self, period: str) -> str:
        """The SHA-256 of whose text it is, of what, for which quarter, and of the text, each on a line."""
        said = "\n".join((self.authority, period, self.indicator, self.text))
        return hashlib.sha256(said.encode("utf-8")).hexdigest()


class _File(RootModel[Annotated[tuple[Entry, ...], BeforeValidator(lambda held: held or ())]]):
    """`commentary/<period>.yml`: a list."""


@dataclass(frozen=True)
class Commentary:
    """The entries in the order of the file, and the line on which each begins."""

    entries: tuple[Entry, ...] = ()
    lines: tuple[int, ...] = ()

    def known_on(self, day: date) -> Commentary:
        """What had been written by the end of a day; a check that came later had not been made."""
        kept = [(entry, line) for entry, line in zip(self.entries, self.lines, strict=True) if entry.date <= day]
        return Commentary(tuple(_until(entry, day) for entry, _ in kept), tuple(line for _, line in kept))


def _until(entry: Entry, day: date) -> Entry:
    later = {"check": entry.check, "resolved": entry.resolved}
    return entry.model_copy(update={name: None for name, one in later.items() if one is not None and one.date > day})


def commentary_path(registers: Path, period: str) -> Path:
    """Where a quarter's commentary stands in the region's folder of registers."""
    return registers / FOLDER / f"{period}.yml"


def load_commentary(path: Path, registry: Registry) -> Commentary:
    """Read the commentary of a region's quarter.

    Parameters
    ----------
    path
        As `commentary_path`; without a file nobody has said anything.
    registry
        Knows the indicators.

    Raises
    ------
    BadReferenceError
        By name and line: an entry that does not fit or names a person, an indicator that does not exist, two texts of
        one authority about one thing.
    """
    if not path.is_file():
        return Commentary()
    file = read_yaml(path, _File)
    lines = tuple(file.lines[(index,)] for index in range(len(file.content.root)))
    earlier: dict[tuple[str, str, str], int] = {}
    for index, entry in enumerate(file.content.root):
        if entry.indicator and entry.indicator not in registry.indicators:
            remedy = "use an id of docs/methods/indicators.md, or leave it out"
            raise file.refuse("no indicator has this id", index, "indicator", remedy=remedy)
        if entry.last is not None and str(entry.last) < path.stem:
            raise file.refuse("it ends before its own quarter", index, "until", remedy="give a later quarter")
        key = (entry.authority, entry.indicator, entry.kind)
        if key in earlier:
            what = f"{entry.authority} says something of the same on line {earlier[key]}"
            raise file.refuse(what, index, remedy="make one text of the two")
        earlier[key] = lines[index]
    return Commentary(file.content.root, lines)


def entry_text(entries: Iterable[Entry]) -> str:
    """Entries as YAML."""
    dumped = [entry.model_dump(mode="json", exclude_none=True, exclude_defaults=True) for entry in entries]
    return yaml.safe_dump(dumped, sort_keys=False, allow_unicode=True, width=120)
