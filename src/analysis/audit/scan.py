"""Look through a finished file for what is concealed: PASS only where nothing was found and everything was read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from analysis.audit.budget import Budget
from analysis.audit.deny import Deny, Kind
from analysis.audit.drawn import agreeing_drawn, lines_of
from analysis.audit.found import Numbers, Picture, Place, Said
from analysis.audit.places import WITHHELD, Places
from analysis.audit.read import Read, read
from analysis.audit.report import Finding, Report
from analysis.audit.running import Running
from analysis.audit.unreadable import UnreadableError
from analysis.audit.values import Values, agreeing, looked_for, stretches


def scan(
    file: Path | bytes,
    deny: Deny,
    values: Mapping[str, Sequence[float]] | None = None,
    *,
    name: str = "",
    budget: Budget | None = None,
) -> Report:
    """What a finished file says that it must not.

    Parameters
    ----------
    file
        A path, or the bytes themselves.
    deny
        What is looked for.
    values
        Indicator (or indicator and period) to the figures of those who are concealed; none are looked for where there
        are fewer than three of each.
    name
        What the file is called; the path's own name if left out. Its ending counts, and it is looked through too.
    budget
        What may be spent on reading it.

    Returns
    -------
    Report
        It quotes nothing that was found. Whatever went wrong is a finding: a file that could not be read fails.
    """
    name = name or (file.name if isinstance(file, Path) else "")
    budget = budget or Budget()
    content = _content(file)
    seen = _Seen(deny)
    if content is None:
        seen.unread((name,), "it could not be opened, or leads elsewhere")
    for kind in deny.kinds_in(name, Place.ID):
        seen.findings[Finding("the file's own name", kind)] = None
    for thing in read(name, content or b"", budget):
        seen.take(thing)
    if not (seen.texts or seen.pictures or seen.arrays):
        seen.unread((name,), "nothing could be taken from it")
    figures, arrays = looked_for((values or {}).values()), [*seen.arrays, *seen.running.rows()]
    try:
        for finding in _figures(arrays, figures, seen.places, budget):
            seen.findings[finding] = None
    except UnreadableError as error:
        seen.unread((name,), error.why)
    return Report(
        file=WITHHELD if deny.kinds_in(name, Place.ID) else name,
        sha256=hashlib.sha256(content or b"").hexdigest(),
        size=len(content or b""),
        findings=tuple(seen.findings),
        texts=seen.texts,
        letters=seen.letters,
        arrays=len(arrays),
        pictures=tuple(seen.pictures),
        values_looked_for=bool(figures),
    )


def _content(file: Path | bytes) -> bytes | None:
    """The bytes of a file; None where there are none to be had, or where it is a link: that is not what is sent."""
    if isinstance(file, bytes):
        return file
    try:
        return None if file.is_symlink() else file.read_bytes()
    except OSError:
        return None


class _Seen:
    """What has come out of a file so far."""

    def __init__(self, deny: Deny) -> None:
        self._deny = deny
        self._known: dict[tuple[str, Place], frozenset[Kind]] = {}
        self.findings: dict[Finding, None] = {}
        self.arrays: list[Numbers] = []
        self.running = Running()
        self.places = Places(deny)
        self.pictures: list[str] = []
        self.texts = self.letters = 0

    def take(self, thing: Read) -> None:
        self.places.met(thing.where)
        if isinstance(thing, Said):
            self._text(thing)
        elif isinstance(thing, Numbers):
            self.arrays.append(thing)
        elif isinstance(thing, Picture):
            self.pictures.append(self.places.words(thing.where))
        else:
            self.unread(thing.where, thing.why)

    def unread(self, where: tuple[str, ...], why: str) -> None:
        self.findings[Finding(self.places.words(where), Kind.UNREAD, why)] = None

    def _text(self, said: Said) -> None:
        self.texts, self.letters = self.texts + 1, self.letters + len(said.text)
        self.running.take(said)
        key = (said.text, said.place)
        if key not in self._known:
            self._known[key] = self._deny.kinds_in(*key)
        for kind in self._known[key]:
            self.findings[Finding(self.places.words(said.where), kind)] = None


def _figures(arrays: list[Numbers], figures: list[Values], places: Places, budget: Budget) -> list[Finding]:
    lines = lines_of(figures)
    tried: dict[tuple[bool, frozenset[float]], Numbers] = {}
    for array in arrays:
        for row in (array.values,) if array.mapped else stretches(array.values):
            tried.setdefault((array.mapped, frozenset(row)), replace(array, values=row))
    tests = len(tried) * len(figures)
    most: dict[str, int] = {}
    for array in tried.values():
        budget.tick()
        row = array.values
        count = agreeing_drawn(row, lines, tests) if array.mapped else agreeing(row, figures, tests)
        if count:
            # Stretches of one row stand in one place.
            where = places.words(array.where)
            most[where] = max(count, most.get(where, 0))
    return [Finding(where, Kind.VALUES, f"{count} figures of one indicator agree") for where, count in most.items()]
