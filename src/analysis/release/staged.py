"""A release as it waits: the documents, the drafts and the manifest, read once and held against what was approved."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.registers.log.chain import SYSTEM_FILES
from analysis.release.dfe_pack import unpacked
from analysis.release.manifest import MANIFEST, Manifest, read_manifest
from analysis.release.refused import RefusedError
from analysis.views.model import Variant

FINAL, DRAFT = "-final", "-draft"
"""After a variant's folder: what will go out, and the same as the DBG reads it."""
REGISTERED = "registered"
"""Beside the variants' folders: documents that the kit did not make, with their cover sheets."""
REMEDY = "restore the file from the folder's own versions, or build and review again: approvals are for these bytes"


@dataclass(frozen=True)
class Staging:
    """Where the parts of a release lie, below `reports/out/<source>/<region>/<period>/`."""

    root: Path
    variant: Variant
    registered: bool = False
    """Whether it is of documents that the kit did not make. Each of these has a name of its own for ever."""

    @property
    def finals(self) -> Path:
        """What goes out. Packs that conceal are audited, and lie where they were audited."""
        if self.registered:
            return self.root / REGISTERED
        return self.root / (self.variant.value if self.variant is Variant.ANONYMISED else f"{self.variant}{FINAL}")

    @property
    def drafts(self) -> Path:
        """What the DBG reads."""
        return self.root / f"{self.variant}{DRAFT}"

    @property
    def opened(self) -> Path:
        """The draft of the DfE's pack, laid open to be read."""
        return self.root / "dfe-pack"

    @property
    def audit(self) -> Path:
        """Certificates of packs that conceal."""
        return self.root / "audit"

    def manifest(self, release: str) -> Path:
        """Where the manifest of a release waits."""
        return self.root / "review" / release / MANIFEST


@dataclass(frozen=True)
class Whole:
    """A release whose every byte is the one that its id stands for."""

    manifest: Manifest
    files: Mapping[str, bytes]
    """The final documents."""
    certificates: Mapping[str, bytes]


def read_whole(staging: Staging, release: str) -> Whole:
    """Read a release that waits.

    Parameters
    ----------
    release
        Its whole id.

    Raises
    ------
    RefusedError
        If its manifest, a document, a draft or a certificate is missing, leads elsewhere, or is not what it was.
    """
    manifest = read_manifest(_bytes(staging.manifest(release)), release)
    files: dict[str, bytes] = {}
    certificates: dict[str, bytes] = {}
    for name, document in sorted(manifest.documents.items()):
        files[name] = _unchanged(staging.finals / name, document.sha256)
        read = files[name]
        if document.draft_sha256 is not None:
            read = _unchanged(staging.drafts / name, document.draft_sha256)
        if name.endswith(".zip") and staging.opened.is_dir():
            _refuse_if_read_otherwise(read, staging.opened)
        if document.certificate_sha256 is not None:
            beside = f"{name}.certificate.json"
            certificates[beside] = _unchanged(staging.audit / beside, document.certificate_sha256)
    return Whole(manifest, files, certificates)


def _refuse_if_read_otherwise(pack: bytes, opened: Path) -> None:
    """What the DBG reads of a pack lies open: it must be what is in the pack's draft."""
    manifest, _ = unpacked(pack)
    lying = {
        path.relative_to(opened).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in opened.rglob("*")
        if path.is_file() and path.name not in SYSTEM_FILES
    }
    packed = {MANIFEST: hashlib.sha256(manifest.text).hexdigest(), **manifest.documents}
    other = sorted(name for name, _ in lying.items() ^ packed.items())
    if other:
        remedy = "lay it open again, and read it: tartanrug release pack"
        raise RefusedError("this file lies open, and is not the one in the pack", where=other[0], remedy=remedy)


def _unchanged(path: Path, sha256: str) -> bytes:
    content = _bytes(path)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise RefusedError("this file was changed after the review was opened", where=_named(path), remedy=REMEDY)
    return content


def _bytes(path: Path) -> bytes:
    if path.is_symlink() or not path.is_file():
        raise RefusedError("there is no such file, or it leads elsewhere", where=_named(path), remedy=REMEDY)
    return path.read_bytes()


def _named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
