"""The ledger of corrections: who changed which figure, why, and until when that holds. Raw data is never edited."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from datetime import date as date_type  # inside an entry, `date` is the field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import BeforeValidator, Field, RootModel, model_validator

from analysis.reference.model import Record
from analysis.reference.registry import Registry
from analysis.reference.yaml_file import YamlFile, read_yaml
from analysis.registers.wording import Code, Figure, QuarterText, Words, figure_of

FILE = "corrections.yml"
"""In the region's folder of registers."""


class Action(StrEnum):
    """What becomes of the figure."""

    OVERRIDE = "override"
    """Another figure, or a mark for a missing one, stands in its place."""
    BLANK = "blank"
    """It is withdrawn: the figure is not available."""


class State(StrEnum):
    """How far a correction has come. Only `agreed` and `applied` change figures."""

    OPEN = "open"
    AGREED = "agreed"
    APPLIED = "applied"
    WITHDRAWN = "withdrawn"
    MENDED_AT_SOURCE = "mended_at_source"


IN_FORCE = frozenset({State.AGREED, State.APPLIED})
OVER = frozenset({State.WITHDRAWN, State.MENDED_AT_SOURCE})


class Correction(Record):
    """One entry."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{2,59}$")
    authority: Code
    period: QuarterText
    measure: str = Field(min_length=1)
    action: Action
    value: Figure | None = None
    """What stands instead; nothing for `blank`."""
    expect: Figure
    """What the return says (`..` where nothing was sent). When it says something else, the entry no longer holds."""
    reason: Words = Field(min_length=3)
    reported_by: Words = Field(min_length=2)
    """A role, as all who are named here."""
    decided_by: Words = ""
    """Needed before a figure changes."""
    date: date
    """On which it was written; from the decision on, the day of that. A build as known earlier leaves it out."""
    status: State = State.OPEN
    ended: date_type | None = None
    """For what is over: the day from which it no longer holds. A build as known earlier still has it."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.action is Action.OVERRIDE) != (self.value is not None):
            raise ValueError("override needs a value, and blank has none")
        if self.value is not None and figure_of(self.value) == figure_of(self.expect):
            raise ValueError("value and expect are the same figure")
        if (self.status in OVER) != (self.ended is not None):
            raise ValueError("ended is the day on which it was withdrawn or mended at source; others have none")
        if self.ended is not None and self.ended < self.date:
            raise ValueError("it ended before its date")
        if self.status in IN_FORCE and not self.decided_by:
            raise ValueError("say who decided it (decided_by) before it changes a figure")
        return self

    def on(self, day: date_type) -> Correction:
        """As it stood at the end of a day."""
        if self.ended is None or self.ended <= day:
            return self
        before = State.AGREED if self.decided_by else State.OPEN
        return self.model_copy(update={"status": before, "ended": None})

    def meets(self, other: Correction) -> bool:
        """Whether both are about one figure, and not one after the other."""
        return (
            self.cell == other.cell
            and self.date < (other.ended or date_type.max)
            and other.date < (self.ended or date_type.max)
        )

    @property
    def cell(self) -> tuple[str, str, str]:
        """Authority, period and measure."""
        return self.authority, self.period, self.measure


class _File(RootModel[Annotated[tuple[Correction, ...], BeforeValidator(lambda held: held or ())]]):
    """`corrections.yml`: a list."""


@dataclass(frozen=True)
class Ledger:
    """The entries in the order of the file, and the line on which each begins."""

    entries: tuple[Correction, ...] = ()
    lines: tuple[int, ...] = ()

    @classmethod
    def of(cls, entries: Sequence[Correction]) -> Ledger:
        """Entries that stand in no file: the first is on line 1."""
        return cls(tuple(entries), tuple(range(1, len(entries) + 1)))

    def known_on(self, day: date_type) -> Ledger:
        """What had been written by the end of a day."""
        kept = [
            (entry.on(day), line) for entry, line in zip(self.entries, self.lines, strict=True) if entry.date <= day
        ]
        return Ledger(tuple(entry for entry, _ in kept), tuple(line for _, line in kept))

    def without(self, authorities: Collection[str]) -> Ledger:
        """The entries about other authorities."""
        kept = [pair for pair in zip(self.entries, self.lines, strict=True) if pair[0].authority not in authorities]
        return Ledger(tuple(entry for entry, _ in kept), tuple(line for _, line in kept))


def load_ledger(path: Path, registry: Registry) -> Ledger:
    """Read the ledger of a region.

    Parameters
    ----------
    path
        `data/registers/<region>/corrections.yml`; a region without one has corrected nothing.
    registry
        Knows the measures.

    Raises
    ------
    BadReferenceError
        By name and line: an entry that does not fit, an id twice, a measure that does not exist, a fraction of
        children, two entries about one figure of which neither is over.
    """
    if not path.is_file():
        return Ledger()
    file = read_yaml(path, _File)
    entries = file.content.root
    lines = tuple(file.lines[(index,)] for index in range(len(entries)))
    earlier: dict[object, list[int]] = {}
    for index, entry in enumerate(entries):
        _check_measure(file, index, entry, registry)
        for first in earlier.get(entry.id, ()):
            what = f"another correction is called {entry.id} (line {lines[first]})"
            raise file.refuse(what, index, "id", remedy="rename one")
        for first in earlier.get(entry.cell, ()):
            if entry.meets(entries[first]):
                raise file.refuse(
                    f"{entry.id} is about the same figure as {entries[first].id} (line {lines[first]})",
                    index,
                    remedy="end the older one: status withdrawn or mended_at_source, and the day under `ended`",
                )
        earlier.setdefault(entry.id, []).append(index)
        earlier.setdefault(entry.cell, []).append(index)
    return Ledger(entries, lines)


def _check_measure(file: YamlFile[_File], index: int, entry: Correction, registry: Registry) -> None:
    measure = registry.measures.get(entry.measure)
    if measure is None:
        raise file.refuse("no measure has this id", index, "measure", remedy="use an id of docs/returns.md")
    figure = figure_of(entry.value)[0] if entry.value is not None else None
    if figure is not None and figure % 1 and measure.kind != "duration":
        raise file.refuse(f"{entry.id}: {entry.measure} is a count, and whole", index, "value", remedy="correct it")


def entry_text(entries: Iterable[Correction]) -> str:
    """Entries as YAML that can be put at the end of a ledger."""
    dumped = [entry.model_dump(mode="json", exclude_none=True) for entry in entries]
    return yaml.safe_dump(dumped, sort_keys=False, allow_unicode=True, width=120)
