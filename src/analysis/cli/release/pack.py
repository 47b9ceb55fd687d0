"""`tartanrug release pack`: the summaries for the DfE with cover, counts and manifest, as one file for review."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath

import pandas as pd
from filelock import FileLock, Timeout
from rich.console import Console
from rich.markup import escape

from analysis import __version__, store
from analysis.batch.manifest import MANIFEST as OF_DOCUMENTS
from analysis.batch.manifest import write_manifest
from analysis.batch.progress import Silent
from analysis.batch.run import Outcome, run
from analysis.batch.work import stem_of
from analysis.cli.note_built import note_built
from analysis.cli.release.desk import desk_of
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
    pack_name,
    packed,
    submission_name,
)
from analysis.release.policy import release_policy
from analysis.release.staged import Staging
from analysis.render.choice import choose_renderer
from analysis.returns.spreadsheet import safe_csv
from analysis.views.dfe_pack import DfePackView
from analysis.views.model import Heading, Variant

_FORMATS = ("html", "pdf")


def make_pack(region: str, period: str, source: str, console: Console, *, at: datetime) -> int:
    """Make the pack of a quarter's summaries, and lay it beside them for review if nothing is missing.

    Returns
    -------
    int
        `REFUSED` where something is missing: what there is lies open to look at, and there is no pack to review.

    Raises
    ------
    UserError
        If there is no such region, quarter or source, a summary is missing or out of date, another run is writing, or
        whoever asks is not enrolled.
    """
    collection = collection_of(region, period, source)
    desk = desk_of(region, collection.source)
    actor = desk.actor()
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
            opened = _staging(collection).opened
            _lay_open(opened, {"manifest.json": manifest.text, **files})
            console.print(f"{len(files)} files to look at: {escape(shown(opened))}")
            path = _staging(collection).finals / pack_name(view.heading.region, view.heading.period)
            missing = missing_for_dfe(manifest, digests(files), collection.region.members, manifest.documents.values())
            if missing:
                path.unlink(missing_ok=True)
            else:
                store.write_bytes(path, packed(manifest, files))
            made = [path] if not missing else []
            write_manifest(path.parent, made, inputs=_inputs(collection), policy_sha256=policy().sha256)
            note_built(desk, _plan(collection), made, actor, at)
    except Timeout:
        raise BusyError("another run is writing documents", where=str(out), remedy="wait until it has ended") from None
    for sentence in missing:
        console.print(f"  missing: {escape(sentence)}")
    if missing:
        console.print("There is no pack to review while anything is missing.")
        return int(ExitCode.REFUSED)
    console.print(
        f"The pack: {escape(shown(path))}\n"
        f"It is for the DBG to check: tartanrug release review --period {view.heading.period} --variant dfe"
    )
    return int(ExitCode.OK)


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


def _inputs(collection: Collection) -> dict[str, str]:
    return {"kit": store.kit_fingerprint(), "returns": load.fingerprint_of(collection)}


def _plan(collection: Collection) -> Plan:
    return Plan(
        region=collection.home,
        source=collection.source,
        period=str(collection.period),
        authorities=(),
        everyone=collection.region.everyone,
        variants=(Variant.DFE,),
        formats=_FORMATS,
        for_review=True,
    )


def _cover(collection: Collection, views: Path) -> dict[str, bytes]:
    """The cover as HTML and PDF."""
    place = collection.workspace
    job = cover_of_pack(_plan(collection), views)
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
