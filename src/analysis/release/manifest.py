"""What a release consists of, and what it was made from: its SHA-256 is the release id."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Self

from pydantic import Field, SerializerFunctionWrapHandler, ValidationError, model_serializer, model_validator

from analysis.reference.model import Record
from analysis.registers.log.event import Digest
from analysis.registers.wording import Words
from analysis.release.events import FileName, Scope
from analysis.release.refused import RefusedError

MANIFEST = "manifest.json"
"""Beside the documents; no document is called so."""
SOURCES = "sources"
"""Among the inputs of what is made from returns: all of them with their corrections and commentary, as one hash."""


class Document(Record):
    """One finished file, and the draft that the DBG reads in its place."""

    sha256: Digest
    draft_sha256: Digest | None = None
    """None where the DBG checks the file itself."""
    recipient: Words = Field(min_length=2)
    """Whose copy it is."""
    certificate_sha256: Digest | None = None
    """Of the audit's certificate, for documents that conceal."""
    marked_by: FileName | None = None
    """The cover sheet that bears the marking of a document that the kit did not make; None where its own pages do."""

    @model_serializer(mode="wrap")
    def _as_kept(self, kept: SerializerFunctionWrapHandler) -> dict[str, object]:
        """Without a cover sheet that there is not: older manifests are read to the byte."""
        return {name: value for name, value in kept(self).items() if value or name != "marked_by"}


class Manifest(Record):
    """The whole of a release. No byte is added to it later."""

    scope: Scope
    made_up: bool
    documents: Annotated[dict[FileName, Document], Field(min_length=1)]
    inputs: dict[str, Digest]
    """What the documents were made from, by fingerprint."""
    kit: str
    disclosure_policy: Digest
    release_policy: Digest
    findings: Digest
    """Of the checks' findings on the returns."""
    use_until: date | None
    log_head: Digest
    """The last event before the manifest was written: it stands for all that was known then."""
    notes: tuple[str, ...] = ()
    """Of erasures before it: "reproducibility of older releases ends here"."""

    @model_serializer(mode="wrap")
    def _as_kept(self, kept: SerializerFunctionWrapHandler) -> dict[str, object]:
        """Without notes that there are not: older manifests are read to the byte."""
        return {name: value for name, value in kept(self).items() if value or name != "notes"}

    @model_validator(mode="after")
    def _documents_fit_together(self) -> Self:
        if any(name.casefold() == MANIFEST for name in self.documents):
            raise ValueError(f"a document is called {MANIFEST}")
        for name, one in self.documents.items():
            cover = self.documents.get(one.marked_by) if one.marked_by else None
            if one.marked_by and (cover is None or cover.marked_by):
                raise ValueError(f"{name} is said to be marked by {one.marked_by}, which is no cover sheet here")
        if len({name.casefold() for name in self.documents}) < len(self.documents):
            raise ValueError("two documents have one name where upper and lower case are one")
        return self

    @property
    def content(self) -> bytes:
        """The manifest as it is kept: the same text for the same manifest."""
        return (json.dumps(self.model_dump(mode="json"), indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()

    @property
    def id(self) -> str:
        """The release id."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def finals_digest(self) -> str:
        """Stands for the final documents' names and bytes."""
        return digest_of({name: one.sha256 for name, one in self.documents.items()})

    @property
    def drafts_digest(self) -> str:
        """Stands for the names and bytes of what the DBG reads: drafts, or the finals where there are none."""
        return digest_of({name: one.draft_sha256 or one.sha256 for name, one in self.documents.items()})


def digest_of(files: Mapping[str, str]) -> str:
    """One SHA-256 of named ones, in whatever order they come."""
    return hashlib.sha256(json.dumps(dict(files), sort_keys=True).encode()).hexdigest()


def read_manifest(content: bytes, release: str) -> Manifest:
    """A manifest from its bytes.

    Raises
    ------
    RefusedError
        If they are not those of the release.
    """
    remedy = "restore the file from the folder's own versions, or build and review again"
    if hashlib.sha256(content).hexdigest() != release:
        raise RefusedError("the manifest was changed", where=MANIFEST, remedy=remedy)
    try:
        manifest = Manifest.model_validate_json(content)
    except ValidationError:
        raise RefusedError("this version of the kit knows no such manifest", where=MANIFEST, remedy=remedy) from None
    if manifest.content != content:
        raise RefusedError("the manifest is not as the kit writes it", where=MANIFEST, remedy=remedy)
    return manifest
