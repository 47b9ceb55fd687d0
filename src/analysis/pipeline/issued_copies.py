"""What went to whom, or was made for them, as the log has it: what a withdrawal, incident or erasure calls back."""

from __future__ import annotations

from collections.abc import Collection

from analysis.registers.log.chain import Chain
from analysis.registers.recall import IssuedCopy
from analysis.release.events import ReadingCopiesBuilt
from analysis.release.standing import standings


def issued_copies(chain: Chain, everyone: Collection[str]) -> tuple[IssuedCopy, ...]:
    """A copy for each recipient of each release, then or later, in the order of the releases' checks.

    After them those that were made for somebody named without a release (`brief`, `meeting --for`), one for each
    command: the log knows for whom they were made, and not whether they were sent.

    Parameters
    ----------
    chain
        The region's log.
    everyone
        DfE codes of all whose figures the region has or had: taken as shown by an internal document of which the log
        does not say whom it shows.
    """
    released = (
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
    made_for_somebody = (
        IssuedCopy(
            release="",
            title=", ".join(sorted(body.documents)),
            audience=body.audience,
            shown=body.shows,
            recipients=(body.audience,),
            issued=event.at.date(),
        )
        for event, body in chain.of_kind(ReadingCopiesBuilt)
        if body.audience
    )
    return (*released, *made_for_somebody)
