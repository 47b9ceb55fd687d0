"""`tartanrug release pack`: the summaries for the DfE with cover, counts and manifest, as one file for review."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout
from rich.console import Console
from rich.markup import escape

from analysis import __version__, store
from analysis.batch.manifest import write_manifest
from analysis.batch.work import stem_of
from analysis.cli.judged import refuse_back_dated
from analysis.cli.note_built import note_built
from analysis.cli.release.desk import desk_of
from analysis.cli.release.pack_parts import heading_of, inputs_of, parts_of, plan_of, staging_of
from analysis.cli.release.refusals import refusals_noted
from analysis.cli.signals.collection import collection_of
from analysis.config import shown
from analysis.disclosure.policy import policy
from analysis.errors import BusyError, ExitCode
from analysis.pipeline import load
from analysis.pipeline.collection import Collection
from analysis.release.dfe_pack import InPack, PackManifest, digests, missing_for_dfe, pack_name, packed
from analysis.release.policy import release_policy
from analysis.release.refused import RefusedError
from analysis.views.dfe_pack import DfePackView
from analysis.views.model import Variant


def make_pack(region: str, period: str, source: str, console: Console, *, at: datetime) -> int:
    """Make the pack of a quarter's summaries, and lay it beside them for review if nothing is missing.

    Returns
    -------
    int
        An exit code.

    Raises
    ------
    RefusedError
        If something is missing, which is noted in the log: what there is lies open to look at, and there is no pack
        to review.
    UserError
        If there is no such region, quarter or source, a summary is missing or out of date, another run is writing, or
        whoever asks is not enrolled.
    """
    collection = collection_of(region, period, source)
    desk = desk_of(region, collection.source)
    actor = desk.actor()
    with refusals_noted(desk, "pack", actor):
        refuse_back_dated(desk.chain(), at)
    views = load.views_folder(
        collection.workspace, collection.home, str(collection.period), Variant.DFE, collection.source
    )
    view = load.stored_dfe_pack_view(views)
    out = collection.workspace.out
    out.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(out / ".lock", timeout=0):
            with refusals_noted(desk, "pack", actor):
                parts, staging = parts_of(collection, view, views), staging_of(collection)
            drafted = _manifest(collection, view, parts.drafts)
            _lay_open(staging.opened, {"manifest.json": drafted.text, **parts.drafts})
            console.print(f"{len(parts.drafts)} files to read, as drafts: {escape(shown(staging.opened))}")
            manifest = _manifest(collection, view, parts.finals)
            members, bound = collection.region.members, manifest.documents.values()
            missing = missing_for_dfe(manifest, digests(parts.finals), members, bound)
            made = []
            for folder, said, files in (
                (staging.finals, manifest, parts.finals),
                (staging.drafts, drafted, parts.drafts),
            ):
                path = folder / pack_name(view.heading.region, view.heading.period)
                if missing:
                    path.unlink(missing_ok=True)
                else:
                    store.write_bytes(path, packed(said, files))
                    made.append(path)
                write_manifest(folder, made[-1:], inputs=inputs_of(collection), policy_sha256=policy().sha256)
            note_built(desk, plan_of(collection), made, actor, at)
    except Timeout:
        raise BusyError("another run is writing documents", where=str(out), remedy="wait until it has ended") from None
    if missing:
        for sentence in missing:
            console.print(f"  missing: {escape(sentence)}")
        remedy = f"tartanrug release confirm --period {view.heading.period} says who was asked; then make it again"
        with refusals_noted(desk, "pack", actor):
            what = f"there is no pack to review while anything is missing: {'; '.join(missing)}"
            raise RefusedError(what, where=f"{Variant.DFE} {view.heading.period}", remedy=remedy)
    console.print(
        f"The pack: {escape(shown(made[0]))}\n"
        f"It is for the DBG to check: tartanrug release review --period {view.heading.period} --variant dfe"
    )
    return int(ExitCode.OK)


def _manifest(collection: Collection, view: DfePackView, files: Mapping[str, bytes]) -> PackManifest:
    return PackManifest(
        region=view.heading.region,
        period=view.heading.period,
        source=collection.source,
        made_up=view.heading.made_up,
        kit=__version__,
        inputs=inputs_of(collection),
        disclosure_policy_sha256=policy().sha256,
        release_policy_sha256=release_policy(collection.registers).sha256,
        members=tuple(
            InPack(
                authority=one.authority,
                name=one.name,
                summary=f"summaries/{stem_of(heading_of(view, one.authority))}.pdf" if one.has_summary else "",
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
