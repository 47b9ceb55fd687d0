"""What a successor needs to know: who holds which post, by what rules, what ends soon, and where everything is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from analysis.cli.region_log import named
from analysis.cli.release.desk import Desk
from analysis.config import shown
from analysis.registers.agreements import Agreement, load_agreements
from analysis.registers.log.chain import Chain
from analysis.registers.people import People, people_path, read_people
from analysis.registers.permissions import Permission, permissions_of

SOON = 92
"""Days ahead that are looked at: a quarter, from one handing over to the next release."""


def handover(desk: Desk, chain: Chain, on: date, people: People | None = None) -> Iterator[str]:
    """Posts and who holds them, the rules, what is due or ends, and where things are, a sentence each.

    Parameters
    ----------
    on
        The day that it is told for.
    people
        The names behind the posts; without them it is told how many hold each.
    """
    yield from _posts(desk, people)
    yield from _agreements(load_agreements(desk.region.id, desk.registers), desk.region.members, on)
    yield from _permissions(permissions_of(chain), on)
    yield from _places(desk)
    yield "First steps: tartanrug log verify; tartanrug log enrol for yourself; docs/how-to/release.md"


def _posts(desk: Desk, people: People | None) -> Iterator[str]:
    held = (people or read_people(people_path(desk.registers))).people.values()

    def told(names: list[str]) -> str:
        return ", ".join(names) if people is not None else f"{len(names)} enrolled" * bool(names)

    for post in desk.rules.review.posts:
        names = [person.name for person in held if person.post.casefold() == post.post.casefold()]
        deputies = [person.name for person in held if person.post.casefold() in map(str.casefold, post.deputies)]
        who, others = told(names) or "NOBODY IS ENROLLED", told(deputies) or "none enrolled"
        yield f"{post.post}: {who}; deputies: {others}"
    review = desk.rules.review
    yield (
        f"{review.approvals} approvals; deputies after {review.deputies_after} working days, "
        f"late after {review.deadline} (release policy {desk.rules.sha256[:12]})"
    )


def _agreements(agreements: Iterable[Agreement], members: Iterable[str], on: date) -> Iterator[str]:
    """Those that hold and what is due of them, those that end soon, and those that have ended."""
    members = tuple(members)
    for one in agreements:
        if not one.holds(on):
            yield f"Agreement, not in force: {one.title}: {one.why_not(on)}"
            continue
        last, review = one.last_day, one.next_review
        said = [f"ends on {last}"] if last is not None and (last - on).days <= SOON else []
        if review is not None and 0 <= (review - on).days <= SOON:
            said.append(f"its review is due on {review}")
        said += one.warnings(on, members)
        yield f"Agreement: {one.title}: {'; '.join(said) or 'nothing is due'}"


def _permissions(permissions: Iterable[Permission], on: date) -> Iterator[str]:
    """Those that hold and end soon, the first to end first."""
    live = [one for one in permissions if one.state(on) == "live"]
    ending = sorted((one for one in live if (one.ends - on).days <= SOON), key=lambda one: one.ends)
    for one in ending:
        granted = one.granted
        whose = ", ".join(map(named, granted.authorities)) or granted.body
        yield f"Permission {granted.id} ends on {one.ends}: {whose}, for {granted.audience} ({granted.scope.words})"
    yield f"Permissions in force: {len(live)}, of which {len(ending)} end within {SOON} days (tartanrug permit list)"


def _places(desk: Desk) -> Iterator[str]:
    for what, path in (
        ("Log", desk.log),
        ("People", people_path(desk.registers)),
        ("Registers", desk.registers),
        ("Waiting documents", desk.place.out),
        ("Released documents", desk.place.release),
    ):
        yield f"{what}: {shown(path)}"
