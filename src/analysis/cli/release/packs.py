"""`tartanrug release packs`: anonymised packs are audited, and those that pass are put before the DBG."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from analysis import __version__, store
from analysis.audit.report import Verdict, as_json, in_words
from analysis.batch.work import folder_of
from analysis.cli.judged import refuse_back_dated
from analysis.cli.release.desk import Desk, desk_of
from analysis.cli.release.refusals import refusals_noted
from analysis.cli.release.review import findings_digest, put_before_dbg, tell_review
from analysis.cli.signals.collection import collection_of
from analysis.cli.this_machine import this_machine
from analysis.config import shown, workspace
from analysis.disclosure.policy import policy
from analysis.errors import ExitCode, UserError
from analysis.pipeline import load
from analysis.pipeline.collection import Collection
from analysis.pipeline.commentary import Checked, commentary_of
from analysis.pipeline.packs import AuditedPack, audit_packs
from analysis.registers.issued_bands import bands_path, load_issues
from analysis.registers.log.chain import append
from analysis.registers.log.event import Actor
from analysis.release.certificate import Pack, TextRead, as_text, certificate_of
from analysis.release.events import ReleaseRefused
from analysis.release.refused import HeldBackError, RefusedError
from analysis.views.model import Variant

AUDIT = "audit"
"""Beside the variants' folders: reports and certificates, for internal use."""


def release_packs(
    region: str, period: str, source: str, console: Console, *, at: datetime, jobs: int | None = None
) -> int:
    """Audit a quarter's anonymised packs, write what was tried and found, and open the review of those that passed.

    Returns
    -------
    int
        `LEAK` where a pack failed, `REFUSED` where one can't be released; the others go on.

    Raises
    ------
    UserError
        If there is no such region, quarter or source, the bands are not frozen, or there is no pack.
    VoidError
        If a planted file passed.
    """
    collection = collection_of(region, period, source)
    desk = desk_of(region, collection.source)
    actor = desk.actor()
    with refusals_noted(desk, "review", actor):
        _refuse_unfrozen(collection)
        refuse_back_dated(desk.chain(), at)
    folder = _staging(collection)
    findings = findings_digest(desk, Variant.ANONYMISED, period)
    with console.status("Looking through finished files ..."):
        audited = audit_packs(collection, folder, machines=this_machine(), jobs=jobs or os.cpu_count() or 1)
    beside, checks = folder.parent / AUDIT, commentary_of(collection).checks
    codes = []
    for pack in audited:
        passed = _one(pack, collection, checks.get(pack.reader, ()), beside, console, at)
        if passed:
            codes.append(_put(desk, pack, period, findings, actor, at, console))
        else:
            failed = ReleaseRefused(step="review", reason=f"the pack of {pack.reader} did not pass the audit")
            append(desk.log, lambda _, failed=failed: failed, by=actor, at=at)  # type: ignore[misc]
            codes.append(ExitCode.LEAK)
    console.print(f"Reports and certificates (internal): {escape(shown(beside))}")
    worst = max(codes, key=[ExitCode.OK, ExitCode.REFUSED, ExitCode.LEAK].index)
    return int(worst)


def _refuse_unfrozen(collection: Collection) -> None:
    if not load_issues(bands_path(collection.registers, collection.period)):
        raise HeldBackError(
            f"the bands of {collection.period} are not frozen, and a later correction would be told by them",
            remedy=f"tartanrug bands freeze --period {collection.period} --by ROLE, then build the packs again",
        )


def _staging(collection: Collection) -> Path:
    views = load.views_folder(
        collection.workspace, collection.region, str(collection.period), Variant.ANONYMISED, collection.source
    )
    first = next(
        (code for code in collection.region.everyone if load.view_path(views, Variant.ANONYMISED, code).is_file()), None
    )
    if first is None:
        raise UserError("nobody has a pack this quarter", remedy="see `tartanrug validate` for what was received")
    heading = load.stored_view(views, Variant.ANONYMISED, first).heading
    return workspace().out / folder_of(heading, collection.source)


def _one(
    audited: AuditedPack,
    collection: Collection,
    checks: Sequence[Checked],
    beside: Path,
    console: Console,
    at: datetime,
) -> bool:
    """Write what the audit says of a reader's files; whether all of them passed."""
    pack = Pack(
        region=collection.region.id,
        period=str(collection.period),
        reader=audited.reader,
        kit=__version__,
        policy_sha256=policy().sha256,
    )
    texts = tuple(
        TextRead(indicator=one.indicator, sha256=one.check.sha256, read_by=one.check.name, read_on=one.check.date)
        for one in checks
    )
    for file in audited.files:
        certificate = beside / f"{file.path.name}.certificate.json"
        store.write_text(certificate, as_text(certificate_of(file.report, pack, at.date(), texts)))
        store.write_text(beside / f"{file.path.name}.audit.json", as_json([file.report]) + "\n")
        store.write_text(beside / f"{file.path.name}.audit.txt", in_words(file.report) + "\n")
    failed = [file for file in audited.files if file.report.verdict is Verdict.FAIL]
    for file in failed:
        console.print(escape(in_words(file.report)), style="red")
    if not failed:
        console.print(f"{audited.reader}  PASS  {len(audited.files)} files")
    return not failed


def _put(
    desk: Desk, audited: AuditedPack, period: str, findings: str, actor: Actor, at: datetime, console: Console
) -> ExitCode:
    scope = desk.scope(Variant.ANONYMISED, period, audited.reader)
    try:
        tell_review(put_before_dbg(desk, scope, findings, actor, at), console)
    except RefusedError as refused:
        console.print(escape(f"{audited.reader}: {refused}"), style="red")
        return ExitCode.REFUSED
    return ExitCode.OK
