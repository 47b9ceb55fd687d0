"""From built documents in staging to the manifest of a release."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analysis import __version__
from analysis.release.events import Scope
from analysis.release.manifest import MANIFEST, Document, Manifest
from analysis.release.policy import ReleasePolicy
from analysis.release.refused import RefusedError
from analysis.release.same_but_marking import refuse_if_different
from analysis.release.staged import Staging
from analysis.views.model import Variant

_BUILD = "tartanrug build --for-review"
_PACK = "tartanrug release pack"


@dataclass(frozen=True)
class Circumstances:
    """What holds for all documents of a release."""

    made_up: bool
    findings: str
    """SHA-256 of the checks' findings on the returns."""
    rules: ReleasePolicy
    disclosure_policy: str
    last_day: date
    """Of the period."""
    log_head: str
    notes: tuple[str, ...] = ()
    """What a reader years from now has to know: that data were erased, and what was made before can't be made again."""


def assemble(
    staging: Staging,
    scope: Scope,
    circumstances: Circumstances,
    recipient_of: Callable[[str], str],
    markings: tuple[str, str],
) -> Manifest:
    """The manifest of what was built for a scope.

    Parameters
    ----------
    staging
        Where it lies.
    scope
        Which documents are meant: those of its authority, or all.
    recipient_of
        From the DfE code (or region) that a document is about to whose copy it is.
    markings
        Of the final and of the draft.

    Raises
    ------
    RefusedError
        If nothing was built, a file is not the one that was built, documents were made from different inputs, or a
        draft is missing or says anything else than its document.
    """
    built = _built(staging.finals)
    names = [name for name in sorted(built) if not scope.authority or about(name, scope) == scope.authority]
    if not names:
        raise RefusedError("nothing was built for this", where=scope.words, remedy=_BUILD)
    inputs = [built[name]["inputs"] for name in names]
    others = [name for name, one in zip(names, inputs, strict=True) if one != inputs[0]]
    if others:
        what = f"its documents were made from different inputs: {others[0]} from others than {names[0]}"
        remedy = f"{_BUILD}, all of them together" + (f", then {_PACK}" if scope.variant is Variant.DFE else "")
        raise RefusedError(what, where=scope.words, remedy=remedy)
    documents = {}
    for name in names:
        final = _read(staging.finals / name, built[name]["sha256"])
        documents[name] = Document(
            sha256=hashlib.sha256(final).hexdigest(),
            draft_sha256=_draft(staging, name, final, markings),
            recipient=recipient_of(about(name, scope)),
            certificate_sha256=_certificate(staging, name),
        )
    return Manifest(
        scope=scope,
        made_up=circumstances.made_up,
        documents=documents,
        inputs=inputs[0],
        kit=__version__,
        disclosure_policy=circumstances.disclosure_policy,
        release_policy=circumstances.rules.sha256,
        findings=circumstances.findings,
        use_until=circumstances.rules.use_until(scope.variant, circumstances.last_day),
        log_head=circumstances.log_head,
        notes=circumstances.notes,
    )


def about(name: str, scope: Scope) -> str:
    """Whom a document is about, told from its name: a DfE code, or the region's id.

    Raises
    ------
    RefusedError
        If it is not called as `batch.work.stem_of` calls documents.
    """
    start, end = f"tartan-rug-{scope.period}-", f"-{scope.variant.value}"
    stem = Path(name).stem
    if not (stem.startswith(start) and stem.endswith(end)):
        raise RefusedError("this is no document of the release", where=name, remedy="take it away, and build again")
    return stem[len(start) : -len(end)]


def _built(folder: Path) -> dict[str, dict[str, str | dict[str, str]]]:
    """What the build says that it laid here, which must be all that lies here."""
    path = folder / MANIFEST
    if not path.is_file():
        raise RefusedError("nothing was built for review", where=folder.name, remedy=_BUILD)
    built = json.loads(path.read_bytes())["documents"]
    strangers = sorted({one.name for one in folder.iterdir()} - {*built, MANIFEST})
    if strangers:
        raise RefusedError("this file was not built here", where=f"{folder.name}/{strangers[0]}", remedy="take it away")
    return dict(built)


def _read(path: Path, sha256: object) -> bytes:
    if path.is_symlink() or not path.is_file():
        raise RefusedError("a document is missing", where=f"{path.parent.name}/{path.name}", remedy=_BUILD)
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        what = "this file was changed after it was built"
        raise RefusedError(what, where=f"{path.parent.name}/{path.name}", remedy=_BUILD)
    return content


def _draft(staging: Staging, name: str, final: bytes, markings: tuple[str, str]) -> str | None:
    # The DBG reads these themselves.
    if staging.variant is Variant.ANONYMISED:
        return None
    built = _built(staging.drafts).get(name)
    if built is None:
        raise RefusedError("it has no draft for the DBG to read", where=name, remedy=_BUILD)
    draft = _read(staging.drafts / name, built["sha256"])
    refuse_if_different(name, final, draft, markings)
    return hashlib.sha256(draft).hexdigest()


def _certificate(staging: Staging, name: str) -> str | None:
    if staging.variant is not Variant.ANONYMISED:
        return None
    path = staging.audit / f"{name}.certificate.json"
    if not path.is_file():
        raise RefusedError("there is no certificate", where=name, remedy="tartanrug release packs")
    return hashlib.sha256(path.read_bytes()).hexdigest()
