"""The thin door to disk: files as received, read whole into memory and never copied."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analysis.errors import UsageError
from analysis.reference.periods import Quarter
from analysis.returns.received import Received, received_in

MAX_BYTES = 16 * 1024 * 1024
"""Twice a CSV of every authority in England over five years."""
CHANGED = "is not what was received"


@dataclass(frozen=True)
class ReturnFile:
    """A file as received.

    `folder` is the quarter of the folder that it lies in, `content` is None where the file is too large or could
    not be opened: `trouble` then says which.
    """

    folder: Quarter
    # Neither is ever part of a message: a name may be a child's.
    name: str = field(repr=False)
    content: bytes | None = field(repr=False)
    sha256: str
    trouble: str = ""
    received: str = ""
    """When, as text that sorts as the times do; empty where nobody wrote a receipt."""

    @property
    def vintage(self) -> str:
        """What is said at one time: the folder's quarter, and when within it. Sorts from the oldest on."""
        return f"{self.folder}, received {self.received}" if self.received else str(self.folder)

    @classmethod
    def of(cls, folder: str, name: str, content: bytes) -> ReturnFile:
        """A file whose bytes are at hand."""
        large = len(content) > MAX_BYTES
        digest = hashlib.sha256(content).hexdigest()
        return cls(Quarter.parse(folder), name, None if large else content, digest, "is too large" if large else "")


@dataclass(frozen=True)
class Receipt:
    """What became of a file."""

    name: str
    """Folder and file name, or a neutral description where the file was refused (`labels.label_of`)."""
    folder: str
    sha256: str
    """Empty where the file could not be opened."""
    state: str
    """`received` or `refused`."""
    rule: str
    """The rule that refused it; empty otherwise."""
    choices: tuple[str, ...] = ()
    """How it was read, where there was a choice."""


def load_file(folder: str, path: Path, record: Received | None = None) -> ReturnFile:
    """Read one file; one that cannot be opened is still handed on, so that it is said and not lost.

    So is one that is no longer what its receipt, `record`, was written for.

    Raises
    ------
    UsageError
        If the folder's name is not a quarter.
    """
    quarter = Quarter.parse(folder)
    digest = hashlib.sha256()
    kept: list[bytes] | None = []
    size = 0
    try:
        with path.open("rb") as stream:
            while block := stream.read(1024 * 1024):
                digest.update(block)
                size += len(block)
                if size > MAX_BYTES:
                    kept = None
                if kept is not None:
                    kept.append(block)
    except OSError:
        return ReturnFile(quarter, path.name, None, "", "cannot be opened")
    if record is not None and record.sha256 != digest.hexdigest():
        return ReturnFile(quarter, path.name, None, digest.hexdigest(), CHANGED, record.stamp)
    content = None if kept is None else b"".join(kept)
    trouble = "is too large" if content is None else ""
    return ReturnFile(quarter, path.name, content, digest.hexdigest(), trouble, record.stamp if record else "")


def load_files(paths: Sequence[tuple[str, Path]]) -> list[ReturnFile]:
    """Read files with their receipts, as `find_returns` gives them.

    Raises
    ------
    UsageError
        If a folder's name is not a quarter.
    BadReferenceError
        If a receipt cannot be read.
    """
    records = {folder: received_in(folder) for folder in {path.parent for _, path in paths}}
    return [load_file(folder, path, records[path.parent].get(path.name)) for folder, path in paths]


def find_returns(folder: Path) -> list[tuple[str, Path]]:
    """The files that lie in the period folders of one region, in order of period and name.

    Parameters
    ----------
    folder
        Holds one folder for each quarter, named as in `2025-26-Q2`. Anything else in it is passed over; it may not
        exist yet.

    Returns
    -------
    list of (period, path)
        Without hidden files and the lock files that Excel leaves beside an open workbook.
    """
    if not folder.is_dir():
        return []
    periods = sorted(path for path in folder.iterdir() if path.is_dir() and _is_quarter(path.name))
    return [(period.name, path) for period in periods for path in sorted(period.iterdir()) if _is_file(path)]


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.name.startswith((".", "~$"))


def _is_quarter(name: str) -> bool:
    try:
        return str(Quarter.parse(name)) == name
    except UsageError:
        return False


def in_order(files: Sequence[ReturnFile]) -> list[ReturnFile]:
    """By folder, then by time and name: the order in which they are counted and in which a later one wins."""
    return sorted(files, key=lambda file: (file.folder, file.received, file.name, file.sha256))
