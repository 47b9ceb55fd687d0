"""Who takes part after a change: joiners and leavers, and successors in the place of those who ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from analysis.reference.changes.change import Change
from analysis.reference.changes.model import Membership, Reorganisation
from analysis.reference.regions import Group, Region

Fault = tuple[tuple[str | int, ...], str, str]
"""The place within the change, what is wrong, and what to do."""


def region_after(region: Region, change: Change) -> Region:
    """The region as a change leaves it; most kinds leave it as it is.

    A new council is no successor in what its predecessors had permitted: it is asked again.
    """
    if isinstance(change, Reorganisation):
        follows = dict.fromkeys(change.predecessors, tuple(one.code for one in change.successors))
        return _followed(region, follows)
    if not isinstance(change, Membership):
        return region
    after = _followed(region, dict.fromkeys(change.leaves, ()))
    members, outside = after.members, after.outside_members
    if change.joined_as == "member":
        members = (*members, *change.joins)
    else:
        outside = (*outside, *change.joins)
    return after.model_copy(update={"members": members, "outside_members": outside})


def _followed(region: Region, follows: Mapping[str, tuple[str, ...]]) -> Region:
    """The region with others, or nobody, in the place of some: where the first of those stood."""

    def after(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(chain.from_iterable(follows.get(code, (code,)) for code in codes)))

    members = after(region.members)
    # Where one of those who merge was a member and another from outside, their successor is a member.
    outside = tuple(code for code in after(region.outside_members) if code not in members)
    groups = (Group(id=one.id, title=one.title, members=left) for one in region.groups if (left := after(one.members)))
    return region.model_copy(
        update={
            "members": members,
            "outside_members": outside,
            "small_counts_shown_by": tuple(code for code in region.small_counts_shown_by if code not in follows),
            "groups": tuple(groups),
        }
    )


def faults(region: Region, change: Change) -> Iterator[Fault]:
    """What of a change cannot be done to a region as it stands before it."""
    if not isinstance(change, Membership):
        return
    for index, code in enumerate(change.joins):
        if code in region.everyone:
            yield ("joins", index), f"{code} takes part already", "remove it, or let it leave first"
    for index, code in enumerate(change.leaves):
        if code not in region.everyone:
            yield ("leaves", index), f"{code} does not take part at that time", "remove it"
    if not set(region.members) - set(change.leaves) and change.joined_as != "member":
        yield ("leaves",), "nobody would be left", "a region has at least one member"
