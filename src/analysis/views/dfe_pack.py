"""The cover of the pack for the DfE: its terms, who confirmed what, the authorities' own words, checks, and gaps."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.reference.model import Record
from analysis.registers.confirmations import Answered
from analysis.views.commentary import Remark
from analysis.views.completeness import NO_SUMMARY, Place, places_of, places_without_summary
from analysis.views.dfe import DfeView
from analysis.views.evidence import Evidence
from analysis.views.model import Heading, Variant
from analysis.views.parts import heading
from analysis.views.prompts import Prompt

TITLE = "Summaries for the Department for Education"
TERMS = (
    (
        6,
        "The primary purpose of this data share is to support regional improvement. As a national organisation, "
        "however, the DfE cannot guarantee that the data will not be seen by others handling data for another region "
        "or to help the DfE gain a national picture on targeted support (to facilitate continuous improvement).",
    ),
    (
        8,
        "The DfE (and partners) cannot use LA data for something other than what we agree in the MOU (without an LA's "
        "explicit permission). LA data remains LA data.",
    ),
    (
        11,
        "The DfE's power to intervene in cases of failure is limited by strict requirements for robust evidence and "
        "proportionate action; data alone cannot provide a basis to issue a statutory direction, put an LA into "
        'intervention or to "call in Ofsted".',
    ),
)
"""Paragraphs of the memorandum between the DfE and the region's alliance (2019), word for word."""


class RemarkOn(Record):
    """What an authority says, and of what: `4 Assessments ...`, or the quarter as a whole."""

    about: str
    remark: Remark


class Packed(Record):
    """One member of the region in the pack."""

    authority: str
    name: str
    has_summary: bool
    answered: Answered
    answer: str
    """In words; why there is no summary, where there is none."""
    unusual: tuple[Prompt, ...] = ()
    waiting: int = 0
    remarks: tuple[RemarkOn, ...] = ()


class OpenQuery(Record):
    """One question of the checks that its authority has not answered."""

    name: str
    period: str
    measure: str
    """Its name; empty where it is about a return as a whole."""


class Quality(Record):
    """What was checked, and how it stands (S0 5.4: "subject to appropriate quality assurance checks")."""

    checked: tuple[str, ...]
    """Sentences with numbers."""
    open_queries: tuple[OpenQuery, ...] = ()
    known: tuple[str, ...] = ()
    """What the checks are known to find, and what they cannot."""


class DfePackView(Record):
    """Everything that the cover shows."""

    heading: Heading
    indicators: int
    members: tuple[Packed, ...]
    """All of the region in the quarter, in the order of their names."""
    places: tuple[Place, ...]
    """Every indicator of every member, filled or with a reason."""
    quality: Quality
    sources: tuple[str, ...]


def build(evidence: Evidence, summaries: Mapping[str, DfeView], quality: Quality) -> DfePackView:
    """The cover's view.

    Parameters
    ----------
    summaries
        By DfE code. Those of authorities that joined from outside the region are left out: the memorandum with the DfE
        is the region's (S1 14).
    """
    region = heading(evidence, Variant.DFE)
    codes = evidence.alphabetical(evidence.region.members)
    places = (
        places_of(summaries[code])
        if code in summaries
        else places_without_summary(code, evidence.name(code), evidence.indicators)
        for code in codes
    )
    return DfePackView(
        heading=region.model_copy(update={"title": f"{region.region_name}: {TITLE}"}),
        indicators=len(evidence.indicators),
        members=tuple(_packed(evidence, code, summaries.get(code)) for code in codes),
        places=tuple(place for of_one in places for place in of_one),
        quality=quality,
        sources=evidence.sources,
    )


def _packed(evidence: Evidence, code: str, summary: DfeView | None) -> Packed:
    name = evidence.name(code)
    if summary is None:
        answer = f"No summary: {NO_SUMMARY}."
        return Packed(authority=code, name=name, has_summary=False, answered=Answered.NOT_ASKED, answer=answer)
    numbered = {one.id: f"{one.number} {one.title}" for one in evidence.indicators}
    return Packed(
        authority=code,
        name=name,
        has_summary=True,
        answered=summary.answered,
        answer=summary.answered_words,
        unusual=summary.unusual,
        waiting=summary.waiting,
        remarks=tuple(
            RemarkOn(about=numbered.get(one.indicator, "The quarter as a whole"), remark=one) for one in summary.remarks
        ),
    )
