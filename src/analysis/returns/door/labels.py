"""How a file is called in findings and receipts: a file name may be a child's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from analysis.reference.matching import plain
from analysis.returns.door.personal import is_name, places
from analysis.returns.files import ReturnFile
from analysis.returns.rules.file_rules import CHILD_LEVEL, Refusal

_WORDS = (
    "return", "returns", "data", "riia", "adcs", "benchmarking", "quarterly", "quarter", "indicator",
    "indicators", "set", "annex", "a", "la", "las", "authority", "council", "county", "borough", "region",
    "regional", "file", "final", "draft", "copy", "version", "new", "old", "of", "and", "the", "for", "to",
    "from", "upload", "submission", "template", "csv", "txt", "xls", "xlsx", "xlsm", "zip", "ods", "pdf",
    "dat", "tsv",
)  # fmt: skip
_NUMBERS = re.compile(r"\d{1,4}|q[1-4]|v\d{1,2}|fy\d{2,4}")


def label_of(file: ReturnFile, files: Sequence[ReturnFile], refusal: Refusal | None) -> str:
    """The label of a file.

    Parameters
    ----------
    file
        One of `files`.
    files
        All files, in the order in which they are counted.
    refusal
        Why it is not used, if it is not.

    Returns
    -------
    str
        Folder and name. A child-level file's name is never said; another refused file's only if it is made of the
        kit's own words (places, periods, *return*); a received file's unless it looks like a person's. Otherwise its
        place in the folder and its sha256 say which file it is.
    """
    # A file that has a receipt was named by the kit.
    safe = bool(file.received) or (_neutral(file.name) if refusal else not _personal(file.name))
    shown = safe and (refusal is None or refusal.rule not in CHILD_LEVEL)
    if shown:
        return f"{file.folder}/{file.name}"
    folder = [other for other in files if other.folder == file.folder]
    place = next(index for index, other in enumerate(folder, start=1) if other is file)
    digest = f"sha256 {file.sha256[:12]}…" if file.sha256 else "not opened"
    return f"{file.folder}: file {place} of {len(folder)} by name ({digest})"


def _neutral(name: str) -> bool:
    return all(word in _known_words() or _NUMBERS.fullmatch(word) for word in plain(name).split())


def _personal(name: str) -> bool:
    words = plain(name).split()
    return any(is_name(word) and word not in _known_words() for word in words) or any(
        len(word) > 5 and word.isdigit() for word in words
    )


@cache
def _known_words() -> frozenset[str]:
    return frozenset(_WORDS) | {word for place in places() for word in place.split()}
