"""Which documents are still what a run would make, so that it need not: each keeps by fingerprint what it came from.

The record of a document lies under `data/processed/made/`, like everything that can be made again. It is written when
its document lies in its place, so that a run which was killed goes on where it stopped.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import distributions
from pathlib import Path

from pydantic import ValidationError

from analysis import store
from analysis.batch.work import Job
from analysis.config import Workspace
from analysis.reference.model import Record
from analysis.render.choice import Choice
from analysis.render.formats import NOTEBOOK

PARTS = {
    "view": "its figures or words",
    "document": "its title, marking, stamp or last day of use",
    "notebook": "its notebook",
    "kit": "the kit's code or reference data",
    "look": "a file in reports/, as the brand or Word's reference document",
    "renderer": "the renderer",
    "libraries": "an installed library",
}
"""What a document comes from, and how a person is told that it is another."""


class MadeFrom(Record):
    """What the documents of a job came from when they were last made.

    Parameters
    ----------
    parts
        Of `PARTS`, each by its fingerprint.
    documents
        Path below `reports/out/` to sha256.
    because
        Of `PARTS`, what was another than the time before; empty for those that were made once.
    """

    parts: dict[str, str]
    documents: dict[str, str]
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class State:
    """A job, and which of its documents are what it would make."""

    job: Job
    standing: tuple[Path, ...]
    left: tuple[str, ...]
    """The formats that have to be made."""
    changed: tuple[str, ...]
    """Of `PARTS`, what is another than when they were last made; empty where they never were."""
    because: tuple[str, ...]
    """As in `MadeFrom`."""

    @property
    def to_make(self) -> Job | None:
        """The job for what is left; None where nothing is."""
        return replace(self.job, formats=self.left) if self.left else None


class Made:
    """The records of a workspace's documents."""

    def __init__(self, place: Workspace, renderer: Choice) -> None:
        self._home, self._out, self._notebooks = place.processed / "made", place.out, place.notebooks
        self._common = {
            "kit": store.kit_fingerprint(),
            "look": _of_files(path for path in place.quarto_project.glob("*") if path.is_file()),
            "renderer": f"{renderer.version}, html {renderer.html}, pdf {renderer.pdf}",
            "libraries": store.fingerprint((one.name, one.version) for one in distributions()),
        }

    def state(self, job: Job) -> State:
        """Whether the documents of a job are there, unchanged, and from what they would be made of now."""
        record, parts = self._record(job), self._parts(job)
        known = record.documents if record is not None and record.parts == parts else {}
        wanted = {kind: _paths(job, kind) for kind in job.formats}
        there = {kind: all(self._unchanged(path, known.get(path)) for path in paths) for kind, paths in wanted.items()}
        return State(
            job,
            standing=tuple(self._out / path for kind, paths in wanted.items() if there[kind] for path in paths),
            left=tuple(kind for kind in job.formats if not there[kind]),
            changed=_differing(record.parts, parts) if record is not None else (),
            because=record.because if record is not None else (),
        )

    def note(self, job: Job, documents: Sequence[Path]) -> None:
        """Keep what documents of a job were made from, once they lie in their place."""
        record, parts = self._record(job), self._parts(job)
        made = {path.relative_to(self._out).as_posix(): store.sha256_of(path) for path in documents}
        if record is not None and record.parts == parts:
            made, because = {**record.documents, **made}, record.because
        else:
            because = _differing(record.parts, parts) if record is not None else ()
        content = MadeFrom(parts=parts, documents=dict(sorted(made.items())), because=because)
        store.write_text(self._path(job), content.model_dump_json(indent=1) + "\n")

    def _parts(self, job: Job) -> dict[str, str]:
        about = asdict(replace(job, formats=(), view_sha256="")) | {
            "meta": job.meta.model_dump(mode="json"),
            "parameters": job.parameters.model_dump(mode="json"),
        }
        return {
            **self._common,
            "view": job.view_sha256,
            "document": store.fingerprint([("job", json.dumps(about, sort_keys=True, default=str))]),
            "notebook": store.sha256_of(self._notebooks / f"{job.notebook}.ipynb"),
        }

    def _path(self, job: Job) -> Path:
        return self._home.joinpath(*job.folder.parts, f"{job.stem}.json")

    def _record(self, job: Job) -> MadeFrom | None:
        try:
            return MadeFrom.model_validate_json(self._path(job).read_bytes())
        except (OSError, ValidationError):
            return None  # none yet, or a damaged one: the documents are made again

    def _unchanged(self, path: str, sha256: str | None) -> bool:
        document = self._out / path
        return sha256 is not None and document.is_file() and store.sha256_of(document) == sha256


def _differing(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    changed = [name for name in PARTS if before.get(name) != now[name]]
    # The stamp is a hash of the view and the kit: it says nothing more.
    follows = "view" in changed or "kit" in changed
    return tuple(name for name in changed if not (name == "document" and follows))


def _paths(job: Job, kind: str) -> list[str]:
    """Where the documents of a format are laid, below the folder of documents: the final, and its draft."""
    ending = "notebook.html" if kind == NOTEBOOK else kind
    folders = [job.folder] if job.draft is None else [job.folder, job.draft.folder]
    return [(folder / f"{job.stem}.{ending}").as_posix() for folder in folders]


def _of_files(paths: Iterable[Path]) -> str:
    return store.fingerprint((path.name, store.sha256_of(path)) for path in paths)
