"""Documents that the kit did not make, as peer review reports (S0 5.5.3 i): taken in, named for ever, and released."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from analysis import __version__
from analysis.release.assemble import Circumstances
from analysis.release.events import DocumentRegistered, Scope
from analysis.release.manifest import Document, Manifest
from analysis.release.marked import KINDS, until_words
from analysis.release.policy import ReleasePolicy
from analysis.release.refused import RefusedError
from analysis.views.model import Variant

_LONGEST_STEM = 60


@dataclass(frozen=True)
class Taken:
    """A file that was taken in, and its cover sheet."""

    scope: Scope
    name: str
    content: bytes
    cover_name: str
    cover: bytes

    @property
    def files(self) -> dict[str, bytes]:
        """Both, by name."""
        return {self.name: self.content, self.cover_name: self.cover}

    @property
    def hashes(self) -> dict[str, str]:
        """SHA-256 of both, by name."""
        return {name: hashlib.sha256(content).hexdigest() for name, content in self.files.items()}

    def event(self, made_by: str) -> DocumentRegistered:
        """What the log keeps of it."""
        return DocumentRegistered(scope=self.scope, made_by=made_by, documents=self.hashes)

    def manifest(self, circumstances: Circumstances, use_until: date, certificates: dict[str, str]) -> Manifest:
        """The manifest of its release.

        Parameters
        ----------
        certificates
            SHA-256 of the audit's certificates by document; empty where nobody is concealed.
        """
        hashes = self.hashes
        documents = {
            name: Document(
                sha256=hashes[name],
                recipient=self.scope.audience,
                certificate_sha256=certificates.get(name),
                marked_by=self.cover_name if name == self.name else None,
            )
            for name in hashes
        }
        return Manifest(
            scope=self.scope,
            made_up=circumstances.made_up,
            documents=documents,
            inputs={"file": hashes[self.name]},
            kit=__version__,
            disclosure_policy=circumstances.disclosure_policy,
            release_policy=circumstances.rules.sha256,
            findings=circumstances.findings,
            use_until=use_until,
            log_head=circumstances.log_head,
            notes=circumstances.notes,
        )


def name_of(title: str, file: str, content: bytes) -> str:
    """What a file is called from now on: by its title and its content, and never by the name that somebody gave it.

    Raises
    ------
    RefusedError
        If it is empty, or of a kind that is not taken in; by its title, since the refusal stands in the log.
    """
    ending = PurePosixPath(file).suffix.lower()
    if ending not in KINDS:
        kinds = ", ".join(sorted(KINDS))
        raise RefusedError(
            "files of this kind are not registered", where=title, remedy=f"save it as one of {kinds}; a PDF is best"
        )
    if not content:
        raise RefusedError("the file is empty", where=title, remedy="name the file that was meant")
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", letters)[:_LONGEST_STEM].strip("-") or "document"
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}{ending}"


def last_day_of_use(rules: ReleasePolicy, variant: Variant, quarter_end: date, wanted: date | None, on: date) -> date:
    """Until when a document may be used: as the policy says, or sooner.

    Parameters
    ----------
    quarter_end
        The last day of the quarter that it is filed under.
    wanted
        The day that is asked for; the policy's if None.
    on
        The day on which it is registered.

    Raises
    ------
    RefusedError
        If the day is later than the policy's, or over.
    """
    latest = rules.use_until(variant, quarter_end)
    if latest is None:
        raise RefusedError("documents for anyone are not registered", remedy="publish it as its makers do")
    chosen = wanted or latest
    if chosen > latest:
        what = f"a document of this quarter may be used until {until_words(latest)} by the release policy"
        raise RefusedError(what, where=f"{chosen}", remedy="give an earlier day, or have the group change the policy")
    if chosen < on:
        raise RefusedError("its last day is over", where=f"{chosen}", remedy="give a later --until, or --period")
    return chosen
