"""A region's releases on one screen: where each stands, what it waits for, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from analysis.registers.log.chain import Chain
from analysis.registers.log.event import Actor
from analysis.release.events import DocumentRegistered, DocumentsBuilt
from analysis.release.policy import Review
from analysis.release.standing import Standing, standings
from analysis.release.states import RELEASED, State

_REGISTER_AGAIN = "tartanrug release register, once more"
HEADINGS = ("Quarter", "Variant", "Release", "State", "Approved by", "Waits for")


@dataclass(frozen=True)
class Line:
    """One release, as it is shown."""

    period: str
    variant: str
    release: str
    state: str
    approved: str
    waits: str
    late: bool = False
    posts: str = ""
    """Who approved, by post alone."""

    @property
    def cells(self) -> tuple[str, ...]:
        """In the order of `HEADINGS`."""
        return (self.period, self.variant, self.release, self.state, self.approved, self.waits)

    @property
    def by_post(self) -> tuple[str, ...]:
        """The same with posts alone: a page goes further than a screen, and the log has no names either."""
        return (self.period, self.variant, self.release, self.state, self.posts, self.waits)


def board(
    chain: Chain,
    rules: Review,
    on: date,
    name_of: Callable[[Actor], str],
    wrong_with: Callable[[Standing], str],
    period: str = "",
) -> tuple[Line, ...]:
    """The lines of a region's status.

    Parameters
    ----------
    rules
        Say which posts approve.
    on
        The day that it is shown for.
    name_of
        What a person is called.
    wrong_with
        What is wrong with an open release or one in use; empty where nothing is.
    period
        One quarter; all if empty.

    Returns
    -------
    tuple of Line
        By quarter, the latest first, then in the order of the log; what was built and never put before the DBG first.
    """
    held = standings(chain)
    lines = [_line(one, rules, on, name_of, wrong_with) for one in held.values()]
    lines = [*_only_built(chain, held.values()), *lines]
    wanted = [line for line in lines if not period or line.period == period]
    return tuple(sorted(wanted, key=lambda line: line.period, reverse=True))


def _line(
    one: Standing,
    rules: Review,
    on: date,
    name_of: Callable[[Actor], str],
    wrong_with: Callable[[Standing], str],
) -> Line:
    variant = f"{one.scope.variant.value} {one.scope.authority}".strip()
    variant = f"{one.scope.document} ({variant})" if one.scope.document else variant
    approved = "; ".join(f"{name_of(each.by)} for {each.body.for_post}" for each in one.approvals)
    late = one.late(on)
    waits = (wrong_with(one) if one.open or one.state in RELEASED else "") or _waits(one, rules, on)
    waits = f"LATE: {waits}" if late else waits
    posts = "; ".join(f"{each.by.post} for {each.body.for_post}" for each in one.approvals)
    return Line(one.scope.period, variant, one.release[:12], one.state.words, approved, waits, late, posts)


def _waits(one: Standing, rules: Review, on: date) -> str:
    if one.state is State.DBG_APPROVED:
        return "tartanrug release issue"
    if one.state is State.DBG_REVIEW and one.review is not None:
        done = {each.body.for_post.casefold() for each in one.approvals}
        posts = [post for post in rules.posts if post.post.casefold() not in done]
        deputised = on >= one.review.deputies_from
        said = [f"{post.post} (or {', '.join(post.deputies)})" if deputised else post.post for post in posts]
        needed = one.review.approvals - len(one.approvals)
        return f"{needed} of {', '.join(said)}, by {one.review.deadline:%d %B %Y}"
    if one.state is State.SUPERSEDED:
        return f"replaced by {one.superseded_by[:12]}{'' if not one.was_released or one.recalled else '; recall it'}"
    if one.state is State.WITHDRAWN:
        return one.reason + ("" if not one.was_released or one.recalled else "; recall it")
    return ""


def _only_built(chain: Chain, held: Iterable[Standing]) -> list[Line]:
    """The last build of a quarter and variant, where no check came after it."""
    held = tuple(held)
    checked = {(one.scope.period, one.scope.variant): one.checked_at for one in held if not one.scope.document}
    last = {(body.period, body.variant): event.at for event, body in chain.of_kind(DocumentsBuilt)}
    return [
        Line(period, variant.value, "", State.BUILT.words, "", "tartanrug release review")
        for (period, variant), at in last.items()
        if (period, variant) not in checked or checked[period, variant] < at
    ] + [
        # Taken in by a command that was stopped before it opened the review.
        Line(scope.period, f"{scope.document} ({scope.variant.value})", "", State.BUILT.words, "", _REGISTER_AGAIN)
        for scope, at in {body.scope: event.at for event, body in chain.of_kind(DocumentRegistered)}.items()
        if not any(one.scope == scope and one.checked_at >= at for one in held)
    ]


def as_page(lines: Sequence[Line], title: str, notes: Sequence[str], marking: Sequence[str]) -> str:
    """The same as an HTML page that calls for nothing and names no person.

    Parameters
    ----------
    marking
        How far it may go: at both ends of the page, and on each sheet that is printed.
    """
    marked = "".join(f'<p class="marking">{escape(one)}</p>\n' for one in marking)
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in HEADINGS)
    rows = "".join(f"<tr>{_row(line)}</tr>\n" for line in lines)
    said = "".join(f"<p>{escape(note)}</p>\n" for note in notes)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>body {{ font-family: sans-serif; margin: 2rem; "
        "overflow-wrap: anywhere; } .scroll { overflow-x: auto; } th, td { overflow-wrap: normal; } "
        "table { border-collapse: collapse; } th, td { border: 1px solid #595959; padding: 0.4rem; text-align: left; }"
        ".marking { font-weight: bold; margin: 0; } @media print { body { margin-bottom: 5rem; } "
        "footer { position: fixed; bottom: 0; background: #ffffff; } }"
        f"</style>\n</head>\n<body>\n<header>\n{marked}</header>\n<main>\n<h1>{escape(title)}</h1>\n{said}"
        '<div class="scroll" role="region" aria-label="Releases" tabindex="0">\n'
        f"<table>\n<caption>Releases</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
        f"</main>\n<footer>\n{marked}</footer>\n</body>\n</html>\n"
    )


def _row(line: Line) -> str:
    """A row is about a release, which stands behind its quarter and variant."""
    about = HEADINGS.index("Release")
    cells = [escape(cell) for cell in line.by_post]
    return "".join(
        f'<th scope="row">{cell}</th>' if place == about else f"<td>{cell}</td>" for place, cell in enumerate(cells)
    )
