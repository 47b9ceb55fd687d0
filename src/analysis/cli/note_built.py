"""Who made documents for the DBG to check, noted in the log: they approve none of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from analysis import store
from analysis.cli.release.desk import Desk
from analysis.cli.work_list import Plan
from analysis.registers.log.chain import Chain, append
from analysis.registers.log.event import Actor
from analysis.release.events import DocumentsBuilt
from analysis.release.staged import Staging
from analysis.views.model import Variant


def note_built(desk: Desk, plan: Plan, documents: Sequence[Path], by: Actor, at: datetime) -> None:
    """Note an event for each variant of which documents were made.

    Parameters
    ----------
    documents
        Those that were laid in place, finals and drafts.
    """
    for variant in plan.variants:
        staging = Staging(desk.place.out / plan.source / plan.region.id / plan.period, variant)
        finals, drafts = (_hashes(documents, folder) for folder in (staging.finals, staging.drafts))
        if finals:
            body = DocumentsBuilt(
                variant=Variant(variant), period=plan.period, source=plan.source, documents=finals, drafts=drafts
            )
            append(desk.log, partial(_as_it_is, body), by=by, at=at)


def _as_it_is(body: DocumentsBuilt, _: Chain) -> DocumentsBuilt:
    return body


def _hashes(documents: Sequence[Path], folder: Path) -> dict[str, str]:
    return {path.name: store.sha256_of(path) for path in sorted(documents) if path.parent == folder}
