"""Carry an erasure out: the tombstone first, then the deletions, then a look whether anything is left."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from analysis import store
from analysis.config import Workspace
from analysis.errors import BusyError
from analysis.pipeline.collection import Collection
from analysis.pipeline.erasure import Plan, plan_erasure
from analysis.registers.erased import EmptiedFolder, EmptiedRegister, ErasedFile, ErasureBegun


def tombstone(
    plan: Plan, place: Workspace, *, authority: str, instructed_by: str, why: str, evidence: str, on: str
) -> ErasureBegun:
    """What stays of it: folders and hashes, and no file's own name.

    Raises
    ------
    ValidationError
        If a text names a person, or is missing.
    """
    made = Counter(_below(one.path.parent, place) for one in plan.files if one.made_again)
    return ErasureBegun.model_validate({
        "authority": authority,
        "instructed_by": instructed_by,
        "instructed": on,
        "why": why,
        "evidence": evidence,
        "files": [
            ErasedFile(place=_below(one.path.parent, place), sha256=store.sha256_of(one.path))
            for one in plan.files
            if not one.made_again
        ],
        "made": [EmptiedFolder(place=folder, files=count) for folder, count in sorted(made.items())],
        "registers": [EmptiedRegister(place=_below(one.path, place), entries=one.entries) for one in plan.registers],
        "releases": plan.releases,
        "asked_again": tuple(plan.asked_again),
    })  # fmt: skip


def carry_out(plan: Plan, collection: Collection, authority: str) -> Plan:
    """Delete what a plan lists.

    Returns
    -------
    Plan
        What is left for people to look at.

    Raises
    ------
    BusyError
        If something of the authority is there again: somebody built or received meanwhile.
    """
    for cut in plan.registers:
        if cut.text:
            store.write_text(cut.path, cut.text)
        else:
            cut.path.unlink()
    for one in plan.files:
        # What was released is read-only, and Windows deletes no such file.
        one.path.chmod(0o600)
        one.path.unlink()
        _remove_empty(one.path.parent, collection.workspace)
    left = plan_erasure(collection.afresh(), authority)
    if not left.empty:
        raise BusyError(
            "something of the authority's data is there again",
            where=", ".join(sorted({_below(one.path.parent, collection.workspace) for one in left.files})),
            remedy="let no build run, and give the same command again",
        )
    return left


def _remove_empty(folder: Path, place: Workspace) -> None:
    keep = {place.root, place.raw, place.processed, place.registers, place.out, place.release, place.root / "data"}
    while folder not in keep and place.root in folder.parents and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _below(path: Path, place: Workspace) -> str:
    return path.relative_to(place.root).as_posix()
