"""`tartanrug release approve`, `issue`, `supersede`: the steps of a release from its review to its readers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from rich.console import Console
from rich.markup import escape

from analysis.cli.judged import days_judged, refuse_back_dated
from analysis.cli.region_log import named
from analysis.cli.release.changed import refuse_changed_sources
from analysis.cli.release.desk import Desk, desk_of, picked
from analysis.cli.release.refusals import refusals_noted
from analysis.config import shown
from analysis.disclosure.policy import policy
from analysis.errors import ExitCode
from analysis.registers.agreements import load_agreements
from analysis.registers.basis import Basis
from analysis.registers.log.chain import Chain, append
from analysis.registers.log.event import Actor
from analysis.registers.sharing import sharing_rules
from analysis.release import decisions
from analysis.release.allowed import refuse_changed_names, refuse_unless_allowed
from analysis.release.approval import approve as may_approve
from analysis.release.events import ReleaseApproved
from analysis.release.gate import Released, let_through, refuse_unfit
from analysis.release.manifest import Manifest
from analysis.release.policy import Review
from analysis.release.refused import RefusedError
from analysis.release.staged import Whole, read_whole
from analysis.release.standing import Standing, standings
from analysis.release.states import RELEASED


def approve(
    releases: Sequence[str],
    region: str,
    source: str,
    period: str,
    variant: str,
    note: str,
    console: Console,
    *,
    at: datetime,
) -> int:
    """Approve releases that are with the DBG, as the post of whoever asks.

    Raises
    ------
    RefusedError
        As `approval.approve`; or if a byte of it has changed. The refusal is noted in the log.
    """
    desk = desk_of(region, source)
    actor = desk.actor()

    def one(found: Standing) -> None:
        with refusals_noted(desk, "approve", actor, found.release):
            manifest, rules = _whole(desk, found).manifest, desk.rules.review
            refuse_changed_sources(desk, manifest)
            append(desk.log, lambda chain: _approval(chain, manifest, rules, actor, at, note), by=actor, at=at)
        now = standings(desk.chain())[found.release]
        needed = now.review.approvals if now.review is not None else 0
        console.print(
            f"{escape(found.scope.words)} {found.release[:12]}: approved as {escape(now.approvals[-1].body.for_post)}, "
            f"{len(now.approvals)} of {needed}; {now.state.words}"
        )

    return _each(picked(desk, releases, period, variant), one, console)


def _approval(chain: Chain, manifest: Manifest, rules: Review, by: Actor, at: datetime, note: str) -> ReleaseApproved:
    refuse_back_dated(chain, at)
    *_, today = (may_approve(chain, manifest, rules, by, day, note) for day in days_judged(at))
    return today


def issue(
    releases: Sequence[str],
    region: str,
    source: str,
    period: str,
    variant: str,
    to: Sequence[str],
    console: Console,
    *,
    at: datetime,
    supersedes: str = "",
    reason: str = "",
) -> int:
    """Let approved releases through the gate; one that was stopped half way is finished.

    Parameters
    ----------
    to
        Whoever gets it beside those whose copies the documents are.
    supersedes, reason
        The release whose place it takes, and why.

    Raises
    ------
    RefusedError
        As `decisions.issue` and the gate; the refusal is noted in the log.
    """
    desk = desk_of(region, source)
    actor = desk.actor()

    def one(found: Standing) -> None:
        with refusals_noted(desk, "supersede" if supersedes else "issue", actor, found.release):
            refuse_back_dated(desk.chain(), at)
            basis = _allowed(desk, found, to, at)
            released = _issued(desk, found, to, supersedes, reason, actor, at)
        console.print(
            f"{escape(found.scope.words)}: released, id {released.id[:12]}, {escape(shown(released.folder))}\n"
            f"  log head {desk.chain().head[:16]}: keep it, it stands for everything noted so far"
        )
        for warning in basis.warnings if basis is not None else ():
            console.print(escape(f"  to do: {warning}"), style="yellow")

    return _each(picked(desk, releases, period, variant, unfinished=True), one, console)


def _allowed(desk: Desk, found: Standing, to: Sequence[str], at: datetime) -> Basis | None:
    agreements, rules = load_agreements(desk.region.id, desk.registers), sharing_rules(desk.region.id, desk.registers)
    basis = None
    for day in days_judged(at):
        basis = refuse_unless_allowed(desk.chain(), found.scope, to, desk.region, rules, agreements, day, names=named)
    return basis


def _issued(
    desk: Desk, found: Standing, to: Sequence[str], supersedes: str, reason: str, actor: Actor, at: datetime
) -> Released:
    before = decisions.standing_of(desk.chain(), supersedes).release if supersedes else ""
    whole = _whole(desk, found)
    refuse_unfit(whole)
    for day in days_judged(at):
        refuse_changed_names(desk.chain(), whole.manifest, sharing_rules(desk.region.id, desk.registers), day, named)
    later = sorted({*to} - found.recipients)
    if found.state not in RELEASED or later:
        for day in days_judged(at):
            decisions.refuse_out_of_use(whole.manifest, day)
        refuse_changed_sources(desk, whole.manifest, released=found.state in RELEASED)
    if found.state not in RELEASED:
        recipients = sorted({*(one.recipient for one in whole.manifest.documents.values()), *to})
        append(
            desk.log,
            lambda chain: decisions.issue(chain, whole.manifest, recipients, before, reason),
            by=actor,
            at=at,
        )
    elif before and standings(desk.chain())[before].superseded_by != found.release:
        what = f"{found.release[:12]} is released already, and did not take the place of {before[:12]}"
        raise RefusedError(what, where=found.scope.words, remedy="withdraw the one that is not to be used any more")
    elif later:
        append(desk.log, lambda chain: decisions.send(chain, found.release, later), by=actor, at=at)
    # The log says so now; whoever is stopped here finds the release there, and the same command lays the folder.
    return let_through(whole, standings(desk.chain())[found.release], desk.place.release)


def _whole(desk: Desk, found: Standing) -> Whole:
    whole = read_whole(desk.staging(found.scope), found.release)
    decisions.refuse_other_policy(whole.manifest, desk.rules, policy().sha256)
    return whole


def _each(found: Sequence[Standing], step: Callable[[Standing], None], console: Console) -> int:
    """Take a step with each release; with one alone its refusal is the command's."""
    if len(found) == 1:
        step(found[0])
        return int(ExitCode.OK)
    refused = 0
    for one in found:
        try:
            step(one)
        except RefusedError as error:
            refused += 1
            console.print(f"{escape(one.scope.words)}: {escape(str(error))}", style="red")
    return int(ExitCode.REFUSED if refused else ExitCode.OK)
