"""The one gate: a pack goes from staging to the release folder if each of its files has a certificate for its bytes.

Nothing else in the kit writes below `reports/release/`. Whatever the gate can't read, doesn't know or wasn't told of
stays where it is (S0 5.2, 5.5.3 iii).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis import store
from analysis.audit.report import Verdict
from analysis.release.certificate import Certificate, Pack, as_text, read_certificate
from analysis.release.refused import RefusedError

ENDINGS = frozenset({".html", ".pdf", ".docx"})
"""What a pack may hold. Drawings, notebooks and workbooks give back what is concealed, whatever they show."""
REQUIRED = frozenset(
    {
        "read-back",
        "structure",
        "concealed-left",
        "naming",
        "sameness",
        "row-space",
        "groups-apart",
        "hidden-counts",
        "gain-2pct",
        "gain-5pct",
    }
)
"""Tests without which a certificate says too little. The leak scan is in every one."""
MANIFEST = "manifest.json"
CERTIFICATES = "certificates"


@dataclass(frozen=True)
class Staged:
    """A finished file, and where its certificate is."""

    file: Path
    certificate: Path


@dataclass(frozen=True)
class Released:
    """What went through."""

    id: str
    """The SHA-256 of the manifest: what is approved, recalled and talked about."""
    variant: str
    release: Path

    @property
    def folder(self) -> Path:
        """What is sent."""
        return self.release / self.variant / self.id

    @property
    def certificates(self) -> Path:
        """What the audit said of it, which is not sent."""
        return self.release / CERTIFICATES / self.id


def let_through(staged: Sequence[Staged], pack: Pack, release: Path) -> Released:
    """Move one pack's files to the release folder, all of them or none.

    Parameters
    ----------
    staged
        The files of one pack.
    pack
        What they must be certified as, by the policy now in force.
    release
        `reports/release/`. The files go to `<variant>/<release id>/`, the certificates to a folder of their own, which
        is for internal use.

    Returns
    -------
    Released
        Of the bytes that were read and checked; a file that is exchanged meanwhile changes nothing.

    Raises
    ------
    RefusedError
        If there is no file, or any of them has no certificate for its bytes, did not pass, was audited as something
        else, by another policy or by too few tests, is a link, or has an ending that is not known; and if something
        else lies where they would go. Nothing is written then.
    """
    checked = [_checked(one, pack) for one in staged]
    if not checked:
        raise RefusedError("there is nothing to release", remedy="build the reports first")
    names = [certificate.file for _, certificate in checked]
    if len(set(names)) < len(names):
        raise RefusedError("two files have one name", where=", ".join(sorted(names)), remedy="build the reports again")
    documents = {certificate.file: certificate.sha256 for _, certificate in checked}
    manifest = json.dumps(
        {**pack.model_dump(mode="json"), "documents": dict(sorted(documents.items()))}, indent=1, ensure_ascii=False
    )
    released = Released(hashlib.sha256(manifest.encode("utf-8")).hexdigest(), pack.variant, release)
    _lay(released.certificates, {f"{one.file}.json": as_text(one).encode("utf-8") for _, one in checked})
    _lay(released.folder, {MANIFEST: manifest.encode("utf-8"), **{one.file: content for content, one in checked}})
    return released


def _checked(staged: Staged, pack: Pack) -> tuple[bytes, Certificate]:
    file, where = staged.file, staged.file.name
    again = "build the reports and run the audit again"
    if file.suffix.lower() not in ENDINGS:
        raise RefusedError("files of this kind are never released", where=where, remedy="release HTML, PDF or Word")
    if file.is_symlink() or not file.is_file():
        raise RefusedError("there is no such file, or it leads elsewhere", where=where, remedy=again)
    certificate = read_certificate(staged.certificate)
    content = file.read_bytes()
    if (hashlib.sha256(content).hexdigest(), file.name) != (certificate.sha256, certificate.file):
        raise RefusedError("its certificate is for other bytes or another file", where=where, remedy=again)
    if certificate.verdict is not Verdict.PASS:
        raise RefusedError("it failed the audit", where=where, remedy="read the audit's report")
    if certificate.pack != pack:
        raise RefusedError("it was audited as something else, or by another policy or kit", where=where, remedy=again)
    missing = REQUIRED - {one.id for one in certificate.tests}
    if missing:
        what = f"the audit left out {', '.join(sorted(missing))}"
        raise RefusedError(what, where=where, remedy=again)
    return content, certificate


def _lay(folder: Path, files: dict[str, bytes]) -> None:
    """Write a folder whole or not at all; one that is there already must be the same."""
    if folder.exists():
        if {path.name: path.read_bytes() for path in folder.iterdir()} != files:
            raise RefusedError(
                "something else lies where it would go", where=folder.name, remedy="report it, touch nothing"
            )
        return
    with store.beside(folder.parent, folder.name[:12]) as making:
        for name, content in files.items():
            path = making / name
            path.write_bytes(content)
            path.chmod(0o444)
        making.rename(folder)
