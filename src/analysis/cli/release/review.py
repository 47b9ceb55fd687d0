"""`tartanrug release review`: what was built is checked by the machine and put before the DBG."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from rich.console import Console
from rich.markup import escape

from analysis import store
from analysis.cli.days import last_day_of
from analysis.cli.judged import days_judged, refuse_back_dated
from analysis.cli.known_word import known_word
from analysis.cli.release.changed import refuse_changed_sources
from analysis.cli.release.desk import SINGLE, Desk, desk_of, recipient_of
from analysis.cli.release.refusals import refusals_noted
from analysis.cli.release.shows import whom_it_shows
from analysis.cli.signals.collection import collection_of
from analysis.config import shown
from analysis.disclosure.policy import policy
from analysis.errors import ExitCode, UsageError
from analysis.pipeline.collection import MADE_UP
from analysis.reference.authorities import find_authority
from analysis.registers.erased import reproducibility_notes
from analysis.registers.log.chain import append
from analysis.registers.log.event import Actor
from analysis.release.assemble import Circumstances, about, assemble
from analysis.release.decisions import check, open_review
from analysis.release.events import ReviewOpened, Scope
from analysis.release.gate import refuse_unfit
from analysis.release.manifest import MANIFEST, Manifest
from analysis.release.refused import RefusedError
from analysis.release.review_sheet import NAME as SHEET
from analysis.release.review_sheet import review_sheet
from analysis.release.staged import read_whole
from analysis.release.standing import Standing, standings
from analysis.views.model import Variant
from analysis.views.words import DFE_RELEASED, DRAFT_MARKING, MARKINGS


def review(
    region: str,
    period: str,
    variant: str,
    named: Sequence[str],
    source: str,
    console: Console,
    *,
    at: datetime,
) -> int:
    """Open the review of a quarter's documents of one variant.

    Parameters
    ----------
    named
        Authorities, where each has a release of its own; all that were built if empty.

    Raises
    ------
    UserError
        If there is no such region, quarter, variant or authority, or whoever asks is not enrolled.
    RefusedError
        As `assemble`, `check` and `refuse_unfit`.
    """
    desk = desk_of(region, source)
    kind = Variant(known_word(variant, tuple(Variant), "variant"))
    if kind is Variant.ANONYMISED:
        raise UsageError("packs are put before the DBG by their audit", remedy="tartanrug release packs")
    actor = desk.actor()
    found = findings_digest(desk, kind, period)
    for scope in _scopes(desk, kind, period, named):
        tell_review(put_before_dbg(desk, scope, found, actor, at), console)
    return int(ExitCode.OK)


def findings_digest(desk: Desk, variant: Variant, period: str) -> str:
    """SHA-256 of what the checks find in the returns; of nothing, for published figures."""
    if variant is Variant.PUBLIC:
        return hashlib.sha256(b"").hexdigest()
    findings = collection_of(desk.region.id, period, desk.source).findings
    return hashlib.sha256(findings.to_csv(index=False, lineterminator="\n").encode()).hexdigest()


def put_before_dbg(desk: Desk, scope: Scope, findings: str, actor: Actor, at: datetime) -> Standing:
    """Write the manifest of a scope, note that it passed, and open its review.

    Raises
    ------
    RefusedError
        As `review`. The refusal is noted in the log.
    """
    with refusals_noted(desk, "review", actor):
        refuse_back_dated(desk.chain(), at)
        manifest = _manifest(desk, scope, findings)
        refuse_changed_sources(desk, manifest)
        return open_for(desk, manifest, actor, at)


def _manifest(desk: Desk, scope: Scope, findings: str) -> Manifest:
    staging = desk.staging(scope)
    circumstances = Circumstances(
        made_up=scope.source == MADE_UP,
        findings=findings,
        rules=desk.rules,
        disclosure_policy=policy().sha256,
        last_day=last_day_of(scope.period),
        log_head=desk.chain().head,
        notes=reproducibility_notes(desk.chain()),
    )
    final = DFE_RELEASED if scope.variant is Variant.DFE else MARKINGS[scope.variant]
    return assemble(
        staging,
        scope,
        circumstances,
        lambda code: recipient_of(code, scope.variant, desk.region),
        (final, DRAFT_MARKING),
    )


def open_for(desk: Desk, manifest: Manifest, actor: Actor, at: datetime) -> Standing:
    """Keep a manifest, note that it passed, open its review, and write its cover sheet.

    Raises
    ------
    RefusedError
        As `check` and `refuse_unfit`.
    """
    staging = desk.staging(manifest.scope)
    store.write_bytes(staging.manifest(manifest.id), manifest.content)
    refuse_unfit(read_whole(staging, manifest.id))
    shows = whom_it_shows(desk, manifest)
    append(desk.log, lambda chain: check(chain, manifest, shows), by=actor, at=at)
    # A post's holder has their time from today on, whatever day is named.
    rules, asked = desk.rules.review, days_judged(at)[-1]
    opened = append(desk.log, lambda chain: open_review(chain, manifest.id, rules, asked), by=actor, at=at)
    sheet = review_sheet(manifest, opened.body_as(ReviewOpened))
    store.write_text(staging.manifest(manifest.id).with_name(SHEET), sheet)
    return standings(desk.chain())[manifest.id]


def tell_review(standing: Standing, console: Console) -> None:
    """Say what is open now, and until when."""
    review = standing.review
    assert review is not None
    console.print(
        f"{escape(standing.scope.words)}: review open, release [bold]{standing.release[:12]}[/bold], "
        f"{review.approvals} approvals until {review.deadline:%d %B %Y}, deputies from {review.deputies_from:%d %B %Y}"
    )


def _scopes(desk: Desk, variant: Variant, period: str, named: Sequence[str]) -> list[Scope]:
    codes = [find_authority(name).code for name in named]
    if variant not in SINGLE:
        if codes:
            raise UsageError(f"the {variant} documents of a quarter are one release", remedy="leave --authority out")
        return [desk.scope(variant, period)]
    whole = desk.scope(variant, period)
    folder = desk.staging(whole).finals
    built = [path.name for path in sorted(folder.glob("*"))] if folder.is_dir() else []
    codes = codes or sorted({about(name, whole) for name in built if name != MANIFEST})
    if not codes:
        raise RefusedError("nothing was built for review", where=shown(folder), remedy="tartanrug build --for-review")
    return [desk.scope(variant, period, code) for code in codes]
