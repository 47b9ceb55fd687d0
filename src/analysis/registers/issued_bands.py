"""The bands that a quarter's packs were issued with: approved once, and printed again as they are.

Two issues of a band that differ by one authority's correction give that authority's figure away. So what was issued
stays, whatever is corrected later, and a new issue is somebody's decision with a reason.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from datetime import date as date_type  # inside an issue, `date` is the field
from pathlib import Path
from typing import Annotated, ClassVar, Self

import yaml
from pydantic import BeforeValidator, Field, RootModel, model_validator

from analysis.reference.model import Record
from analysis.reference.periods import Quarter
from analysis.reference.yaml_file import read_yaml
from analysis.registers.log.chain import Chain
from analysis.registers.log.event import Body, Digest
from analysis.registers.wording import Code, QuarterText, Words

FOLDER = "bands"
"""In the region's folder of registers: a file for each quarter."""
Figure = Annotated[float, Field(allow_inf_nan=False)]


class IssuedBand(Record):
    """One quarter's band, as printed; without quartiles where the median stood alone."""

    period: QuarterText
    lower: Figure | None = None
    median: Figure
    upper: Figure | None = None

    @model_validator(mode="after")
    def _both_quartiles_or_neither(self) -> Self:
        if (self.lower is None) is not (self.upper is None):
            raise ValueError("a band has both quartiles or neither")
        return self


class IssuedLine(Record):
    """The bands of one headline, or the reason why it has none."""

    group: str = Field(min_length=1)
    """`region`, or another fixed group that has bands."""
    series: str = Field(min_length=1)
    reason: str = ""
    at_least: int = Field(default=0, ge=0)
    definitions_differ: bool = False
    members: tuple[Code, ...] = ()
    """Whose figures the bands are made of, in order. No page has them: they tell a new group from the old one."""
    bands: tuple[IssuedBand, ...] = ()
    """Oldest first."""

    @model_validator(mode="after")
    def _bands_or_reason(self) -> Self:
        if bool(self.reason) == bool(self.bands) or bool(self.bands) != bool(self.members):
            raise ValueError("a line has bands and members, or a reason why it has neither")
        periods = [band.period for band in self.bands]
        if periods != sorted(set(periods)):
            raise ValueError("the bands are in the order of their quarters, each once")
        return self


class Issue(Record):
    """All bands of a quarter, as issued together."""

    date: date
    """Of the decision. A build as known earlier leaves it out."""
    by: Words = Field(min_length=2)
    """Who approved it: a role."""
    reason: Words = ""
    """Why it was issued again; nothing at the first time. It is on no page: it may tell whose figure was corrected."""
    policy_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    lines: tuple[IssuedLine, ...]
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    """Of the policy's hash and the lines (`fingerprint`)."""

    @classmethod
    def of(cls, lines: tuple[IssuedLine, ...], *, policy_sha256: str, by: str, on: date_type, reason: str = "") -> Self:
        """An issue with its fingerprint.

        Raises
        ------
        ValidationError
            If a text names a person, or is missing.
        """
        return cls(
            date=on,
            by=by,
            reason=reason,
            policy_sha256=policy_sha256,
            lines=lines,
            sha256=fingerprint(policy_sha256, lines),
        )

    @property
    def by_key(self) -> Mapping[tuple[str, str], IssuedLine]:
        """The lines by group and headline."""
        return {(line.group, line.series): line for line in self.lines}


class BandsIssued(Body):
    """A quarter's bands were kept as they were approved, for the first time or again."""

    kind: ClassVar[str] = "bands_issued"

    period: QuarterText
    issue: int = Field(ge=1)
    """The first of its quarter is 1."""
    approved_by: Words = Field(min_length=2)
    """A role, as it was given; who entered it is whose event this is."""
    decided: date
    sha256: Digest
    """Of the policy's hash and the lines. Why they were issued again is not noted: it may tell whose figure it was."""


class _File(RootModel[Annotated[tuple[Issue, ...], BeforeValidator(lambda held: held or ())]]):
    """`bands/<period>.yml`: every issue of a quarter, the first first. The last one holds."""


def fingerprint(policy_sha256: str, lines: tuple[IssuedLine, ...]) -> str:
    """The SHA-256 of what is printed, of whom, and by which policy."""
    held = {"policy": policy_sha256, "lines": [line.model_dump(mode="json") for line in lines]}
    return hashlib.sha256(json.dumps(held, sort_keys=True, ensure_ascii=False).encode("utf-8")).hexdigest()


def bands_path(registers: Path, period: Quarter) -> Path:
    """Where a quarter's bands stand in the region's folder of registers."""
    return registers / FOLDER / f"{period}.yml"


def load_issues(path: Path) -> tuple[Issue, ...]:
    """Read what was issued for a quarter, the first issue first. The last one holds.

    Parameters
    ----------
    path
        As `bands_path`; without a file nothing was issued.

    Raises
    ------
    BadReferenceError
        By name and line: an issue that does not fit, that was edited after it was written, or that is dated before the
        one that it follows; a later one without a reason.
    """
    if not path.is_file():
        return ()
    file = read_yaml(path, _File)
    for index, issue in enumerate(file.content.root):
        if issue.sha256 != fingerprint(issue.policy_sha256, issue.lines):
            raise file.refuse(
                "this issue is no longer what was approved: its sha256 is of something else",
                index,
                remedy="put back the file as it was written; what is to be changed is issued again",
            )
        if index and (not issue.reason or issue.date < file.content.root[index - 1].date):
            remedy = "write it by the command: tartanrug bands reissue"
            raise file.refuse("a later issue has a reason, and no earlier date", index, remedy=remedy)
    return file.content.root


def load_every_quarter(registers: Path) -> dict[Quarter, tuple[Issue, ...]]:
    """The issues of each quarter that bands were issued for, in the order of the quarters.

    Raises
    ------
    BadReferenceError
        As `load_issues`.
    UsageError
        If a file is not called by its quarter.
    """
    held = {Quarter.parse(path.stem): load_issues(path) for path in (registers / FOLDER).glob("*.yml")}
    return {quarter: issues for quarter, issues in sorted(held.items()) if issues}


def known_on(issues: Iterable[Issue], day: date_type) -> tuple[Issue, ...]:
    """What had been issued by the end of a day."""
    return tuple(issue for issue in issues if issue.date <= day)


def not_noted(chain: Chain, period: Quarter, issues: Sequence[Issue]) -> tuple[BandsIssued, ...]:
    """What the log does not tell of a quarter's issues: of one that was kept when a command was stopped, too.

    Parameters
    ----------
    issues
        As `load_issues`.
    """
    # By both: after an erasure the first issue is another one, and a third can be as the first was.
    told = {(body.issue, body.sha256) for _, body in chain.of_kind(BandsIssued) if body.period == str(period)}
    return tuple(
        BandsIssued(period=str(period), issue=number, approved_by=one.by, decided=one.date, sha256=one.sha256)
        for number, one in enumerate(issues, start=1)
        if (number, one.sha256) not in told
    )


def entry_text(issues: Iterable[Issue]) -> str:
    """Issues as YAML that can be put at the end of a quarter's file."""
    dumped = [issue.model_dump(mode="json", exclude_defaults=True) for issue in issues]
    return yaml.safe_dump(dumped, sort_keys=False, allow_unicode=True, width=120)
