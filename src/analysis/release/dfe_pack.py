"""The pack for the DfE as one file: what is in it, by content, and what is missing before it may go (S1 14)."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from pydantic import Field

from analysis.reference.model import Record
from analysis.registers.confirmations import Answered
from analysis.registers.log.event import Digest
from analysis.release.manifest import Manifest
from analysis.release.refused import RefusedError

MANIFEST = "manifest.json"
COVER, COMPLETENESS = "cover.pdf", "completeness.csv"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The oldest time that a zip can hold."""
_UNIX, _PLAIN_FILE = 3, 0o644 << 16
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, KeyError, ValueError)
"""What reading a damaged archive raises: pydantic's errors are values' errors as well."""
MAX_UNPACKED = 512 * 1024 * 1024
_AGAIN = "make the pack again, and put it before the DBG: tartanrug release pack, release review"


class InPack(Record):
    """One member of the region."""

    authority: str
    name: str
    summary: str = ""
    """The path of its one-page PDF in the pack; empty where it has none."""
    reason: str = ""
    """Why it has none."""
    answered: Answered


class PackManifest(Record):
    """What the pack is: it holds no time, so the same inputs give the same bytes."""

    variant: Literal["dfe"] = "dfe"
    audience: Literal["Department for Education"] = "Department for Education"
    region: str
    period: str
    source: str
    made_up: bool
    kit: str
    inputs: dict[str, str]
    """Fingerprints of what it was made from, by name."""
    disclosure_policy_sha256: Digest
    release_policy_sha256: Digest
    members: tuple[InPack, ...]
    unexplained_gaps: int = Field(ge=0)
    """Places that are neither filled nor explained."""
    documents: dict[str, Digest]
    """By path in the pack; all but the manifest itself."""

    @property
    def text(self) -> bytes:
        """As it is kept."""
        return (json.dumps(self.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n").encode("utf-8")

    @property
    def submission(self) -> str:
        """The path of the counts in the standard layout."""
        return submission_name(self.region, self.period)


def submission_name(region: str, period: str) -> str:
    """What the counts in the standard layout are called: `riia-south-east-2025-26-Q2.csv`."""
    return f"riia-{region}-{period}.csv"


def pack_name(region: str, period: str) -> str:
    """What the pack is called: `tartan-rug-2025-26-Q2-south-east-dfe.zip`, as a document about the region."""
    return f"tartan-rug-{period}-{region}-dfe.zip"


def refuse_incomplete(release: Manifest, files: Mapping[str, bytes]) -> None:
    """Refuse a release to the DfE without its pack, or whose pack is not of these very documents (S1 14).

    Parameters
    ----------
    release
        Of the summaries and the pack.
    files
        Its documents, by name.

    Raises
    ------
    RefusedError
        That names everything that is missing.
    """
    name = pack_name(release.scope.region, release.scope.period)
    if name not in files:
        raise RefusedError("there is no pack for the DfE", where=name, remedy=_AGAIN)
    manifest, present = unpacked(files[name])
    bound = {document: one.sha256 for document, one in release.documents.items() if document != name}
    said = [] if _about(manifest) == _about_release(release) else ["it is the pack of another region, quarter or run"]
    said += missing_for_dfe(manifest, present, [one.authority for one in manifest.members], bound.values())
    packed_too = set(present.values())
    said += [f"{document} is not in the pack" for document, sha256 in bound.items() if sha256 not in packed_too]
    if said:
        raise RefusedError("; ".join(said), where=name, remedy=_AGAIN)


def _about(pack: PackManifest) -> tuple[object, ...]:
    return (
        pack.region,
        pack.period,
        pack.source,
        pack.made_up,
        pack.kit,
        pack.inputs,
        pack.disclosure_policy_sha256,
        pack.release_policy_sha256,
    )


def _about_release(release: Manifest) -> tuple[object, ...]:
    scope = release.scope
    return (
        scope.region,
        scope.period,
        scope.source,
        release.made_up,
        release.kit,
        release.inputs,
        release.disclosure_policy,
        release.release_policy,
    )


def missing_for_dfe(
    manifest: PackManifest, present: Mapping[str, str], members: Sequence[str], approved: Collection[str]
) -> tuple[str, ...]:
    """What stands between a pack and the DfE; empty where nothing does.

    Parameters
    ----------
    manifest
        The pack's own.
    present
        SHA-256 of each file that is in the pack, by path, without the manifest.
    members
        DfE codes of the region's members in the quarter, each of whom has a summary or a reason.
    approved
        SHA-256 of the documents that are approved, or put before the DBG, together with it: a summary is one of them,
        to the byte.

    Returns
    -------
    tuple of str
        Sentences that name what is missing. An authority's silence, a query of its own and a gap with a reason stand in
        the pack for its reader, and are not among them: its value always goes.
    """
    needed = (COVER, COMPLETENESS, manifest.submission)
    said = [f"{name} is not in the pack" for name in needed if name not in manifest.documents]
    said += [f"{name} is in the manifest and not in the pack" for name in manifest.documents if name not in present]
    said += [f"{name} is in the pack and not in its manifest" for name in present if name not in manifest.documents]
    said += [
        f"{name} is not what it was when the pack was made"
        for name, sha256 in manifest.documents.items()
        if present.get(name, sha256) != sha256
    ]
    there = {one.authority: one for one in manifest.members}
    said += [f"{code} is a member, and the pack says nothing of it" for code in members if code not in there]
    said += [f"{one.name} is in the pack and no member" for one in manifest.members if one.authority not in members]
    for one in manifest.members:
        said += _missing_of(one, manifest, approved)
    if manifest.unexplained_gaps:
        said.append(f"{manifest.unexplained_gaps} figures or positions are missing without a reason")
    return tuple(said)


def _missing_of(one: InPack, manifest: PackManifest, approved: Collection[str]) -> list[str]:
    if not one.summary:
        return [] if one.reason else [f"{one.name} has no summary, and no reason is given"]
    sha256 = manifest.documents.get(one.summary, "")
    said = [] if sha256 else [f"the summary of {one.name} is not in the pack"]
    if sha256 and sha256 not in approved:
        said.append(f"the summary of {one.name} is not the one that is put before the DBG")
    if one.answered is Answered.NOT_ASKED:
        said.append(f"{one.name} was not asked whether these figures are right")
    return said


def packed(manifest: PackManifest, files: Mapping[str, bytes]) -> bytes:
    """The pack as one zip archive, the manifest first; the same files, the same bytes.

    Raises
    ------
    ValueError
        If the files are not those of the manifest.
    """
    if digests(files) != manifest.documents:
        raise ValueError("these are not the files of the manifest")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in {MANIFEST: manifest.text, **dict(sorted(files.items()))}.items():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            archive.writestr(entry, content)
    return out.getvalue()


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """The SHA-256 of each file, by path in order."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}


def unpacked(content: bytes) -> tuple[PackManifest, dict[str, str]]:
    """The manifest of a pack, and the SHA-256 of each other file in it: what `missing_for_dfe` asks for.

    Raises
    ------
    RefusedError
        As `opened`.
    """
    manifest, files = opened(content)
    return manifest, digests(files)


def opened(content: bytes) -> tuple[PackManifest, dict[str, bytes]]:
    """The manifest of a pack, and each other file in it by its path.

    Raises
    ------
    RefusedError
        If it is no pack, holds two files of one name, or unpacks to far more than one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len({part.filename for part in parts}) < len(parts) or sum(p.file_size for p in parts) > MAX_UNPACKED:
                raise RefusedError("this is no pack for the DfE", remedy=_AGAIN)
            files = {part.filename: archive.read(part) for part in parts}
        manifest = PackManifest.model_validate_json(files.pop(MANIFEST))
    except _BROKEN:
        raise RefusedError("this is no pack for the DfE", remedy=_AGAIN) from None
    return manifest, files
