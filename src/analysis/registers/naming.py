"""Who is named in a quarter's anonymised packs: the group decides, and each that is named must have permitted it.

"Express permission" of an authority (S0 5.5.3 ii) lets the group name it beside the bands; it obliges to nothing, and a
permission that is taken back ends it at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pydantic import Field

from analysis.errors import UsageError
from analysis.reference.matching import plain
from analysis.registers.log.chain import Chain
from analysis.registers.log.event import Body
from analysis.registers.permissions import Capacity, NotPermittedError, Permission, permissions_of, require
from analysis.registers.scope import Scope
from analysis.registers.sharing import SharingRules
from analysis.registers.wording import Code, QuarterText, Words

AUDIENCE = "partners and inspectors of the authority"
"""Whom anonymised packs are for (DESIGN 3), and so the audience of a permission to be named in them."""


class AuthoritiesNamed(Body):
    """The group decided who is named in a quarter's packs; a later decision takes the place of an earlier one."""

    kind: ClassVar[str] = "authorities_named"

    period: QuarterText
    authorities: tuple[Code, ...]
    """Empty where nobody is named any more."""
    evidence: Words = Field(min_length=3)
    """Where the decision stands: minutes."""


@dataclass(frozen=True)
class Named:
    """An authority that is named, and what permits it."""

    authority: str
    """DfE code."""
    permission: str
    until: date


def naming(
    *,
    period: str,
    authorities: tuple[str, ...],
    evidence: str,
    rules: SharingRules,
    on: date,
    names: Callable[[str], str],
) -> Callable[[Chain], AuthoritiesNamed]:
    """What `append` is to decide: who is named in a quarter's packs.

    Parameters
    ----------
    period
        A quarter.
    authorities
        DfE codes, each once; empty where nobody is named any more.
    on
        The day of the decision, on which each permission must hold.

    Raises
    ------
    NotPermittedError
        When decided: with the list of those who have not permitted it.
    UsageError
        If the same is decided already.
    """

    def decide(chain: Chain) -> AuthoritiesNamed:
        require(chain, rules, authorities, AUDIENCE, Scope(periods=(period,)), on, names=names)
        codes = tuple(sorted(set(authorities)))
        if codes == _decided(chain, period):
            raise UsageError(f"that is decided for {period} already", remedy="nothing to do")
        return AuthoritiesNamed(period=period, authorities=codes, evidence=evidence)

    return decide


def named_in(chain: Chain, period: str) -> tuple[Named, ...]:
    """Who is named in a quarter's packs as the log stands, by code.

    It asks for no day, so that the same log gives the same pages: a permission that was taken back no longer counts,
    and one that has run out is printed with its last day and stops the release (`release.allowed`).
    """
    held = {code: _permission(chain, code, period) for code in _decided(chain, period)}
    return tuple(Named(code, one.granted.id, one.granted.until) for code, one in held.items() if one is not None)


def refuse_if_other_than_built(
    chain: Chain, built_at: str, period: str, rules: SharingRules, on: date, names: Callable[[str], str]
) -> None:
    """Refuse packs that name others than may be named on the day that they go out.

    Parameters
    ----------
    built_at
        The head of the log when the packs were audited.

    Raises
    ------
    NotPermittedError
        If the decision has changed since, or a permission was taken back or has run out.
    """
    named, before = named_in(chain, period), named_in(chain.up_to(built_at), period)
    if named != before:
        raise NotPermittedError(
            "who may be named in it has changed since it was audited",
            where=period,
            remedy="build the packs again, and put them before the DBG: tartanrug build, release packs",
        )
    require(chain, rules, (one.authority for one in named), AUDIENCE, Scope(periods=(period,)), on, names=names)


def _decided(chain: Chain, period: str) -> tuple[str, ...]:
    decided = [body.authorities for _, body in chain.of_kind(AuthoritiesNamed) if body.period == period]
    return decided[-1] if decided else ()


def _permission(chain: Chain, code: str, period: str) -> Permission | None:
    """The one that holds longest of those that were not taken back."""
    return max(
        (
            one
            for one in permissions_of(chain)
            if one.withdrawn is None
            and one.granted.capacity is not Capacity.AUTHORISATION
            and code in one.granted.authorities
            and plain(one.granted.audience) == plain(AUDIENCE)
            and Scope(periods=(period,)).within([one.granted.scope])
        ),
        key=lambda one: one.granted.until,
        default=None,
    )
