"""Who may approve a release: two posts, neither of them the builder's, and deputies when a post's time has run out."""

from __future__ import annotations

from datetime import date

from analysis.registers.log.chain import Chain
from analysis.registers.log.event import Actor
from analysis.release.decisions import may_become, refusal
from analysis.release.events import ReleaseApproved
from analysis.release.manifest import Manifest
from analysis.release.policy import Review
from analysis.release.standing import Standing, builders
from analysis.release.states import State


def approve(chain: Chain, manifest: Manifest, rules: Review, by: Actor, on: date, note: str = "") -> ReleaseApproved:
    """One more approval; with the last that is needed, dbg_review -> dbg_approved.

    Raises
    ------
    RefusedError
        If the release does not wait for approval, the person built any of it or has approved it already, the post may
        not approve or not yet, or another has approved for it.
    """
    found = may_become(chain, manifest.id, State.DBG_APPROVED)
    files = {name: one.sha256 for name, one in manifest.documents.items()}
    drafts = {name: one.draft_sha256 for name, one in manifest.documents.items() if one.draft_sha256}
    if by.person in builders(chain, files) | builders(chain, drafts):
        raise refusal(found, "whoever built the documents does not approve them", "ask two others (release status)")
    if any(one.by.person == by.person for one in found.approvals):
        raise refusal(
            found, "the same person has approved it already, and two are needed", "ask somebody in another post"
        )
    post = _post_for(found, rules, by, on)
    if any(one.body.for_post.casefold() == post.casefold() for one in found.approvals):
        raise refusal(found, f"it is approved for the post {post} already", "ask another post")
    return ReleaseApproved(
        release=found.release,
        for_post=post,
        documents=manifest.finals_digest,
        drafts=manifest.drafts_digest,
        note=note,
    )


def _post_for(found: Standing, rules: Review, by: Actor, on: date) -> str:
    """The post that somebody approves for: their own, or as a deputy once the holder has had their time."""
    said = by.post.casefold()
    for post in rules.posts:
        if said == post.post.casefold():
            return post.post
        if said in map(str.casefold, post.deputies):
            first = found.review.deputies_from if found.review is not None else on
            if on < first:
                raise refusal(
                    found, f"{by.post} stands in for the {post.post} from {first:%d %B %Y} on", "wait, or ask them"
                )
            return post.post
    raise refusal(found, f"the post {by.post} approves nothing", f"ask {', '.join(post.post for post in rules.posts)}")
