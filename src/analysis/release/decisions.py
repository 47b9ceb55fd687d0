"""What may happen to a release, decided on the whole log and refused with a reason: each gives the event to write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from analysis.reference.working_days import working_days_after
from analysis.registers.log.chain import Chain
from analysis.release.events import (
    CopiesSent,
    RecallWritten,
    ReleaseChecked,
    ReleaseIssued,
    ReleaseWithdrawn,
    ReviewOpened,
)
from analysis.release.manifest import Manifest
from analysis.release.policy import ReleasePolicy, Review
from analysis.release.refused import RefusedError
from analysis.release.standing import Standing, builders, live, standings
from analysis.release.states import ENDED, RELEASED, State, why_not
from analysis.views.model import Variant


def standing_of(chain: Chain, release: str) -> Standing:
    """A release by its id, or by the beginning of it.

    Raises
    ------
    RefusedError
        If the log knows none, or several.
    """
    found = [one for name, one in standings(chain).items() if name.startswith(release)] if len(release) >= 6 else []
    if len(found) != 1:
        what = "several releases begin so" if found else "the log knows no such release"
        raise RefusedError(what, where=release, remedy="`tartanrug release status` lists them; give six signs or more")
    return found[0]


def check(chain: Chain, manifest: Manifest, shows: Sequence[str] = ()) -> ReleaseChecked:
    """What was built passed the checks of a machine: built -> qa_passed.

    Parameters
    ----------
    shows
        DfE codes of those of whom it holds what is not published: whoever is told of a recall or an incident.

    Raises
    ------
    RefusedError
        If the log does not know who built a file of it, or it was checked already.
    """
    for name, document in manifest.documents.items():
        if not builders(chain, {name: document.sha256}):
            raise RefusedError(
                "the log does not know who built this document",
                where=name,
                remedy="build it with `tartanrug build --for-review`, which notes it",
            )
    if manifest.id in standings(chain):
        raise RefusedError("these documents were checked already", where=manifest.id[:12], remedy="see release status")
    return ReleaseChecked(
        release=manifest.id,
        scope=manifest.scope,
        documents=len(manifest.documents),
        findings=manifest.findings,
        audited=all(one.certificate_sha256 is not None for one in manifest.documents.values()),
        shows=tuple(sorted(shows)),
    )


def open_review(chain: Chain, release: str, rules: Review, on: date) -> ReviewOpened:
    """The DBG is asked: qa_passed -> dbg_review.

    Raises
    ------
    RefusedError
        If it is somewhere else on its way.
    """
    found = may_become(chain, release, State.DBG_REVIEW)
    return ReviewOpened(
        release=found.release,
        approvals=rules.approvals,
        deputies_from=working_days_after(on, rules.deputies_after) if rules.deputies_after else on,
        deadline=working_days_after(on, rules.deadline),
    )


def issue(
    chain: Chain, manifest: Manifest, recipients: Sequence[str], supersedes: str = "", reason: str = ""
) -> ReleaseIssued:
    """It goes out: dbg_approved -> released_dfe or released_limited, and what it replaces -> superseded.

    Raises
    ------
    RefusedError
        If the DBG has not approved these bytes; if another release of the same kind is in use and is not named; or
        what is named is not it.
    """
    to = State.RELEASED_DFE if manifest.scope.variant is Variant.DFE else State.RELEASED_LIMITED
    found = may_become(chain, manifest.id, to)
    refuse_unless_bound(found, manifest)
    in_use = live(standings(chain), manifest.scope)
    if in_use is not None and in_use.release != supersedes:
        raise refusal(
            found,
            f"{in_use.release[:12]} of the same kind is in use, and two would contradict each other",
            f"tartanrug release supersede {in_use.release[:12]} --by {found.release[:12]} --reason ...",
        )
    if supersedes and in_use is None:
        before = standing_of(chain, supersedes)
        words = "is for another reader or quarter" if before.scope != manifest.scope else why_not(before.state, to)
        raise refusal(found, f"{supersedes[:12]} can't be superseded by it: {words}", "see release status")
    if supersedes and not reason:
        raise refusal(found, "why is it superseded?", "give --reason")
    return ReleaseIssued(
        release=found.release,
        to="released_dfe" if to is State.RELEASED_DFE else "released_limited",
        recipients=tuple(recipients),
        supersedes=supersedes or None,
        reason=reason,
    )


def send(chain: Chain, release: str, recipients: Sequence[str]) -> CopiesSent:
    """Others get what was released already.

    Raises
    ------
    RefusedError
        If it is not in use.
    """
    found = standing_of(chain, release)
    if found.state not in RELEASED:
        raise refusal(found, f"it is {found.state.words}, and not to be sent", "see release status")
    return CopiesSent(release=found.release, recipients=tuple(recipients))


def withdraw(chain: Chain, release: str, reason: str) -> ReleaseWithdrawn:
    """Any state that has not ended -> withdrawn.

    Raises
    ------
    RefusedError
        If it has ended.
    """
    return ReleaseWithdrawn(release=may_become(chain, release, State.WITHDRAWN).release, reason=reason)


def recall(chain: Chain, release: str, copies: Mapping[str, str]) -> RecallWritten:
    """Everybody who has it is asked to give it back or destroy it.

    Parameters
    ----------
    copies
        Whose copy each document is, by its name; empty where the manifest is not kept any more. The log knows all the
        same who was sent it.

    Raises
    ------
    RefusedError
        If nobody has it, or it is in use.
    """
    found = standing_of(chain, release)
    if found.issued is None:
        raise refusal(found, "it was never released, and nobody has it", "nothing")
    if found.state not in ENDED:
        raise refusal(found, f"it is {found.state.words} and in use", "tartanrug release withdraw, or supersede")
    recipients = sorted({*copies.values(), *found.recipients})
    return RecallWritten(release=found.release, recipients=tuple(recipients), documents=tuple(sorted(copies)))


def refuse_unless_bound(found: Standing, manifest: Manifest) -> None:
    """Each approval must be for the bytes that the manifest lists, drafts and finals.

    Raises
    ------
    RefusedError
        If one is for others.
    """
    for one in found.approvals:
        if (one.body.documents, one.body.drafts) != (manifest.finals_digest, manifest.drafts_digest):
            raise refusal(found, f"the approval for {one.body.for_post} is for other bytes", "have it approved again")


def refuse_other_policy(manifest: Manifest, rules: ReleasePolicy, disclosure_sha256: str) -> None:
    """What was made and approved by other rules than those in force does not go out.

    Raises
    ------
    RefusedError
        If the policy was changed since the manifest was written.
    """
    changed = [
        name
        for name, then, now in (
            ("release", manifest.release_policy, rules.sha256),
            ("disclosure", manifest.disclosure_policy, disclosure_sha256),
        )
        if then != now
    ]
    if changed:
        raise RefusedError(
            f"the {' and '.join(changed)} policy was changed since it was built",
            where=manifest.id[:12],
            remedy="build and review it again",
        )


def refuse_out_of_use(manifest: Manifest, on: date) -> None:
    """A document whose last day is over goes to nobody: each of its pages says so.

    Raises
    ------
    RefusedError
        With the day.
    """
    if manifest.use_until is not None and on > manifest.use_until:
        raise RefusedError(
            f"its last day of use was {manifest.use_until.day} {manifest.use_until:%B %Y}",
            where=manifest.id[:12],
            remedy="withdraw it; figures of that quarter stand in later ones' documents too",
        )


def may_become(chain: Chain, release: str, wanted: State) -> Standing:
    """A release that may take a step.

    Raises
    ------
    RefusedError
        If it is somewhere else on its way.
    """
    found = standing_of(chain, release)
    reason = why_not(found.state, wanted)
    if reason:
        raise refusal(found, f"it can't be {wanted.words}: {reason}", "tartanrug release status")
    return found


def refusal(found: Standing, what: str, remedy: str) -> RefusedError:
    """The refusal of a step of a release (the caller raises it)."""
    return RefusedError(what, where=f"{found.scope.words} ({found.release[:12]})", remedy=remedy)
