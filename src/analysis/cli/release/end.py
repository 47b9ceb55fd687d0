"""`tartanrug release withdraw` and `recall`: how a release ends, and how what is out is called back."""

from __future__ import annotations

from datetime import date, datetime

from rich.console import Console
from rich.markup import escape

from analysis import store
from analysis.cli.judged import refuse_back_dated
from analysis.cli.release.desk import Desk, desk_of, picked
from analysis.cli.release.refusals import refusals_noted
from analysis.config import shown
from analysis.errors import ExitCode
from analysis.pipeline.collection import MADE_UP
from analysis.registers.erased import erasures_of
from analysis.registers.log.chain import Chain, append
from analysis.release import decisions
from analysis.release.gate import Released
from analysis.release.manifest import MANIFEST, Manifest, read_manifest
from analysis.release.recall import recall_notice
from analysis.release.standing import Standing, in_place_of, standings


def withdraw(release: str, region: str, source: str, reason: str, console: Console, *, at: datetime) -> int:
    """Note that a release is not to be used any more.

    Raises
    ------
    RefusedError
        If it has ended. The refusal is noted in the log.
    """
    desk = desk_of(region, source)
    actor = desk.actor()
    [found] = picked(desk, [release], "", "")
    with refusals_noted(desk, "withdraw", actor, found.release):
        refuse_back_dated(desk.chain(), at)
        append(desk.log, lambda chain: decisions.withdraw(chain, found.release, reason), by=actor, at=at)
    console.print(f"{escape(found.scope.words)} {found.release[:12]}: withdrawn")
    if found.was_released:
        console.print(f"It went out: tartanrug release recall {found.release[:12]}")
    return int(ExitCode.OK)


def recall(release: str, region: str, source: str, console: Console, *, at: datetime) -> int:
    """Write the notice that asks everybody who has a release for it back, and note that it was written.

    Where its documents were erased, or its manifest is not kept any more, the notice is written from the log alone.

    Raises
    ------
    RefusedError
        If nobody has it, it is in use, or its manifest was changed. The refusal is noted in the log.
    """
    desk = desk_of(region, source)
    actor = desk.actor()
    [found] = picked(desk, [release], "", "")
    with refusals_noted(desk, "recall", actor, found.release):
        refuse_back_dated(desk.chain(), at)
        manifest = manifest_kept(desk, found)
        copies = {name: one.recipient for name, one in manifest.documents.items()} if manifest is not None else {}
        event = append(desk.log, lambda chain: decisions.recall(chain, found.release, copies), by=actor, at=at)
    chain = desk.chain()
    path = desk.staging(found.scope).manifest(found.release).with_name("recall.txt")
    held = standings(chain)
    notice = recall_notice(
        held[found.release],
        copies,
        event.at.date(),
        instead=in_place_of(held, found.release),
        made_up=desk.source == MADE_UP,
        erased=_erased(chain, found),
    )
    store.write_text(path, notice)
    console.print(escape(notice))
    console.print(f"The same text: {escape(shown(path))}")
    return int(ExitCode.OK)


def manifest_kept(desk: Desk, found: Standing) -> Manifest | None:
    """As it was released, or while it waits; None where it is kept nowhere any more."""
    released = Released(found.release, found.scope.variant, desk.place.release).folder / MANIFEST
    path = released if released.is_file() else desk.staging(found.scope).manifest(found.release)
    return read_manifest(path.read_bytes(), found.release) if path.is_file() else None


def _erased(chain: Chain, found: Standing) -> date | None:
    """When the stored copies of a release were erased on a controller's word; None where they were not."""
    return next((one.day for one in erasures_of(chain) if found.release in one.begun.releases), None)
