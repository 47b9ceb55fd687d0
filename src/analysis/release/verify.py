"""Whether the log is whole, and tells of everything that was released: a tail that was cut off is found so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from analysis.registers.erased import erasures_of
from analysis.registers.log.chain import SYSTEM_FILES, BrokenLogError, Chain, Fault, faults, read_chain
from analysis.registers.log.event import NOTHING_BEFORE
from analysis.release.gate import CERTIFICATES, Released
from analysis.release.kinds import strange_events
from analysis.release.manifest import MANIFEST, Manifest, read_manifest
from analysis.release.refused import RefusedError
from analysis.release.standing import Standing, Standings, standings

_OTHER_LOG = "restore the log's last files from the folder's own versions, or the folder itself"


def log_faults(log: Path, release: Path, region: str, *, made_up: bool) -> tuple[Fault, ...]:
    """Everything that is wrong with a region's log and with what it says was released.

    Parameters
    ----------
    log
        The folder of the log.
    release
        `reports/release/`, of which the folders of this region are held against the log.
    region
        Its id.
    made_up
        Whether the log is that of made-up returns; real ones' have another.
    """
    broken = faults(log)
    if broken:
        return broken
    chain = read_chain(log)
    strange = tuple(strange_events(chain))
    if strange:
        return strange
    try:
        held = standings(chain)
    except BrokenLogError as error:
        return (Fault(error.where, error.what, error.remedy),)
    there = {one.id: one for one in _folders(release)}
    # A controller had these deleted, and the log says so.
    accounted = {*there, *(release_id for one in erasures_of(chain) for release_id in one.begun.releases)}
    return (
        *(fault for one in there.values() for fault in _of_folder(one, held, chain, region, made_up=made_up)),
        *(fault for one in held.values() if one.was_released and one.release not in accounted for fault in _gone(one)),
    )


def _folders(release: Path) -> Iterator[Released]:
    for variant in sorted(release.iterdir()) if release.is_dir() else ():
        if variant.is_dir() and variant.name != CERTIFICATES:
            for folder in sorted(variant.iterdir()):
                if not folder.name.startswith("making-") and folder.name not in SYSTEM_FILES:
                    yield Released(folder.name, variant.name, release)


def _of_folder(folder: Released, held: Standings, chain: Chain, region: str, *, made_up: bool) -> Iterator[Fault]:
    name = f"{folder.variant}/{folder.id[:12]}"
    try:
        manifest = read_manifest((folder.folder / MANIFEST).read_bytes(), folder.id)
    except (OSError, RefusedError) as error:
        yield Fault(name, f"this is no release: {error}".splitlines()[0], "report it, touch nothing")
        return
    if manifest.scope.region != region or manifest.made_up != made_up:
        return
    standing = held.get(folder.id)
    if standing is None or not standing.was_released:
        yield Fault(name, "the log does not know that this was released: its end was cut off", _OTHER_LOG)
    heads = {event.sha256 for event in chain.events} | {NOTHING_BEFORE}
    if manifest.log_head not in heads:
        yield Fault(name, "the log that this was made with was another one", _OTHER_LOG)
    yield from _changed(folder, manifest)


def _changed(folder: Released, manifest: Manifest) -> Iterator[Fault]:
    found = {path.name: path for path in folder.folder.iterdir()}
    for name in sorted((found.keys() | manifest.documents.keys()) - {MANIFEST, *SYSTEM_FILES}):
        path, document = found.get(name), manifest.documents.get(name)
        where = f"{folder.variant}/{folder.id[:12]}/{name}"
        if document is None:
            yield Fault(where, "this file was never released", "report it, touch nothing")
        elif path is None or hashlib.sha256(path.read_bytes()).hexdigest() != document.sha256:
            yield Fault(where, "this file is not as it was released", "restore it from the folder's own versions")


def _gone(standing: Standing) -> Iterator[Fault]:
    name = f"{standing.scope.variant}/{standing.release[:12]}"
    remedy = f"tartanrug release issue {standing.release[:12]} lays it again, if nobody took it away on purpose"
    yield Fault(name, "the log says that this was released, and its folder is not there", remedy)
