"""Permissions: an authority's word that a named document about it may go to somebody outside (S0 5.5.3 i, ii).

Each is an event of the region's log; what holds on a day is reckoned from the events, and nothing else is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Self

from pydantic import Field, model_validator

from analysis.errors import ExitCode, UserError
from analysis.reference.matching import plain
from analysis.registers.log.chain import Chain
from analysis.registers.log.event import Body
from analysis.registers.scope import Scope
from analysis.registers.sharing import SharingRules
from analysis.registers.wording import Code, Words


class BadPermissionError(UserError):
    """A permission that may not be entered, or that there is not."""


class NotPermittedError(UserError):
    """Somebody who is shown has not said yes: nothing goes out."""

    exit_code = ExitCode.REFUSED


class Capacity(StrEnum):
    """In what right somebody grants."""

    AUTHORITY = "authority"
    """For its own figures."""
    ON_BEHALF = "on behalf"
    """A body for authorities, where the region's rules name it (S4 2.1)."""
    AUTHORISATION = "authorisation"
    """A body without whose word nothing is shared, beside the permissions (S4 Appendix B)."""


PermissionId = str
"""`p0001`: by its place among the permissions of the log."""


class PermissionGranted(Body):
    """Somebody said yes, in writing."""

    kind: ClassVar[str] = "permission_granted"

    id: PermissionId = Field(pattern=r"^p\d{4,}$")
    capacity: Capacity
    body: Words = ""
    """The body's name, where it is not an authority that grants."""
    authorities: tuple[Code, ...] = ()
    """DfE codes of those whose figures it is about: one that grants for itself, or those for whom a body does."""
    audience: Words = Field(min_length=2, max_length=100)
    """Who may see it: `Ofsted`, `Thames Valley Police`."""
    scope: Scope
    purpose: Words = Field(min_length=3)
    evidence: Words = Field(min_length=3)
    """Where the yes is to be found: a letter, minutes, a message's reference."""
    first: date
    until: date
    """The last day, itself included: a permission without an end is none."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.until < self.first:
            raise ValueError("it ends before it begins")
        if self.capacity is Capacity.AUTHORITY and (len(self.authorities) != 1 or self.body):
            raise ValueError("an authority grants for itself alone")
        if self.capacity is Capacity.ON_BEHALF and not (self.body and self.authorities):
            raise ValueError("say which body grants, and for which authorities")
        if self.capacity is Capacity.AUTHORISATION and (not self.body or self.authorities):
            raise ValueError("say which body authorises; it speaks for no single authority")
        return self


class PermissionWithdrawn(Body):
    """Somebody took their yes back."""

    kind: ClassVar[str] = "permission_withdrawn"

    id: PermissionId
    on: date
    """The first day on which it no longer holds."""
    reason: Words = ""
    evidence: Words = Field(min_length=3)


@dataclass(frozen=True)
class Permission:
    """A permission and what became of it."""

    granted: PermissionGranted
    recorded: date
    withdrawn: date | None

    def state(self, on: date) -> str:
        """`live`, `withdrawn`, `expired` or `not yet`."""
        if self.withdrawn is not None and self.withdrawn <= on:
            return "withdrawn"
        if on < self.granted.first:
            return "not yet"
        return "live" if on <= self.granted.until else "expired"

    @property
    def ends(self) -> date:
        """The last day on which it holds or held."""
        if self.withdrawn is None:
            return self.granted.until
        return min(self.granted.until, date.fromordinal(self.withdrawn.toordinal() - 1))


def permissions_of(chain: Chain) -> tuple[Permission, ...]:
    """Every permission of the log, in the order of its events."""
    taken_back: dict[str, date] = {}
    for _, body in chain.of_kind(PermissionWithdrawn):
        taken_back[body.id] = min(body.on, taken_back.get(body.id, body.on))
    return tuple(
        Permission(body, event.at.date(), taken_back.get(body.id)) for event, body in chain.of_kind(PermissionGranted)
    )


def live(chain: Chain, audience: str, on: date, *, purpose: str = "") -> tuple[Permission, ...]:
    """The permissions that hold on a day for an audience.

    Parameters
    ----------
    audience
        As it stands in the permissions, whatever its case and punctuation.
    purpose
        If given, only those for it.
    """
    return tuple(
        one
        for one in permissions_of(chain)
        if one.state(on) == "live"
        and plain(one.granted.audience) == plain(audience)
        and (not purpose or plain(one.granted.purpose) == plain(purpose))
    )


def missing(
    chain: Chain, shown: Iterable[str], audience: str, scope: Scope, on: date, *, purpose: str = ""
) -> tuple[str, ...]:
    """Whose permission a document lacks.

    Parameters
    ----------
    chain
        The region's log.
    shown
        DfE codes of the authorities that the document names, without the one that shares it: "the other
        authority(s)" (S0 5.5.3).
    audience, scope, on, purpose
        Who is to see it, what it shows, on which day, and if given, what for.

    Returns
    -------
    tuple of str
        DfE codes in order, each once; empty where everybody has said yes.
    """
    holding = [
        one.granted
        for one in live(chain, audience, on, purpose=purpose)
        if one.granted.capacity is not Capacity.AUTHORISATION
    ]
    return tuple(
        code
        for code in dict.fromkeys(shown)
        if not scope.within(one.scope for one in holding if code in one.authorities)
    )


def unauthorised(chain: Chain, rules: SharingRules, audience: str, scope: Scope, on: date, *, purpose: str = "") -> str:
    """The body whose authorisation a document lacks beside the permissions; empty where none is lacking."""
    body = rules.authorising(audience)
    given = (
        one.granted.scope
        for one in live(chain, audience, on, purpose=purpose)
        if one.granted.capacity is Capacity.AUTHORISATION and plain(one.granted.body) == plain(body)
    )
    return body if body and not scope.within(given) else ""


def require(
    chain: Chain,
    rules: SharingRules,
    shown: Iterable[str],
    audience: str,
    scope: Scope,
    on: date,
    *,
    purpose: str = "",
    names: Callable[[str], str] = str,
) -> None:
    """Refuse a named document for an outside audience unless everybody shown has said yes, all for one purpose.

    Parameters
    ----------
    purpose
        What it is for; if empty, any purpose serves that all of them have permitted. Permissions for two purposes are
        no permission together.
    names
        From a code to what people call the authority.

    Raises
    ------
    NotPermittedError
        With the list of who is missing.
    """
    told = {plain(one.granted.purpose): one.granted.purpose for one in live(chain, audience, on)}
    about = tuple(shown)
    lacks = {
        one: (
            missing(chain, about, audience, scope, on, purpose=one),
            unauthorised(chain, rules, audience, scope, on, purpose=one),
        )
        for one in ([purpose] if purpose else list(told.values()) or [""])
    }
    # Of several purposes the one that is nearest to being permitted is told.
    nearest = min(lacks, key=lambda one: (len(lacks[one][0]), bool(lacks[one][1])))
    lacking, body = lacks[nearest]
    if not (lacking or body):
        return
    said = [f"no permission of {', '.join(map(names, lacking))}"] if lacking else []
    said += [f"no authorisation of {body}"] if body else []
    what_for = f" ({nearest})" if nearest else ""
    raise NotPermittedError(
        f"{' and '.join(said)} for {audience}{what_for}",
        where=scope.words,
        remedy=f'ask them (tartanrug permit ask --audience "{audience}" ...), or share the anonymised one',
    )
