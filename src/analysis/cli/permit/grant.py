"""`tartanrug permit grant` and `withdraw`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from rich.console import Console
from rich.markup import escape

from analysis.cli.known_word import known_word
from analysis.cli.region_log import RegionLog, named, said_in_words
from analysis.errors import UsageError
from analysis.pipeline.issued_copies import issued_copies
from analysis.reference.registry import registry_for
from analysis.registers.basis import until_by_default
from analysis.registers.granting import granting, withdrawing
from analysis.registers.permissions import PermissionGranted, permissions_of
from analysis.registers.recall import recall_notice, resting_on
from analysis.registers.scope import Scope
from analysis.returns.chasing import SEND_TO_PLACEHOLDER


@dataclass(frozen=True)
class Wish:
    """What was typed."""

    authorities: tuple[str, ...]
    on_behalf: str
    authorisation: str
    audience: str
    purpose: str
    evidence: str
    indicators: tuple[str, ...]
    periods: tuple[str, ...]
    document: str
    first: date | None
    until: date | None


def grant_permission(region: str, source: str, wish: Wish, console: Console, *, at: datetime) -> None:
    """Enter one permission for each authority that grants for itself, or one of a body for all that are named.

    Raises
    ------
    UserError
        If a name is not known, a word names a person, or the region's rules do not let the body permit.
    """
    log = RegionLog.of(region, source)
    if wish.on_behalf and wish.authorisation:
        raise UsageError("--on-behalf and --authorisation are two permissions", remedy="enter one after the other")
    codes = log.codes(wish.authorities)
    if bool(codes) == bool(wish.authorisation):
        remedy = "name with --authority whose figures it is about; an authorisation names none"
        raise UsageError("whose figures is it about?", remedy=remedy)
    first = wish.first or at.date()
    until = wish.until or until_by_default(first, log.rules.permission_months, log.agreements)
    together = bool(wish.on_behalf or wish.authorisation)
    for group in [codes] if together else [(code,) for code in codes]:
        decide = granting(
            rules=log.rules,
            collects=log.everyone,
            body=wish.on_behalf or wish.authorisation,
            authorises=bool(wish.authorisation),
            authorities=group,
            audience=wish.audience,
            scope=scope_of(log, wish.indicators, wish.periods, wish.document),
            purpose=wish.purpose,
            evidence=wish.evidence,
            first=first,
            until=until,
        )
        granted = log.write(decide, at=at).body_as(PermissionGranted)
        who = granted.body or named(group[0])
        console.print(escape(f"Entered {granted.id}: {who}, for {granted.audience}, {first} to {until}"))
        console.print(escape(f"  {granted.scope.words}; {granted.purpose}"))


def withdraw_permission(
    region: str,
    source: str,
    permission: str,
    evidence: str,
    reason: str,
    first: date | None,
    console: Console,
    *,
    at: datetime,
) -> None:
    """Enter that a permission is taken back, and say what has been issued under it.

    Raises
    ------
    UserError
        If there is no such permission, or it was withdrawn before.
    """
    log = RegionLog.of(region, source)
    on = first or at.date()
    decide = withdrawing(permission, on=on, evidence=evidence, reason=reason)
    log.write(decide, at=at)
    chain = log.chain
    taken_back = next(one for one in permissions_of(chain) if one.granted.id == permission)
    copies = resting_on(taken_back, issued_copies(chain, log.everyone))
    console.print(escape(f"{permission} is withdrawn, and no longer holds from {on} on."))
    for copy in copies:
        console.print(escape(f"  issued {copy.issued}: {copy.title}, to {', '.join(copy.recipients)}"))
    why = f"The permission on which it went to {taken_back.granted.audience} has been withdrawn."
    console.print(escape(recall_notice(why, copies, sender=log.region.returns_to or SEND_TO_PLACEHOLDER, on=on)))


def scope_of(log: RegionLog, indicators: tuple[str, ...], periods: tuple[str, ...], document: str) -> Scope:
    """A scope of ids and quarters that exist."""
    known = tuple(registry_for(log.region).indicators)
    with said_in_words():
        return Scope(indicators=tuple(_indicator(one, known) for one in indicators), periods=periods, document=document)


def _indicator(text: str, known: tuple[str, ...]) -> str:
    by_lower = {one.lower(): one for one in known}
    return by_lower[known_word(text, tuple(by_lower), "indicator")]
