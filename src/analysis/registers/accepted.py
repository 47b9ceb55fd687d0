"""What an authority answered once and for a while: queries about it are notes until then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Self

import pandas as pd
import yaml
from pydantic import BeforeValidator, ConfigDict, Field, RootModel, model_validator

from analysis.reference.model import Record
from analysis.reference.periods import Quarter
from analysis.reference.registry import Registry
from analysis.reference.yaml_file import YamlFile, read_yaml
from analysis.registers.wording import Code, QuarterText, Words
from analysis.returns import checked  # noqa: F401  (between them they declare every rule that queries)
from analysis.returns.rules import timeliness  # noqa: F401
from analysis.returns.rules.findings import Finding, by_severity, findings_frame
from analysis.returns.rules.query_budget import ACCEPTANCE_EXPIRED, ACCEPTANCE_UNUSED
from analysis.returns.rules.rule import RULES, Severity

FILE = "accepted.yml"
"""In the region's folder of registers."""


class Acceptance(Record):
    """One entry: a rule's queries about an authority (and measure) that need no asking for some quarters."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)

    authority: Code
    rule: str
    measure: str | None = None
    """All measures where none is named."""
    first: QuarterText = Field(alias="from")
    """The first quarter of figures for which it holds."""
    until: QuarterText
    """The last one, itself included."""
    reason: Words = Field(min_length=10)
    answered_by: Words = Field(min_length=2)
    """A role."""
    date: date
    """On which it was written: a build as known earlier leaves it out."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until < self.first:
            raise ValueError("until is before from")
        return self

    def covers(self, other: Acceptance) -> bool:
        """Whether the other one would silence nothing that this one does not."""
        return (
            (self.authority, self.rule) == (other.authority, other.rule)
            and self.measure in (None, other.measure)
            and self.first <= other.first
            and other.until <= self.until
        )

    def fits(self, findings: pd.DataFrame) -> pd.Series[bool]:
        """Which findings it is about."""
        fitting = findings["rule"].eq(self.rule) & findings["authority"].eq(self.authority)
        if self.measure is not None:
            fitting &= findings["measure"].eq(self.measure)
        return fitting & findings["period"].between(self.first, self.until)


class _File(RootModel[Annotated[tuple[Acceptance, ...], BeforeValidator(lambda held: held or ())]]):
    """`accepted.yml`: a list."""


@dataclass(frozen=True)
class Accepted:
    """The entries in the order of the file, and the line on which each begins."""

    entries: tuple[Acceptance, ...] = ()
    lines: tuple[int, ...] = ()

    @classmethod
    def of(cls, entries: Sequence[Acceptance]) -> Accepted:
        """Entries that stand in no file: the first is on line 1."""
        return cls(tuple(entries), tuple(range(1, len(entries) + 1)))

    def known_on(self, day: date) -> Accepted:
        """What had been accepted by the end of a day."""
        kept = [(entry, line) for entry, line in zip(self.entries, self.lines, strict=True) if entry.date <= day]
        return Accepted(tuple(entry for entry, _ in kept), tuple(line for _, line in kept))


def load_accepted(path: Path, registry: Registry) -> Accepted:
    """Read what a region has accepted.

    Parameters
    ----------
    path
        `data/registers/<region>/accepted.yml`; a region without one has accepted nothing.
    registry
        Knows the measures.

    Raises
    ------
    BadReferenceError
        By name and line: an entry that does not fit, a rule that asks nothing, a measure that does not exist.
    """
    if not path.is_file():
        return Accepted()
    file = read_yaml(path, _File)
    for index, entry in enumerate(file.content.root):
        _check(file, index, entry, registry)
    return Accepted(file.content.root, tuple(file.lines[(index,)] for index in range(len(file.content.root))))


def _check(file: YamlFile[_File], index: int, entry: Acceptance, registry: Registry) -> None:
    known = RULES.get(entry.rule)
    if known is None or known.severity != Severity.QUERY:
        what = "no rule has this id" if known is None else f"{entry.rule} asks nothing: it is a {known.severity}"
        raise file.refuse(what, index, "rule", remedy="use the id of a rule that queries (docs/returns.md)")
    if entry.measure is not None and entry.measure not in registry.measures:
        raise file.refuse("no measure has this id", index, "measure", remedy="use an id of docs/returns.md")


def accept(findings: pd.DataFrame, accepted: Accepted, period: Quarter) -> pd.DataFrame:
    """Make notes of the queries that have been answered, and report entries that answer nothing.

    Parameters
    ----------
    findings
        As `findings.findings_frame` returns, before the budget (`query_budget.rank_queries`).
    accepted
        The entries, as known on the day of the build.
    period
        The report's quarter: an entry that ended before it and fits nothing has expired.

    Returns
    -------
    DataFrame
        The same columns. An accepted query has the severity `note`, and `seen` ends with the reason. Nothing is left
        out.
    """
    told = findings.copy()
    reported: list[Finding] = []
    queries = findings["severity"].eq(Severity.QUERY)
    for entry, line in zip(accepted.entries, accepted.lines, strict=True):
        fitting = entry.fits(findings) & queries
        if not fitting.any():
            reported += _of_no_use(entry, line, period)
        fresh = fitting & told["severity"].eq(Severity.QUERY)  # of two entries that fit, the first is told
        told.loc[fresh, "severity"] = str(Severity.NOTE)
        told.loc[fresh, "seen"] += f" (accepted until {entry.until}: {entry.reason})"
    every = pd.concat([told, findings_frame(reported)], ignore_index=True) if reported else told
    return by_severity(every)


def _of_no_use(entry: Acceptance, line: int, period: Quarter) -> list[Finding]:
    if str(period) < entry.first:
        return []
    rule = ACCEPTANCE_EXPIRED if entry.until < str(period) else ACCEPTANCE_UNUSED
    seen = f"{entry.rule}, accepted from {entry.first} until {entry.until}"
    return [
        Finding.of(
            rule, seen, file=FILE, line=line, authority=entry.authority, period=str(period), measure=entry.measure or ""
        )
    ]


def entry_text(entries: Iterable[Acceptance]) -> str:
    """Entries as YAML that can be put at the end of the register."""
    dumped = [entry.model_dump(mode="json", exclude_none=True) for entry in entries]
    return yaml.safe_dump(dumped, sort_keys=False, allow_unicode=True, width=120)
