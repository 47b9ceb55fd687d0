"""What the caption of the table of all indicators must say for its cells to be understood."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.figures.captions import listed
from analysis.figures.definitions import mixed_groups_note, on_each_note
from analysis.figures.variants import Block, PlacedBlock
from analysis.uncertainty.positions import LEVEL
from analysis.views.anonymised import AnonymisedBlock
from analysis.views.dfe import DfeBlock
from analysis.views.model import Bands, Card, Position
from analysis.views.own import OwnBlock
from analysis.views.words import MEDIAN_ALONE, at_least_text

SHADING = (
    "Shaded by position in sixths, the darkest with position 1: blue where one end is counted as better, grey where "
    "neither is and position 1 is the highest"
)


def rug_notes(blocks: Iterable[Block]) -> list[str]:
    """Notes on windows, shading, intervals, years, groups and reasons, in the order of the caption."""
    every = list(blocks)
    placed = [block for block in every if not isinstance(block, OwnBlock | AnonymisedBlock)]
    banded = [block.bands for block in every if isinstance(block, AnonymisedBlock | DfeBlock) and block.bands]
    without = [block for block in every if isinstance(block, AnonymisedBlock) and block.bands is None]
    notes = []
    if any(isinstance(block, DfeBlock) for block in every):
        notes.append(_windows([block.own.card for block in every]))
    if placed:
        notes += [
            SHADING,
            *_interval_note(placed),
            *_published_note(placed),
            *_reasons(placed),
        ]
        notes += on_each_note(
            (block.own.card, item.label, item.definitions) for block in placed for item in _positions(block)
        )
    if banded:
        size = at_least_text(min(bands.at_least for bands in banded))
        notes.append(f"The group is {banded[0].label}, {size}, smoothed and rounded")
        mixed = [(block.own.card, block.bands) for block in every if isinstance(block, AnonymisedBlock | DfeBlock)]
        notes.append(mixed_groups_note(mixed))
    alone = [block.own.card.number for block in every if isinstance(block, AnonymisedBlock) and _is_alone(block.bands)]
    if alone:
        notes.append(f"Median alone: {MEDIAN_ALONE} ({listed(alone)})")
    if any(isinstance(block, AnonymisedBlock) for block in every):
        notes.append("Shaded by fourth, the darkest with the highest")
    for reason in dict.fromkeys(block.no_bands_reason for block in without):
        numbers = [block.own.card.number for block in without if block.no_bands_reason == reason]
        notes.append(f"No band: {reason} ({listed(numbers)})")
    return notes


def _is_alone(bands: Bands | None) -> bool:
    return bands is not None and bands.median_alone


def _windows(cards: list[Card]) -> str:
    """Each stretch of time with its indicators, the commonest first and without them."""
    found: dict[str, list[int]] = {}
    for card in cards:
        found.setdefault(card.window_words, []).append(card.number)
    first, *others = sorted(found, key=lambda words: -len(found[words]))
    return "; ".join([f"Figures are {first}", *(f"{words}: {listed(found[words])}" for words in others)])


def _published_note(placed: list[PlacedBlock]) -> list[str]:
    years = sorted({item.placed_among for block in placed for item in _positions(block) if item.placed_among})
    return [f"{year}: the last 12 months, placed among that year's published figures" for year in years]


def _interval_note(placed: Iterable[PlacedBlock]) -> list[str]:
    """What stands in brackets, and what has none."""
    every = [(block.own.card, item) for block in placed for item in _positions(block) if item.rank is not None]
    shown = [(card.number, item.interval) for card, item in every if item.interval is not None]
    alone = list(dict.fromkeys(number for number, interval in shown if interval.of_chance_alone))
    without = list(dict.fromkeys(card.number for card, item in every if item.interval is None))
    notes = []
    if shown:
        notes.append(f"In brackets: where the authority's own level may stand, 9 times in 10 ({LEVEL:.0%} interval)")
    if alone:
        notes.append(f"Intervals of chance alone, without the authority's own swings: {listed(alone)}")
    if without:
        notes.append(f"No interval where the counts are not published: {listed(without)}")
    return notes


def _reasons(placed: list[PlacedBlock]) -> list[str]:
    """Why there is no position, each reason once with its indicators."""
    found: dict[tuple[str, str], list[int]] = {}
    for block in placed:
        reasons: dict[str, list[str]] = {}
        for item in _positions(block):
            if item.rank is None:
                reasons.setdefault(item.reason, []).append(item.label)
        for reason, labels in reasons.items():
            found.setdefault((" and ".join(labels), reason), []).append(block.own.card.number)
    return [f"Not placed in {labels}: {reason} ({listed(numbers)})" for (labels, reason), numbers in found.items()]


def _positions(block: PlacedBlock) -> tuple[Position, ...]:
    return block.region, block.neighbours, block.england
