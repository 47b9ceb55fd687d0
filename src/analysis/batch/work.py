"""The work list: one document of one authority (or region), period and variant, in the formats asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from analysis.reference.model import Record
from analysis.render.document import DocumentMeta
from analysis.views.model import Heading


@dataclass(frozen=True)
class Draft:
    """The same document once more, from the same run of its notebook, for those who check it."""

    marking: str
    """In place of the document's own."""
    folder: PurePosixPath


@dataclass(frozen=True)
class Job:
    """One notebook to execute, and the documents to write from it."""

    notebook: str
    """Stem of the source under `notebooks/`."""
    parameters: Record
    meta: DocumentMeta
    folder: PurePosixPath
    """Where the documents are laid, below `reports/out/`."""
    stem: str
    """Their file name without ending."""
    subject: str
    """Whom they are about, for the progress line: `825 Buckinghamshire`."""
    formats: tuple[str, ...]
    epoch: int
    """Seconds since 1970 that stand for now in files that carry a time, so that the same inputs give the same bytes."""
    view_sha256: str = ""
    """Of the view that the notebook shows: another view makes another document."""
    draft: Draft | None = None

    @property
    def label(self) -> str:
        """How messages name the job."""
        return f"{self.subject}, {self.meta.profile}"


def stem_of(heading: Heading) -> str:
    """A file name that tells its reader what it is: `tartan-rug-2025-26-Q2-825-own`."""
    return f"tartan-rug-{heading.period}-{heading.authority or heading.region}-{heading.variant}"


def folder_of(heading: Heading, source: str) -> PurePosixPath:
    """`<source>/<region>/<period>/<variant>`: a folder for each audience."""
    return PurePosixPath(source, heading.region, heading.period, heading.variant)
