"""Who sent a file and when, written beside it when it was received; and which file is which vintage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import yaml
from pydantic import Field, field_validator

from analysis.reference.model import Record
from analysis.reference.yaml_file import read_yaml

FOLDER = "receipts"
"""In the folder of a period; a receipt is called by its file's sha256."""


class Received(Record):
    """One file's receipt. It holds no name of a person and nothing of what stands in the file but whose figures."""

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    file: str = Field(pattern=r"^[0-9a-z][0-9a-z.-]*$")
    """What the file is called in the folder: never as it was called by whoever sent it."""
    received: datetime
    sender: str = Field(min_length=2, max_length=80)
    """A role or a mailbox, as it was given."""
    vintages: Mapping[str, int]
    """By authority: 1 for what came first in this folder, 2 for what came next."""
    periods: tuple[str, ...]
    """The quarters that it has figures of."""
    state: str = Field(pattern=r"^(received|refused)$")
    rule: str = ""
    """The rule that refused it."""
    choices: tuple[str, ...] = ()
    """How it was read, where there was a choice."""

    @field_validator("received")
    @classmethod
    def _in_utc(cls, when: datetime) -> datetime:
        if when.tzinfo is None:
            raise ValueError("the time needs its zone: 2025-10-20T09:30:00+00:00")
        return when.astimezone(UTC)

    @property
    def day(self) -> date:
        """The day, in UTC."""
        return self.received.date()

    @property
    def stamp(self) -> str:
        """The time as text that sorts as the times do."""
        return self.received.strftime("%Y-%m-%dT%H:%M:%SZ")


def received_in(folder: Path) -> dict[str, Received]:
    """The receipts of one period's folder by the name of the file that each is for.

    Raises
    ------
    BadReferenceError
        If a receipt cannot be read: by file and line.
    """
    found = (read_yaml(path, Received).content for path in sorted((folder / FOLDER).glob("*.yml")))
    return {record.file: record for record in found}


def first_days(records: Iterable[Received], period: str) -> dict[str, date]:
    """The day on which each authority's first usable file with figures of a quarter came."""
    found: dict[str, date] = {}
    for record in sorted(records, key=lambda one: one.received, reverse=True):
        if record.state == "received" and period in record.periods:
            found |= dict.fromkeys(record.vintages, record.day)
    return found


def receipt_path(folder: Path, sha256: str) -> Path:
    """Where the receipt of a file stands."""
    return folder / FOLDER / f"{sha256}.yml"


def receipt_text(record: Received) -> str:
    """A receipt as YAML, in the order of its fields."""
    return yaml.safe_dump(record.model_dump(mode="json"), sort_keys=False, allow_unicode=True, width=120)


def next_vintages(authorities: Iterable[str], earlier: Iterable[Received]) -> dict[str, int]:
    """The vintage that a new file of these authorities is, after the files already received in its folder."""
    known = list(earlier)
    newest = {code: max((record.vintages.get(code, 0) for record in known), default=0) for code in authorities}
    return {code: number + 1 for code, number in sorted(newest.items())}


def file_name(vintages: Mapping[str, int], sha256: str, ending: str) -> str:
    """What a received file is called: whose it is, which vintage, and the beginning of its sha256."""
    whose = "-".join(vintages) if len(vintages) < 4 else "several"
    newest = f"-v{max(vintages.values())}" if vintages else ""
    return f"{whose or 'unread'}{newest}-{sha256[:12]}.{ending}"
