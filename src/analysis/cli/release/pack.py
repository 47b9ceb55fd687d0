"""`tartanrug release pack`: the summaries for the DfE with cover, counts and manifest, as one file in staging."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import pandas as pd
from filelock import FileLock, Timeout
from rich.console import Console
from rich.markup import escape

from analysis import __version__, store
from analysis.batch.manifest import MANIFEST as OF_DOCUMENTS
from analysis.batch.progress import Silent
from analysis.batch.run import Outcome, run
from analysis.batch.work import folder_of, stem_of
from analysis.cli.signals.collection import collection_of
from analysis.cli.work_list import Plan, cover_of_pack
from analysis.config import shown
from analysis.disclosure.policy import policy
from analysis.errors import BusyError, ExitCode, UserError
from analysis.pipeline import load
from analysis.pipeline.collection import Collection
from analysis.pipeline.submission import submission_csv
from analysis.release.dfe_pack import (
    COMPLETENESS,
    InPack,
    PackManifest,
    digests,
    missing_for_dfe,
    packed,
    submission_name,
)
from analysis.release.manifest import read_manifest
from analysis.release.policy import release_policy
from analysis.release.staged import Staging
from analysis.release.standing import standings
from analysis.release.states import State
from analysis.render.choice import choose_renderer
from analysis.returns.spreadsheet import safe_csv
from analysis.views.dfe_pack import DfePackView
from analysis.views.model import Heading, Variant

FOLDER = "dfe-pack"
"""Beside the variants' folders."""
_FORMATS = ("html", "pdf")
_APPROVED = frozenset({State.DBG_APPROVED, State.RELEASED_DFE})


def make_pack(region: str, period: str, source: str, console: Console) -> int:
    """Make the pack of a quarter's summaries, and say what is missing before it may go.

    Returns
    -------
    int
        `REFUSED` where something is missing; the pack is in staging all the same, for the DBG to check.

    Raises
    ------
    UserError
        If there is no such region, quarter or source, a summary is missing or out of date, or another run is writing.
    """
    collection = collection_of(region, period, source)
    views = load.views_folder(
        collection.workspace, collection.home, str(collection.period), Variant.DFE, collection.source
    )
    view = load.stored_dfe_pack_view(views)
    out = collection.workspace.out
    out.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(out / ".lock", timeout=0):
            files = _summaries(collection, view) | _cover(collection, views) | _tables(collection, view)
            manifest = _manifest(collection, view, files)
            home = out / _folder(view, collection.source)
            path = home / f"{_stem(view)}.zip"
            _lay_open(home / "opened", {"manifest.json": manifest.text, **files})
            store.write_bytes(path, packed(manifest, files))
    except Timeout:
        raise BusyError("another run is writing documents", where=str(out), remedy="wait until it has ended") from None
    console.print(f"{len(files)} files: {escape(shown(path))}")
    missing = missing_for_dfe(manifest, digests(files), collection.region.members, _approved(collection))
    for sentence in missing:
        console.print(f"  missing: {escape(sentence)}")
    console.print("It is for the DBG to check, and not released by being there.")
    return int(ExitCode.REFUSED if missing else ExitCode.OK)


def _folder(view: DfePackView, source: str) -> PurePosixPath:
    return folder_of(view.heading, source).with_name(FOLDER)


def _stem(view: DfePackView) -> str:
    return f"tartan-rug-{view.heading.period}-{view.heading.region}-dfe-pack"


def _heading_of(view: DfePackView, authority: str) -> Heading:
    return view.heading.model_copy(update={"authority": authority})


def _summaries(collection: Collection, view: DfePackView) -> dict[str, bytes]:
    """The finished summaries of the members, if each was made from what there is now.

    Raises
    ------
    UserError
        With the names of those that are not there, or are of an earlier state.
    """
    folder = _staging(collection).finals
    listed = folder / OF_DOCUMENTS
    documents = json.loads(listed.read_text(encoding="utf-8"))["documents"] if listed.is_file() else {}
    inputs = _inputs(collection)
    files: dict[str, bytes] = {}
    stale = []
    for member in (one for one in view.members if one.has_summary):
        stem = stem_of(_heading_of(view, member.authority))
        for name in (f"{stem}.{ending}" for ending in _FORMATS):
            held = documents.get(name, {})
            content = (folder / name).read_bytes() if (folder / name).is_file() else b""
            if held.get("inputs") != inputs or digests({name: content})[name] != held.get("sha256"):
                stale.append(member.name)
                break
            files[f"summaries/{name}"] = content
    if stale:
        raise UserError(
            f"these summaries are not there, or are older than what they are made from: {', '.join(stale)}",
            where=shown(folder),
            remedy=f"tartanrug build --region {view.heading.region} --period {view.heading.period} --variant dfe "
            "--for-review",
        )
    return files


def _staging(collection: Collection) -> Staging:
    root = PurePosixPath(collection.source, collection.home.id, str(collection.period))
    return Staging(collection.workspace.out / root, Variant.DFE)


def _approved(collection: Collection) -> frozenset[str]:
    """SHA-256 of the documents that the DBG approved for the DfE in this quarter, whether they have gone out or not."""
    found: set[str] = set()
    period = str(collection.period)
    for one in standings(collection.log).values():
        about = (one.scope.variant, one.scope.source, one.scope.period)
        path = _staging(collection).manifest(one.release)
        if about == (Variant.DFE, collection.source, period) and one.state in _APPROVED and path.is_file():
            manifest = read_manifest(path.read_bytes(), one.release)
            found |= {document.sha256 for document in manifest.documents.values()}
    return frozenset(found)


def _inputs(collection: Collection) -> dict[str, str]:
    return {"kit": store.kit_fingerprint(), "returns": load.fingerprint_of(collection)}


def _cover(collection: Collection, views: Path) -> dict[str, bytes]:
    """The cover as HTML and PDF."""
    plan = Plan(
        region=collection.home,
        source=collection.source,
        period=str(collection.period),
        authorities=(),
        everyone=collection.region.everyone,
        variants=(Variant.DFE,),
        formats=_FORMATS,
        for_review=True,
    )
    place = collection.workspace
    job = cover_of_pack(plan, views)
    outcome = Outcome()
    with store.beside(place.out, "cover") as making:
        run([job], place.notebooks, making, choose_renderer(os.environ), 1, Silent(), outcome)
        if outcome.failures:
            remedy = "mend what is told, and make the pack again"
            raise UserError("the cover could not be made", where=outcome.failures[0].message, remedy=remedy)
        return {f"cover{path.suffix}": path.read_bytes() for path in outcome.documents}


def _tables(collection: Collection, view: DfePackView) -> dict[str, bytes]:
    """The counts in the standard layout, and every place of the pack with its reason."""
    places = pd.DataFrame([one.model_dump(mode="json") for one in view.places])
    return {
        submission_name(view.heading.region, view.heading.period): submission_csv(collection),
        COMPLETENESS: safe_csv(places).encode("utf-8"),
    }


def _manifest(collection: Collection, view: DfePackView, files: Mapping[str, bytes]) -> PackManifest:
    return PackManifest(
        region=view.heading.region,
        period=view.heading.period,
        source=collection.source,
        made_up=view.heading.made_up,
        kit=__version__,
        inputs=_inputs(collection),
        disclosure_policy_sha256=policy().sha256,
        release_policy_sha256=release_policy(collection.registers).sha256,
        members=tuple(
            InPack(
                authority=one.authority,
                name=one.name,
                summary=f"summaries/{stem_of(_heading_of(view, one.authority))}.pdf" if one.has_summary else "",
                reason="" if one.has_summary else one.answer,
                answered=one.answered,
            )
            for one in view.members
        ),
        unexplained_gaps=sum(not place.filled and not place.reason for place in view.places),
        documents=digests(files),
    )


def _lay_open(folder: Path, files: Mapping[str, bytes]) -> None:
    """The same files to look at, in the place of those of an earlier run."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with store.beside(folder.parent, "opened") as making:
        for name, content in files.items():
            store.write_bytes(making / "new" / name, content)
        if folder.exists():
            folder.rename(making / "old")
        (making / "new").rename(folder)
