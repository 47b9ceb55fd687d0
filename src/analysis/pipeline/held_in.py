"""Which received files hold an authority's data: by what they are read as, by their receipts, and by what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.audit.deny import Deny, Kind, deny_list
from analysis.audit.found import Place
from analysis.audit.scan import scan
from analysis.pipeline.collection import EXCHANGE, Collection
from analysis.pipeline.quarters_in_file import quarters_by_authority
from analysis.reference.changes.made import looked_up_once
from analysis.returns.door.turned_away import RECORD
from analysis.returns.files import MAX_BYTES, find_returns
from analysis.returns.received import Received, receipt_path, received_in

_NAMED = frozenset({Kind.NAME, Kind.CODE, Kind.ADDRESS})


@dataclass(frozen=True)
class Holding:
    """A file below `data/raw/` that has to do with an authority."""

    path: Path
    why: str
    certain: bool
    """Whether it holds the authority's figures, or may (a file that no reading understood); else it mentions it."""
    others: Mapping[str, tuple[str, ...]]
    """Whose figures stand in it besides, by DfE code, and of which quarters."""
    shared: bool = False
    """Whether it is the cross-regional file, which nobody of the region sent."""


@looked_up_once()
def held_in(collection: Collection, authority: str) -> tuple[Holding, ...]:
    """The received files that hold or mention an authority, with their receipts.

    Parameters
    ----------
    collection
        Says which source and region; its quarter does not count: every folder is looked through.
    authority
        DfE code.

    Returns
    -------
    tuple of Holding
        In the order of their paths. Returns are immutable, so that one with several authorities goes as a whole.
    """
    deny = deny_list([authority])
    root = collection.workspace.raw / collection.source
    homes = [root / collection.home.id, root / EXCHANGE]
    found: list[Holding] = []
    for home in homes:
        returns = find_returns(home)
        records = {path.parent: received_in(path.parent) for _, path in returns}
        known: set[Path] = set()
        for period, path in returns:
            record = records[path.parent].get(path.name)
            known |= {path, *([receipt_path(path.parent, record.sha256)] if record else [])}
            found += _one(collection, period, path, record, authority, deny, shared=home.name == EXCHANGE)
        found += _others(home.rglob("*"), known, deny)
    # What lies beside the folders of regions is nobody's return, and may be a copy of anybody's.
    found += _others(root.glob("*"), set(), deny)
    return tuple(found)


def _one(
    collection: Collection,
    period: str,
    path: Path,
    record: Received | None,
    authority: str,
    deny: Deny,
    *,
    shared: bool,
) -> Iterator[Holding]:
    read = quarters_by_authority(collection, period, path, record)
    whose = {} if read is None else read
    if record is not None:
        whose = {**dict.fromkeys(record.vintages, tuple(record.periods)), **whose}
    others = {code: quarters for code, quarters in whose.items() if code != authority}
    mentioned = mentions(path, deny)
    if authority in whose:
        why, certain = "holds its figures", True
    elif read is None and (mentioned or authority in path.stem.split("-")):
        why, certain = "no reading understands it, and it names the authority", True
    elif mentioned:
        why, certain = "mentions it", False
    else:
        return
    yield Holding(path, why, certain, others, shared)
    if record is not None and certain:
        yield Holding(receipt_path(path.parent, record.sha256), "its receipt", True, {}, shared)


def _others(paths: Iterable[Path], known: set[Path], deny: Deny) -> Iterator[Holding]:
    """What lies beside the returns: receipts without a file, half-written copies, mappings, records of refusals."""
    for path in sorted(paths):
        if path.is_file() and path not in known and mentions(path, deny, cells=True):
            ours = path.name == RECORD or path.parent.name == "templates"
            yield Holding(path, "names it, and is no return in its place", not ours, {})


def mentions(path: Path, deny: Deny, *, cells: bool = False) -> bool:
    """Whether a file says an authority's name or ONS code; with `cells`, or its DfE code alone in a cell."""
    if path.stat().st_size <= MAX_BYTES:
        try:
            # Plain text is soon read; the audit's decoders take their time over everything else.
            text = f"{path.name}\n{path.read_bytes().decode('utf-8')}"
        except UnicodeDecodeError:
            pass
        else:
            return names_it(text, deny) or (
                cells and any(re.search(rf"(?m)(^|[,;\t]){code}([,;\t]|\r?$)", text) for code in deny.concealed)
            )
    return any(one.kind in _NAMED for one in scan(path, deny, name=path.name).findings)


def names_it(text: str, deny: Deny) -> bool:
    """Whether a text has a name or the ONS code of whom is looked for, or its DfE code in quotes."""
    found = deny.kinds_in(text, Place.SOURCE) & {Kind.NAME, Kind.CODE}
    return bool(found) or any(re.search(rf"""['"]{code}['"]""", text) for code in deny.concealed)
