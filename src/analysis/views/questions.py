"""The questions that a report's own figures, bands and public figures raise: fixed rules, and no finding in any.

Each rule is a small function that asks or stays silent. No rule reads the chart of the own history: where nothing
happened its limits mark too much, so it is a picture and no screen (docs/methods/xmr.md). The words follow the
indicator's polarity: where neither end is counted as better, none is spoken of as good or bad (DESIGN 2.7).
"""

from __future__ import annotations

from collections.abc import Callable

from analysis.disclosure.course import Course
from analysis.disclosure.significant import to_significant
from analysis.reference.indicators import Polarity
from analysis.reference.model import Record
from analysis.reference.status import Status
from analysis.views.anonymised import AnonymisedBlock
from analysis.views.bands_told import last_quarters, span_words
from analysis.views.words import FOURTHS, direction, figure_text

WHAT_IS_ASKED = (
    "Questions to begin a conversation with, asked by fixed rules from the figures in this report alone: a figure that "
    "was not sent; an outer fourth of the group in three of the last four quarters; each of the last four own figures "
    "above each of the first four, or below, while the group's median went the other way; an outer fourth now, and a "
    "published figure on the other side of England's. None is a finding about a service, and some of these come by "
    "chance."
)
NOTHING_ASKED = "By these rules the figures raise no question."

PERSISTENT = 3
"""Of the last four quarters."""
SCALE = 2
"""Significant figures in which a published figure must differ from England's, as the bands are printed."""
YEAR = 4


class Question(Record):
    """What may be asked about one indicator."""

    number: int
    title: str
    words: str


def questions(blocks: tuple[AnonymisedBlock, ...]) -> tuple[Question, ...]:
    """What is asked about each indicator that raises a question, in the order of the list."""
    asked = [(block.own.card, " ".join(words for rule in RULES if (words := rule(block)))) for block in blocks]
    return tuple(Question(number=card.number, title=card.title, words=words) for card, words in asked if words)


def not_sent(block: AnonymisedBlock) -> str:
    """A figure that was not sent is asked for."""
    if block.own.latest.status is not Status.NOT_SUBMITTED or block.own.latest.value is not None:
        return ""
    return "There is no figure for the quarter. When will there be one, and what is known until then?"


def at_one_end(block: AnonymisedBlock) -> str:
    """An outer fourth in three of the last four quarters, the latest among them."""
    quarters = last_quarters(block)
    times = sum(one.fourth == block.fourth for one in quarters)
    if block.fourth not in ("lowest", "highest") or times < PERSISTENT:
        return ""
    polarity = block.own.card.polarity
    where = f"In the {FOURTHS[block.fourth]} of the group in {times} of {span_words(quarters)}"
    if polarity is Polarity.NEUTRAL:
        return f"{where}. What is behind it: need, practice, or how it is recorded?"
    if (block.fourth == "highest") is (polarity is Polarity.BETTER_HIGH):
        return f"{where}; {direction(polarity)}. What makes it so, and will it stay?"
    return f"{where}; {direction(polarity)}. What explains it, and what is already being done?"


def parted_from_the_group(block: AnonymisedBlock) -> str:
    """The own figures and the group's median went opposite ways."""
    own, group = own_course(block), block.bands.way if block.bands is not None else Course.NOT_TOLD
    if {own, group} != {Course.UP, Course.DOWN}:
        return ""
    moved = f"the group's median went {group} and the own figures {own}"
    return f"Over the quarters of the band {moved}. What is different here?"


def against_england(block: AnonymisedBlock) -> str:
    """An outer fourth of the region's figures, where the published figure lay on the other side of England's."""
    if block.fourth not in ("lowest", "highest"):
        return ""
    by_label = {one.label: one for one in block.published if one.like_for_like}
    own, england = (block.published[0] if by_label else None), by_label.get("England")
    if own is None or england is None or own.year != england.year:
        return ""
    if own.cell.value is None or england.cell.value is None:
        return ""
    if to_significant(own.cell.value, SCALE) == to_significant(england.cell.value, SCALE):
        return ""
    above = own.cell.value > england.cell.value
    if above is (block.fourth == "highest"):
        return ""
    figures = [figure_text(one.cell, one.decimals) for one in (own, england)]
    return (
        f"In the {FOURTHS[block.fourth]} of the group now; the published figure for {own.year} was {figures[0]}, "
        f"{'above' if above else 'below'} England's {figures[1]}. Has something changed since, or does the region "
        "differ from England?"
    )


def own_course(block: AnonymisedBlock) -> Course:
    """`up` where each of the last four own figures is above each of the first four, `down` where each is below.

    Of eight independent figures chance does either once in 70 times. It is told of the quarters of the band, and
    not across a change of definition.
    """
    history = block.own.histories[0]
    banded = {band.period for band in block.bands.bands} if block.bands is not None else set()
    values = [point.cell.value for point in history.points if point.period in banded]
    first, last = ([one for one in year if one is not None] for year in (values[:YEAR], values[-YEAR:]))
    if history.breaks or len(values) < 2 * YEAR or len(first) < YEAR or len(last) < YEAR:
        return Course.NOT_TOLD
    if min(last) > max(first):
        return Course.UP
    return Course.DOWN if max(last) < min(first) else Course.LEVEL


RULES: tuple[Callable[[AnonymisedBlock], str], ...] = (not_sent, at_one_end, parted_from_the_group, against_england)
