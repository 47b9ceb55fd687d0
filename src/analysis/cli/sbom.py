"""`tartanrug sbom`: what the kit is made of, from its lock file, as CycloneDX 1.6 (ECMA-424).

The same lock file gives the same bytes: no time, no machine, and a serial number that follows from the content.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from analysis import __version__, store
from analysis.config import PACKAGE, shown
from analysis.errors import BadReferenceError

LOCK = PACKAGE.parents[1] / "requirements" / "run.lock"
NAME = "tartan-rug"
_ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9][\w.-]*)==(?P<version>[^\s;\\]+)\s*(?:;\s*(?P<marker>[^\\]+?))?\s*\\?$")
_HASH = re.compile(r"^\s+--hash=sha256:(?P<sha256>[0-9a-f]{64})\s*\\?$")
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "tartan-rug.sbom")


@dataclass(frozen=True)
class Pinned:
    """One package of the lock file."""

    name: str
    version: str
    marker: str
    """Where it is installed at all, as `sys_platform == 'win32'`; empty: everywhere."""
    hashes: tuple[str, ...]
    """SHA-256 of each file that it may be installed from."""

    @property
    def purl(self) -> str:
        """Its package URL, by which lists of known weaknesses find it."""
        return f"pkg:pypi/{re.sub(r'[-_.]+', '-', self.name).lower()}@{self.version}"


def write_sbom(out: Path | None, console: Console) -> None:
    """Print the bill of materials, or write it to a file.

    Raises
    ------
    BadReferenceError
        If the lock file is missing or holds a line that is no pin.
    """
    if not LOCK.is_file():
        remedy = "run it in a checkout of the kit, which has requirements/run.lock"
        raise BadReferenceError("the lock file is not there", where=LOCK.name, remedy=remedy)
    text = bill_of(LOCK.read_text(encoding="utf-8"))
    if out is None:
        print(text, end="")
        return
    store.write_text(out, text)
    console.print(f"Written: {escape(shown(out.resolve()))}")


def bill_of(lock: str) -> str:
    """The bill of materials of a lock file, as JSON.

    Parameters
    ----------
    lock
        Pins with hashes, as `make lock` writes them.

    Raises
    ------
    BadReferenceError
        If a line is neither a pin nor a hash.
    """
    pinned = tuple(read_lock(lock))
    root = f"pkg:pypi/{NAME}@{__version__}"
    serial = uuid.uuid5(_NAMESPACE, f"{root}\n{lock}")
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {"component": _named("application", NAME, __version__, root)},
        "components": [_component(one) for one in pinned],
        # The lock says what is installed, and not what asked for what.
        "compositions": [{"aggregate": "complete", "assemblies": [one.purl for one in pinned]}],
    }
    return json.dumps(bill, indent=1, ensure_ascii=False) + "\n"


def read_lock(lock: str) -> Iterator[Pinned]:
    """The packages of a lock file, in its order."""
    blocks: list[tuple[re.Match[str], list[str]]] = []
    for number, line in enumerate(lock.splitlines(), start=1):
        entry, digest = _ENTRY.match(line), _HASH.match(line)
        if entry:
            blocks.append((entry, []))
        elif digest and blocks:
            blocks[-1][1].append(digest["sha256"])
        elif line.strip() and not line.lstrip().startswith("#"):
            where = f"requirements/run.lock, line {number}"
            raise BadReferenceError("this line is neither a pin nor a hash", where=where, remedy="make lock")
    for entry, hashes in blocks:
        yield Pinned(entry["name"], entry["version"], (entry["marker"] or "").strip(), tuple(sorted(hashes)))


def _named(kind: str, name: str, version: str, purl: str) -> dict[str, object]:
    return {"type": kind, "bom-ref": purl, "name": name, "version": version, "purl": purl}


def _component(one: Pinned) -> dict[str, object]:
    held: dict[str, object] = {
        **_named("library", one.name, one.version, one.purl),
        "scope": "optional" if one.marker else "required",
        "hashes": [{"alg": "SHA-256", "content": content} for content in one.hashes],
    }
    if one.marker:
        held["properties"] = [{"name": "tartan-rug:installed-where", "value": one.marker}]
    return held
