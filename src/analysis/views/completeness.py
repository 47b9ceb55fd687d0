"""Whether a pack for the DfE has what the memorandum names: each indicator's trend and three positions (S1 14)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from analysis.reference.indicators import Indicator
from analysis.reference.model import Record
from analysis.views.dfe import DfeBlock, DfeView
from analysis.views.model import Position
from analysis.views.words import MISSING

NO_SUMMARY = "nothing was received that could be used"
LEAST_FOR_A_TREND = 2
"""Figures among the quarters shown."""


class Part(StrEnum):
    """What is shown of each indicator."""

    TREND = "trend over time"
    REGION = "position in the region"
    NEIGHBOURS = "position among statistical neighbours"
    ENGLAND = "position in England"


class Place(Record):
    """One part of one indicator of one authority: there, or the reason why not."""

    authority: str
    name: str
    number: int
    """Of the indicator in the region's list."""
    indicator: str
    part: Part
    filled: bool
    reason: str = ""
    """Empty where it is filled, and nowhere else."""


def places_of(view: DfeView) -> tuple[Place, ...]:
    """Every place of one summary, by indicator and part."""
    heading = view.heading
    return tuple(
        _place(heading.authority, heading.authority_name, block.own.card.number, block.own.card.title, part, reason)
        for block in view.blocks
        for part, reason in _reasons(block)
    )


def places_without_summary(authority: str, name: str, indicators: Iterable[Indicator]) -> tuple[Place, ...]:
    """The same places of an authority that has no summary, none of them filled."""
    pairs = ((one, part) for one in indicators for part in Part)
    return tuple(_place(authority, name, one.number, one.title, part, NO_SUMMARY) for one, part in pairs)


def _place(authority: str, name: str, number: int, indicator: str, part: Part, reason: str) -> Place:
    return Place(
        authority=authority,
        name=name,
        number=number,
        indicator=indicator,
        part=part,
        filled=not reason,
        reason=reason,
    )


def _reasons(block: DfeBlock) -> list[tuple[Part, str]]:
    return [
        (Part.TREND, _no_trend(block)),
        (Part.REGION, _no_position(block.region)),
        (Part.NEIGHBOURS, _no_position(block.neighbours)),
        (Part.ENGLAND, _no_position(block.england)),
    ]


def _no_trend(block: DfeBlock) -> str:
    points = block.own.histories[0].points
    if sum(point.cell.value is not None for point in points) >= LEAST_FOR_A_TREND:
        return ""
    latest = points[-1].cell
    if latest.value is not None:
        return "one figure alone: there is none of an earlier quarter"
    return f"too few figures ({MISSING[latest.status]})"


def _no_position(position: Position) -> str:
    # A place that is neither filled nor explained would be refused; it has to be told, and not to pass.
    return "" if position.rank is not None else position.reason or "no reason is known"
