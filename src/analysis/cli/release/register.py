"""`tartanrug release register`: a document that the kit did not make is taken in and put before the DBG."""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from analysis import __version__, store
from analysis.audit.report import Report, Verdict, as_json, in_words
from analysis.cli.days import epoch_of
from analysis.cli.judged import days_judged, refuse_back_dated
from analysis.cli.known_word import known_word
from analysis.cli.region_log import RegionLog, named, said_in_words
from analysis.cli.release.desk import AUDIENCES, Desk, desk_of
from analysis.cli.release.refusals import refusals_noted
from analysis.cli.release.review import open_for, tell_review
from analysis.cli.signals.collection import collection_of
from analysis.cli.this_machine import this_machine
from analysis.config import shown
from analysis.disclosure.policy import policy
from analysis.errors import ExitCode, UserError
from analysis.pipeline.collection import MADE_UP
from analysis.pipeline.registered import audit_registered
from analysis.reference.periods import Quarter
from analysis.registers.erased import reproducibility_notes
from analysis.registers.log.chain import append
from analysis.release.allowed import refuse_unless_allowed
from analysis.release.assemble import Circumstances
from analysis.release.certificate import Pack, as_text, certificate_of
from analysis.release.events import DocumentRegistered, Scope
from analysis.release.marked import until_words
from analysis.release.refused import RefusedError
from analysis.release.registered import Taken, last_day_of_use, name_of
from analysis.render.cover_sheet import CoverSheet, cover_sheet
from analysis.render.project import template_files
from analysis.render.stamp import content_id, stamp
from analysis.views.model import Variant

VARIANTS = (Variant.INTERNAL.value, Variant.ANONYMISED.value)
"""For key staff, and for those from whom the others are concealed. What the DfE or anybody else gets of another body's
document, it gets by permission (`--audience`, `release issue --to`): S0 5.4 is about summaries alone."""
REGION = "region"
"""What `--about` says of a document that is about no single authority."""


@dataclass(frozen=True)
class Order:
    """What was typed."""

    file: Path
    title: str
    about: str
    period: str
    made_by: str
    variant: str
    audience: str
    until: date | None


def register(region: str, source: str, order: Order, console: Console, *, at: datetime) -> int:
    """Take a file in, with a cover sheet that bears its marking, and open its review.

    Returns
    -------
    int
        `LEAK` where others are to be concealed and the audit did not pass: nothing is kept then.

    Raises
    ------
    UserError
        If there is no such file, authority, quarter or variant, a word names a person, or nobody is enrolled.
    RefusedError
        If the file is of a kind that is not released, or its last day is over or later than the policy's.
    """
    desk, log, quarter = desk_of(region, source), RegionLog.of(region, source), Quarter.parse(order.period)
    actor = desk.actor()
    variant = Variant(known_word(order.variant, VARIANTS, "variant of a registered document"))
    with said_in_words():
        scope = Scope(
            variant=variant,
            audience=order.audience or AUDIENCES[variant],
            region=desk.region.id,
            period=str(quarter),
            source=desk.source,
            authority="" if order.about.lower() == REGION else log.codes((order.about,))[0],
            document=order.title,
        )
    with refusals_noted(desk, "review", actor):
        refuse_back_dated(desk.chain(), at)
        until = last_day_of_use(desk.rules, variant, quarter.last_day, order.until, days_judged(at)[-1])
        taken = _taken(order, scope, desk, until)
    with said_in_words():
        event = taken.event(order.made_by)
    certificates: dict[str, bytes] = {}
    if variant is Variant.ANONYMISED:
        reports = _audited(taken, desk)
        if any(one.verdict is not Verdict.PASS for one in reports):
            for report in reports:
                console.print(escape(in_words(report)), style="red" if report.verdict is Verdict.FAIL else None)
            console.print("It was not taken in: a document for this audience names and shows nobody else.")
            return int(ExitCode.LEAK)
        certificates = _certified(reports, scope, desk, at.date())
    _lay(taken, desk)
    if not any(held == event for _, held in desk.chain().of_kind(DocumentRegistered)):
        append(desk.log, lambda _: event, by=actor, at=at)
    circumstances = Circumstances(
        made_up=desk.source == MADE_UP,
        findings=hashlib.sha256(b"").hexdigest(),
        rules=desk.rules,
        disclosure_policy=policy().sha256,
        last_day=quarter.last_day,
        log_head=desk.chain().head,
        notes=reproducibility_notes(desk.chain()),
    )
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in certificates.items()}
    manifest = taken.manifest(circumstances, until, digests)
    with refusals_noted(desk, "review", actor, manifest.id):
        standing = open_for(desk, manifest, actor, at)
    tell_review(standing, console)
    console.print(f"Taken in: {escape(shown(desk.staging(scope).finals / taken.name))}")
    console.print(f"Its cover sheet, which goes with it: {escape(taken.cover_name)}")
    _tell_missing(log, scope, console, days_judged(at)[-1])
    return int(ExitCode.OK)


def _taken(order: Order, scope: Scope, desk: Desk, until: date) -> Taken:
    try:
        content = order.file.read_bytes()
    except OSError as error:
        what = f"the file can't be read: {error.strerror}"
        raise UserError(what, where=str(order.file), remedy="name a file that is there") from None
    name = name_of(order.title, order.file.name, content)
    sha256 = hashlib.sha256(content).hexdigest()
    facts = {"scope": scope.model_dump(mode="json"), "sha256": sha256, "made_by": order.made_by, "until": str(until)}
    policies = (policy().sha256, desk.rules.sha256)
    told, files = json.dumps(facts, sort_keys=True).encode(), template_files(scope.variant)
    content_of = content_id(told, files, policies, store.kit_fingerprint())
    sheet = CoverSheet(
        title=scope.document,
        variant=scope.variant,
        file=name,
        sha256=sha256,
        size=len(content),
        about=named(scope.authority) if scope.authority else f"the authorities of {desk.region.name}",
        audience=scope.audience,
        made_by=order.made_by,
        use_until=until_words(until),
        stamp=stamp(scope.variant, content_of, until, scope.audience),
        made_up=desk.source == MADE_UP,
    )
    cover_name = f"{Path(name).stem}-cover-{content_of[:8]}.pdf"
    return Taken(scope, name, content, cover_name, cover_sheet(sheet, epoch_of(scope.period)))


def _audited(taken: Taken, desk: Desk) -> tuple[Report, ...]:
    """The audit of both files, before anything of them lies in the workspace."""
    collection = collection_of(desk.region.id, taken.scope.period, desk.source)
    with tempfile.TemporaryDirectory(prefix="tartanrug-", ignore_cleanup_errors=True) as folder:
        paths = [Path(folder, name) for name in taken.files]
        for path in paths:
            path.write_bytes(taken.files[path.name])
        return audit_registered(collection, paths, taken.scope.authority, this_machine())


def _certified(reports: tuple[Report, ...], scope: Scope, desk: Desk, on: date) -> dict[str, bytes]:
    """The certificates by document, laid beside those of packs with what the audit said."""
    pack = Pack(
        region=scope.region,
        period=scope.period,
        reader=scope.authority,
        kit=__version__,
        policy_sha256=policy().sha256,
    )
    beside, found = desk.staging(scope).audit, {}
    for report in reports:
        found[report.file] = as_text(certificate_of(report, pack, on)).encode()
        store.write_bytes(beside / f"{report.file}.certificate.json", found[report.file])
        store.write_text(beside / f"{report.file}.audit.json", as_json([report]) + "\n")
        store.write_text(beside / f"{report.file}.audit.txt", in_words(report) + "\n")
    return found


def _lay(taken: Taken, desk: Desk) -> None:
    """Both files in staging, read-only, under names that say their content; what lies there is never written over.

    Raises
    ------
    RefusedError
        If something else lies there under the name.
    """
    folder = desk.staging(taken.scope).finals
    for name, content in taken.files.items():
        path = folder / name
        if path.exists():
            if path.is_symlink() or not path.is_file() or path.read_bytes() != content:
                what = "something else lies under the name of this document"
                raise RefusedError(what, where=f"{folder.name}/{name}", remedy="report it, and take it away")
            continue
        store.write_bytes(path, content)
        path.chmod(0o444)


def _tell_missing(log: RegionLog, scope: Scope, console: Console, on: date) -> None:
    """What its release would be refused for today: there is time to ask while the DBG reads."""
    try:
        refuse_unless_allowed(log.chain, scope, (), log.region, log.rules, log.agreements, on, names=named)
    except RefusedError as refused:
        console.print(escape(f"  to do before its release: {refused.what}"), style="yellow")
        console.print(escape(f'  the permission is of this document alone: --document "{scope.document}"'))
