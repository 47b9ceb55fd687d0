"""What went to whom, from the log's events of release: what a withdrawal, an incident or an erasure calls back."""

from __future__ import annotations

from collections.abc import Collection

from analysis.registers.log.chain import Chain
from analysis.registers.recall import IssuedCopy
from analysis.release.standing import standings


def issued_copies(chain: Chain, everyone: Collection[str]) -> tuple[IssuedCopy, ...]:
    """A copy for each recipient of each release, then or later, in the order of the releases' checks.

    Parameters
    ----------
    chain
        The region's log.
    everyone
        DfE codes of all whose figures the region has or had: taken as shown by an internal document of which the log
        does not say whom it shows.
    """
    return tuple(
        IssuedCopy(
            release=one.release,
            title=one.scope.words,
            audience=recipient,
            shown=one.shows or one.scope.shows(everyone),
            recipients=(recipient,),
            issued=day,
            document=one.scope.document,
        )
        for one in standings(chain).values()
        for recipient, day in one.sent
    )
