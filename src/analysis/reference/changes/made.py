"""The councils that this workspace's reorganisations make: their names and codes have to be known to every reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from analysis.config import workspace
from analysis.reference.authority_table import Authority, authority_table
from analysis.reference.changes.change import Change
from analysis.reference.changes.files import FOLDER, read_change
from analysis.reference.changes.model import Reorganisation
from analysis.reference.matching import plain
from analysis.reference.yaml_file import YamlFile


@dataclass(frozen=True, eq=False)
class Made:
    """Reorganisations, the earliest first. Compared by identity, so that what is worked out from them can be kept."""

    reorganisations: tuple[Reorganisation, ...] = ()

    def laid_over(self, table: Mapping[str, Authority]) -> Mapping[str, Authority]:
        """The authorities with those who begin, and with the end of those who end."""
        found = dict(table)
        for one in self.reorganisations:
            for authority in (*one.made(found), *one.ended(found)):
                found[authority.code] = authority
        return found


NOTHING = Made()
_RECKONED: ContextVar[Made | None] = ContextVar("reckoned", default=None)
Stamp = tuple[tuple[Path, int, int], ...]
"""Each file with its time and size."""


def made_here() -> Made:
    """The reorganisations of every region of the workspace that were signed off.

    Raises
    ------
    BadReferenceError
        By name and line.
    """
    reckoned = _RECKONED.get()
    if reckoned is not None:
        return reckoned
    home = workspace().registers
    # Real ones last: where made-up returns know a council of the same code, the real one's name is meant.
    found = [path for depth in ("made-up/*", "*") for path in sorted(home.glob(f"{depth}/{FOLDER}/*.yml"))]
    return _signed(tuple((path, (at := path.stat()).st_mtime_ns, at.st_size) for path in found)) if found else NOTHING


@contextmanager
def as_if_signed(reorganisations: Sequence[Reorganisation]) -> Iterator[None]:
    """Councils that are known within although nobody has signed them off: a preview's."""
    token = _RECKONED.set(Made((*made_here().reorganisations, *reorganisations)))
    try:
        yield
    finally:
        _RECKONED.reset(token)


@contextmanager
def looked_up_once() -> Iterator[None]:
    """Within, the files are not looked at again for each name: a reader asks thousands of times."""
    token = _RECKONED.set(made_here())
    try:
        yield
    finally:
        _RECKONED.reset(token)


@lru_cache(maxsize=16)
def _signed(stamp: Stamp) -> Made:
    found: list[Reorganisation] = []
    for folder in dict.fromkeys(path.parent for path, *_ in stamp):
        files = [read_change(path) for path, *_ in stamp if path.parent == folder]
        found += [one for one in checked(files) if one.signed_off is not None]
    return Made(tuple(found))


def checked(files: Sequence[YamlFile[Change]]) -> list[Reorganisation]:
    """The reorganisations among one folder's changes, the earliest first.

    Raises
    ------
    BadReferenceError
        By name and line: one that ends who is not there (any more), or begins under a code or a name that is taken.
    """
    known = dict(authority_table())
    found: list[Reorganisation] = []
    reorganising = [(file, file.content) for file in files if isinstance(file.content, Reorganisation)]
    for file, one in sorted(reorganising, key=lambda pair: pair[1].first):
        for index, code in enumerate(one.predecessors):
            if code not in known:
                raise file.refuse(f"there is no authority {code}", "predecessors", index, remedy="use a DfE code")
            if not known[code].current:
                what = f"{known[code].name} ({code}) had ended before"
                raise file.refuse(what, "predecessors", index, remedy="name those who end in this change")
        for index, new in enumerate(one.made(known)):
            _refuse_taken(file, index, new, known)
        for authority in (*one.made(known), *one.ended(known)):
            known[authority.code] = authority
        found.append(one)
    return found


def _refuse_taken(file: YamlFile[Change], index: int, new: Authority, known: Mapping[str, Authority]) -> None:
    """A code is never used again; a name may be a predecessor's (it is then the year that tells which is meant)."""
    for code, other in known.items():
        if new.code == code:
            what = f"the code {code} is {other.name}'s: a new council has one of its own"
            raise file.refuse(what, "successors", index, "code", remedy="use the code that DfE gave it")
        shared = set(map(plain, new.every_name)) & set(map(plain, other.every_name))
        if shared and code not in new.predecessors:
            what = f"{other.name} ({code}) goes by {min(shared)!r} too"
            raise file.refuse(what, "successors", index, "name", remedy="leave out the name that is another's")
