"""The DfE view: the named one-page summary of S1 14, released only after the DBG has checked it."""

from __future__ import annotations

from analysis.reference.model import Record
from analysis.registers.confirmations import Answered, UnusualReading
from analysis.views import words
from analysis.views.commentary import Remark
from analysis.views.confirmed import answer_words
from analysis.views.evidence import Evidence
from analysis.views.model import Bands, Heading, OwnFigures, Position, Variant
from analysis.views.parts import heading, own_figures, position
from analysis.views.prompts import Prompt, prompt_of


class DfeBlock(Record):
    """One indicator: trend over time and three positions (S1 14); the region as bands."""

    own: OwnFigures
    region: Position
    neighbours: Position
    england: Position
    bands: Bands | None


class DfeView(Record):
    """Everything that one authority's DfE summary shows."""

    heading: Heading
    neighbours_edition: str
    blocks: tuple[DfeBlock, ...]
    sources: tuple[str, ...]
    answered: Answered = Answered.NOT_ASKED
    """Whether the authority confirmed these very figures."""
    answered_words: str = ""
    unusual: tuple[Prompt, ...] = ()
    """What is unusual for the authority, as far as it had time to answer (S0 4.4.2 to 4.4.5)."""
    waiting: int = 0
    """How many more readings wait for that."""
    remarks: tuple[Remark, ...] = ()
    """What the authority says, of the whole (no indicator) and of each indicator."""


def build(evidence: Evidence, authority: str) -> DfeView:
    """The DfE summary's view of one authority."""
    blocks = []
    for indicator in evidence.indicators:
        bands = evidence.bands[indicator.headline]
        blocks.append(
            DfeBlock(
                own=own_figures(evidence, evidence.figures, authority, indicator),
                region=position(evidence, authority, indicator, "region"),
                neighbours=position(evidence, authority, indicator, "neighbours"),
                england=position(evidence, authority, indicator, "england"),
                bands=bands if isinstance(bands, Bands) else None,
            )
        )
    found = evidence.confirmation(authority)
    told, waiting = _unusual(evidence, authority)
    listed = {indicator.id for indicator in evidence.indicators}
    return DfeView(
        heading=heading(evidence, Variant.DFE, authority),
        neighbours_edition=evidence.neighbours_edition,
        blocks=tuple(blocks),
        # One page: the reference files' own lines stand in `docs/reference-data.md`.
        sources=(*(one for one in evidence.sources if one not in evidence.public_sources), words.REFERENCE_SOURCES),
        answered=found.state,
        answered_words=answer_words(found, {one.id: one.number for one in evidence.indicators}),
        unusual=told,
        waiting=waiting,
        remarks=tuple(one for one in evidence.remarks_of_itself.get(authority, ()) if one.indicator in ("", *listed)),
    )


def _unusual(evidence: Evidence, authority: str) -> tuple[tuple[Prompt, ...], int]:
    """The prompts that may be told, by indicator, and how many may not be yet."""
    by_series = {indicator.headline: indicator for indicator in evidence.indicators}
    found = evidence.confirmation(authority)
    told, waiting = [], 0
    for one in (one for story in evidence.stories if story.authority == authority for one in story.prompts):
        indicator = by_series[one.series]
        if found.may_tell(UnusualReading(indicator=indicator.id, test=one.test, reading=one.reading)):
            told.append(prompt_of(one, indicator))
        else:
            waiting += 1
    return tuple(sorted(told, key=lambda prompt: prompt.number)), waiting
