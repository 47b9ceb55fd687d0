"""Who made documents, noted in the log: those for the DBG to check, which they do not approve, and those to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from analysis import store
from analysis.cli import moment
from analysis.cli.release.desk import Desk
from analysis.cli.work_list import Plan
from analysis.errors import UserError
from analysis.registers.log.chain import Chain, append
from analysis.registers.log.event import Actor, B
from analysis.registers.people import people_path
from analysis.release.events import DocumentsBuilt, ReadingCopiesBuilt
from analysis.release.staged import Staging
from analysis.views.model import Variant


def note_built(desk: Desk, plan: Plan, documents: Sequence[Path], by: Actor, at: datetime) -> None:
    """Note an event for each variant of which documents were made for the DBG to check.

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


def note_copies(
    desk: Desk, documents: Iterable[Path], console: Console, audience: str = "", shows: Sequence[str] = ()
) -> None:
    """Note an event for each folder in which documents were made for somebody to read.

    They are made already, and nothing that goes wrong here fails that: a region that has enrolled nobody keeps no log
    of them, and whoever is not enrolled where others are is told that it was not noted.

    Parameters
    ----------
    documents
        Those that were laid in place, in `reports/out/<source>/<region>/<period>/<variant, meetings or briefs>/`.
    audience
        For whom, where it is not for their usual readers.
    shows
        DfE codes of those whose unpublished figures somebody outside would see in them.
    """
    if not people_path(desk.registers).is_file():
        return
    try:
        by = desk.actor()
        for folder, paths in groupby(sorted(documents), key=lambda path: path.parent):
            source, _, period, what = folder.relative_to(desk.place.out).parts
            body = ReadingCopiesBuilt.model_validate(
                {
                    "what": what,
                    "period": period,
                    "source": source,
                    "audience": audience,
                    "shows": tuple(shows) if audience else (),
                    "documents": _hashes(paths),
                }
            )
            append(desk.log, partial(_as_it_is, body), by=by, at=moment.now())
    except UserError as error:
        console.print(f"Not noted in the log: {escape(error.what)}")
    except OSError:
        console.print("Not noted in the log: it can't be written")


def _as_it_is(body: B, _: Chain) -> B:
    return body


def _hashes(documents: Iterable[Path], folder: Path | None = None) -> dict[str, str]:
    return {path.name: store.sha256_of(path) for path in sorted(documents) if folder in (None, path.parent)}
