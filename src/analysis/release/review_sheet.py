"""The cover sheet of a review: what is put before the DBG, by release id, for the minutes and for whoever approves.

It lies beside the manifest and goes to nobody else: no byte is added to a document when it is released.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from analysis.registers.log.event import Digest
from analysis.release.events import ReviewOpened
from analysis.release.manifest import Manifest

NAME = "cover-sheet.txt"


def review_sheet(manifest: Manifest, review: ReviewOpened) -> str:
    """A plain text with the release id, what it stands for, and every document with the beginning of its SHA-256.

    Parameters
    ----------
    review
        How many have to approve, and until when.
    """
    return "\n".join(_lines(manifest, review)) + "\n"


def _lines(manifest: Manifest, review: ReviewOpened) -> Iterator[str]:
    scope = manifest.scope
    if manifest.made_up:
        yield from ("MADE-UP DATA", "")
    yield f"FOR THE DBG'S CHECKING: {scope.words}, {scope.region}, for {scope.audience}"
    yield "Internal and limited use only. Unaudited and unpublished management data."
    yield ""
    yield f"Release id: {manifest.id}"
    deputies = _day(review.deputies_from)
    yield f"Approvals needed: {review.approvals}, until {_day(review.deadline)}; deputies from {deputies}"
    if manifest.use_until is not None:
        yield f"Its documents may be used until {_day(manifest.use_until)}."
    yield ""
    yield "The id is the SHA-256 of the manifest. It stands for every byte below, the inputs, the kit and the policies:"
    yield "if one byte changes, it is another release, and nobody has approved it."
    yield f"  kit {manifest.kit}, findings {_short(manifest.findings)}, log {_short(manifest.log_head)}"
    yield f"  disclosure policy {_short(manifest.disclosure_policy)}, release policy {_short(manifest.release_policy)}"
    yield from (f"  made from: {name} {_short(sha256)}" for name, sha256 in sorted(manifest.inputs.items()))
    yield from (f"  {note}" for note in manifest.notes)
    yield ""
    yield "Documents, their SHA-256 (the draft that you read, and what goes out) by its beginning, and whose copy:"
    wide = max(map(len, manifest.documents))
    for name, one in sorted(manifest.documents.items()):
        draft = _short(one.draft_sha256) if one.draft_sha256 else "no draft".ljust(12)
        yield f"  {name:{wide}}  {draft}  {_short(one.sha256)}  {one.recipient}"


def _short(sha256: Digest) -> str:
    return sha256[:12]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
