"""What lies in the pack for the DfE: summaries, cover and tables, as they will go out and as the DBG reads them."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pandas as pd

from analysis import store
from analysis.batch.manifest import MANIFEST as OF_DOCUMENTS
from analysis.batch.progress import Silent
from analysis.batch.run import Outcome, run
from analysis.batch.work import stem_of
from analysis.cli.work_list import Plan, cover_of_pack
from analysis.config import shown
from analysis.errors import UserError
from analysis.pipeline import load
from analysis.pipeline.collection import Collection
from analysis.pipeline.made_from import keep_made_from
from analysis.pipeline.submission import submission_csv
from analysis.release.dfe_pack import COMPLETENESS, digests, submission_name
from analysis.release.manifest import SOURCES
from analysis.release.refused import HeldBackError
from analysis.release.staged import Staging
from analysis.render.choice import choose_renderer
from analysis.returns.spreadsheet import safe_csv
from analysis.views.dfe_pack import DfePackView
from analysis.views.model import Heading, Variant

FORMATS = ("html", "pdf")


@dataclass(frozen=True)
class Parts:
    """The files of the pack by their path in it, twice: they differ in the marking of pages, and in nothing else."""

    finals: dict[str, bytes]
    drafts: dict[str, bytes]


def parts_of(collection: Collection, view: DfePackView, views: Path) -> Parts:
    """Everything that the pack holds beside its manifest.

    Parameters
    ----------
    views
        The folder of the quarter's views.

    Raises
    ------
    UserError
        With the names of those whose summaries are not there, or are of an earlier state; or if the cover fails.
    """
    summaries, cover, tables = _summaries(collection, view), _cover(collection, views), _tables(collection, view)
    return Parts(
        {**summaries.finals, **cover.finals, **tables},
        {**summaries.drafts, **cover.drafts, **tables},
    )


def staging_of(collection: Collection) -> Staging:
    """Where the summaries and the pack wait."""
    root = PurePosixPath(collection.source, collection.home.id, str(collection.period))
    return Staging(collection.workspace.out / root, Variant.DFE)


def inputs_of(collection: Collection) -> dict[str, str]:
    """What the pack is made from, by fingerprint: the same of each summary in it."""
    return {
        "kit": store.kit_fingerprint(),
        "returns": load.fingerprint_of(collection),
        SOURCES: keep_made_from(collection),
    }


def plan_of(collection: Collection) -> Plan:
    """The pack as a build for review."""
    return Plan(
        region=collection.home,
        source=collection.source,
        period=str(collection.period),
        authorities=(),
        everyone=collection.region.everyone,
        variants=(Variant.DFE,),
        formats=FORMATS,
        for_review=True,
    )


def heading_of(view: DfePackView, authority: str) -> Heading:
    """The heading of a member's summary."""
    return view.heading.model_copy(update={"authority": authority})


def _summaries(collection: Collection, view: DfePackView) -> Parts:
    """The finished summaries of the members and their drafts, if each was made from what there is now."""
    staging, inputs, stale = staging_of(collection), inputs_of(collection), []
    parts = Parts({}, {})
    for member in (one for one in view.members if one.has_summary):
        names = [f"{stem_of(heading_of(view, member.authority))}.{ending}" for ending in FORMATS]
        for folder, files in ((staging.finals, parts.finals), (staging.drafts, parts.drafts)):
            made = {name: _made_from(folder, name, inputs) for name in names}
            files |= {f"summaries/{name}": content for name, content in made.items() if content is not None}
            if None in made.values():
                stale.append(member.name)
    if stale:
        raise HeldBackError(
            "these summaries are not there, or are older than what they are made from: "
            + ", ".join(dict.fromkeys(stale)),
            where=shown(staging.finals),
            remedy=f"tartanrug build --region {view.heading.region} --period {view.heading.period} --variant dfe "
            "--for-review",
        )
    return parts


def _made_from(folder: Path, name: str, inputs: dict[str, str]) -> bytes | None:
    """A document if it is the one that was built, and of these inputs."""
    listed = folder / OF_DOCUMENTS
    documents = json.loads(listed.read_text(encoding="utf-8"))["documents"] if listed.is_file() else {}
    held = documents.get(name, {})
    content = (folder / name).read_bytes() if (folder / name).is_file() else b""
    same = held.get("inputs") == inputs and digests({name: content})[name] == held.get("sha256")
    return content if same else None


def _cover(collection: Collection, views: Path) -> Parts:
    """The cover as HTML and PDF, and its draft from the same run of its notebook."""
    place, staging = collection.workspace, staging_of(collection)
    job = cover_of_pack(plan_of(collection), views)
    outcome = Outcome()
    with store.beside(place.out, "cover") as making:
        run([job], place.notebooks, making, choose_renderer(os.environ), 1, Silent(), outcome)
        if outcome.failures:
            remedy = "mend what is told, and make the pack again"
            raise UserError("the cover could not be made", where=outcome.failures[0].message, remedy=remedy)
        finals, drafts = (
            {f"cover{path.suffix}": path.read_bytes() for path in outcome.documents if path.parent.name == folder.name}
            for folder in (staging.finals, staging.drafts)
        )
        return Parts(finals, drafts)


def _tables(collection: Collection, view: DfePackView) -> dict[str, bytes]:
    """The counts in the standard layout, and every place of the pack with its reason."""
    places = pd.DataFrame([one.model_dump(mode="json") for one in view.places])
    return {
        submission_name(view.heading.region, view.heading.period): submission_csv(collection),
        COMPLETENESS: safe_csv(places).encode("utf-8"),
    }
