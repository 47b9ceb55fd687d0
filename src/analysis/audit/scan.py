"""Look through a finished file for what is concealed: PASS only where nothing was found and everything was read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.audit.budget import Budget
from analysis.audit.deny import Deny, Kind
from analysis.audit.found import Numbers, Picture, Place, Said
from analysis.audit.read import Failed, read
from analysis.audit.report import Finding, Report
from analysis.audit.values import agreeing, agreeing_drawn

WITHHELD = "(name withheld)"


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
        Indicator (or indicator and period) to the figures of those who are concealed; no figures are looked for when
        None.
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
    found: dict[Finding, None] = {}
    pictures: list[str] = []
    arrays: list[Numbers] = []
    known: dict[tuple[str, Place], frozenset[Kind]] = {}
    texts = letters = 0
    try:
        if isinstance(file, Path) and file.is_symlink():
            # What it leads to is not what would be sent.
            raise FileNotFoundError
        content = file.read_bytes() if isinstance(file, Path) else file
    except OSError:
        content = b""
        found[Finding(_where((name,), deny), Kind.UNREAD, "it could not be opened, or leads elsewhere")] = None
    for kind in deny.kinds_in(name, Place.ID):
        found[Finding("the file's own name", kind)] = None
    for thing in read(name, content, budget or Budget()):
        if isinstance(thing, Said):
            texts, letters = texts + 1, letters + len(thing.text)
            key = (thing.text, thing.place)
            if key not in known:
                known[key] = deny.kinds_in(*key)
            for kind in known[key]:
                found[Finding(_where(thing.where, deny), kind)] = None
        elif isinstance(thing, Numbers):
            arrays.append(thing)
        elif isinstance(thing, Picture):
            pictures.append(_where(thing.where, deny))
        elif isinstance(thing, Failed):
            found[Finding(_where(thing.where, deny), Kind.UNREAD, thing.why)] = None
    if not (texts or pictures or arrays):
        found[Finding("the whole file", Kind.UNREAD, "nothing could be taken from it")] = None
    if values is not None:
        found.update(dict.fromkeys(_figures(arrays, values, deny)))
    return Report(
        file=WITHHELD if deny.kinds_in(name, Place.ID) else name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        findings=tuple(found),
        texts=texts,
        letters=letters,
        arrays=len(arrays),
        pictures=tuple(pictures),
        values_looked_for=values is not None,
    )


def _figures(arrays: list[Numbers], values: Mapping[str, Sequence[float]], deny: Deny) -> list[Finding]:
    tried: dict[tuple[float, ...], Numbers] = {}
    for array in arrays:
        tried.setdefault((array.mapped, *array.values), array)
    tests = len(tried) * len(values)
    found = []
    for array in tried.values():
        look = agreeing_drawn if array.mapped else agreeing
        count = max((look(array.values, figures, tests) for figures in values.values()), default=0)
        if count:
            why = f"{count} figures of one indicator agree"
            found.append(Finding(_where(array.where, deny), Kind.VALUES, why))
    return found


def _where(parts: tuple[str, ...], deny: Deny) -> str:
    """A place in words; what in it would name somebody is withheld. The file's own name is left to the report."""
    inner = parts[1:] or ("the whole file",)
    return " > ".join(WITHHELD if deny.kinds_in(part, Place.ID) else " ".join(part.split())[:80] for part in inner)
