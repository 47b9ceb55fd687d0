"""What went to whom, from the log's events of release: what a withdrawal, an incident or an erasure calls back."""

from __future__ import annotations

from collections.abc import Collection

from analysis.registers.log.chain import Chain
from analysis.registers.recall import IssuedCopy
from analysis.release.events import Scope
from analysis.release.standing import standings
from analysis.views.model import Variant


def issued_copies(chain: Chain, everyone: Collection[str]) -> tuple[IssuedCopy, ...]:
    """A copy for each recipient of each release, in the order of the releases' checks.

    Parameters
    ----------
    chain
        The region's log.
    everyone
        DfE codes of all whose figures the region has or had: an internal document shows every one of them.
    """
    return tuple(
        IssuedCopy(
            release=one.release,
            title=one.scope.words,
            audience=recipient,
            shown=named_in(one.scope, everyone),
            recipients=(recipient,),
            issued=one.issued_at.date(),
        )
        for one in standings(chain).values()
        if one.issued is not None and one.issued_at is not None
        for recipient in one.issued.recipients
    )


def named_in(scope: Scope, everyone: Collection[str]) -> tuple[str, ...]:
    """DfE codes of those whom a release names with figures that are not published."""
    if scope.variant is Variant.PUBLIC:
        return ()
    if scope.authority and scope.variant is not Variant.INTERNAL:
        return (scope.authority,)
    return tuple(everyone)
