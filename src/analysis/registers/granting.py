"""Entering a permission, and taking one back: the rules of who may."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from analysis.reference.matching import plain
from analysis.registers.log.chain import Chain
from analysis.registers.permissions import (
    BadPermissionError,
    Capacity,
    PermissionGranted,
    PermissionWithdrawn,
    permissions_of,
)
from analysis.registers.scope import Scope
from analysis.registers.sharing import SharingRules

_WHERE = "the region's rules say who may: data/registers/<region>/sharing.yml (docs/how-to/permissions.md)"


def granting(
    *,
    rules: SharingRules,
    collects: Collection[str],
    body: str = "",
    authorises: bool = False,
    authorities: tuple[str, ...] = (),
    audience: str,
    scope: Scope,
    purpose: str,
    evidence: str,
    first: date,
    until: date,
) -> Callable[[Chain], PermissionGranted]:
    """What `append` is to decide: the next permission of the log.

    Parameters
    ----------
    rules
        Who may permit for whom in the region.
    collects
        DfE codes of everyone whose figures the region has or had.
    body
        The body that grants, where it is not an authority.
    authorises
        Whether the body authorises, beside the authorities' own permissions.

    Raises
    ------
    BadPermissionError
        When asked: if the body is none that the region's rules name, or an authority is not in the collection.
    """
    if authorises:
        capacity, known = Capacity.AUTHORISATION, rules.authorising(audience)
        if plain(known) != plain(body):
            raise BadPermissionError(f"{body} is no body whose authorisation {audience} needs", remedy=_WHERE)
    elif body:
        capacity = Capacity.ON_BEHALF
        if rules.collective(body) is None:
            raise BadPermissionError(f"{body} may not permit for authorities in this region", remedy=_WHERE)
    else:
        capacity = Capacity.AUTHORITY
    strangers = [code for code in authorities if code not in collects]
    if strangers:
        raise BadPermissionError(f"{', '.join(strangers)}: not in this collection", remedy="name a member, or a region")

    def decide(chain: Chain) -> PermissionGranted:
        number = sum(1 for _ in chain.of_kind(PermissionGranted)) + 1
        return PermissionGranted(
            id=f"p{number:04d}",
            capacity=capacity,
            body=body,
            authorities=authorities,
            audience=audience,
            scope=scope,
            purpose=purpose,
            evidence=evidence,
            first=first,
            until=until,
        )

    return decide


def withdrawing(
    identifier: str, *, on: date, evidence: str, reason: str = ""
) -> Callable[[Chain], PermissionWithdrawn]:
    """What `append` is to decide: a permission taken back.

    Raises
    ------
    BadPermissionError
        When decided: if there is no such permission, or it was withdrawn already for that day or an earlier one.
    """

    def decide(chain: Chain) -> PermissionWithdrawn:
        found = next((one for one in permissions_of(chain) if one.granted.id == identifier), None)
        if found is None:
            raise BadPermissionError(f"there is no permission {identifier}", remedy="tartanrug permit list")
        if found.withdrawn is not None and found.withdrawn <= on:
            raise BadPermissionError(f"{identifier} was withdrawn from {found.withdrawn} on", remedy="nothing to do")
        return PermissionWithdrawn(id=identifier, on=on, reason=reason, evidence=evidence)

    return decide
