"""Views with plainly fictional authorities and numbers, built by hand: what the figures are tested on."""

from __future__ import annotations

import math
from collections.abc import Sequence

from analysis.reference.indicators import Polarity, Window
from analysis.reference.periods import Quarter, financial_year
from analysis.reference.status import Status
from analysis.signals.region import Course
from analysis.signals.schema import Reading
from analysis.signals.tiers import Tier
from analysis.views.anonymised import AnonymisedBlock, AnonymisedView, fourths_of
from analysis.views.charts import xmr_chart
from analysis.views.dfe import DfeBlock, DfeView
from analysis.views.evidence import cell_of
from analysis.views.internal import Finding, InternalBlock, InternalView
from analysis.views.model import (
    Band,
    Bands,
    Card,
    Cell,
    Heading,
    History,
    Interval,
    Member,
    OwnFigures,
    Point,
    Position,
    PublishedFigure,
    Variant,
)
from analysis.views.own import OwnBlock, OwnView
from analysis.views.own_interval import OwnInterval
from analysis.views.prompts import IndicatorReadings, Prompt, StandsOut, StoryTold, TierReading
from analysis.views.public import PublicBlock, PublicView
from analysis.views.readings import Shade, word
from analysis.views.regional import NamedFinding, RegionalRow, RegionalView, Submission
from analysis.views.trends import COURSES, TrendTold

OWN = "q01"
NAMES = (
    "Ambleshire",
    "Brackwater and Holme",
    "Carrowmere",
    "Dunmarsh",
    "East Farrowshire",
    "Fenwick Bay",
    "Great Pellham",
    "Hollin and Tarrowdale",
    "Isle of Skerrow",
    "Jessamy",
    "Kingsbarrow",
    "Lower Thornshire",
    "Mossbridge",
    "North Quillshire",
    "Oakenford",
    "Pendlewick and Marlsea",
    "Quarrington",
    "Rushmoor Vale",
    "West Farrowshire",
)
AUTHORITIES = {f"q{index:02d}": name for index, name in enumerate(NAMES)}
OTHER_NAMES = tuple(name for code, name in AUTHORITIES.items() if code != OWN)
NEIGHBOURS = ("Zennorshire", "Yarrowdale", "Xanthe Bay")
PERIOD = Quarter.parse("2025-26-Q2")
QUARTERS = [str(quarter) for quarter in PERIOD.back(12)]
YEARS = [financial_year(year) for year in range(2014, 2026)]

RATE = "per 10,000 children aged 0 to 17"
INDICATORS: tuple[tuple[str, str, str, str, Polarity, float, int], ...] = (
    ("Referrals", "Referrals and assessments", "flow", RATE, Polarity.NEUTRAL, 131.4, 1),
    ("Re-referrals within 12 months", "Referrals and assessments", "percentage", "% of referrals",
     Polarity.BETTER_LOW, 21.7, 1),
    ("Assessments completed", "Referrals and assessments", "flow", RATE, Polarity.NEUTRAL, 122.8, 1),
    ("Assessments completed within 45 working days", "Referrals and assessments", "percentage",
     "% of assessments completed", Polarity.BETTER_HIGH, 84.1, 1),
    ("Children in need at the end of the quarter", "Children in need", "stock", RATE, Polarity.NEUTRAL, 318.0, 1),
    ("Child protection enquiries (section 47)", "Child protection", "flow", RATE, Polarity.NEUTRAL, 44.6, 1),
    ("Child protection conferences within 15 days of an enquiry", "Child protection", "percentage",
     "% of section 47 enquiries", Polarity.BETTER_HIGH, 33.2, 1),
    ("Children on a child protection plan at the end of the quarter", "Child protection", "stock", RATE,
     Polarity.NEUTRAL, 41.9, 1),
    ("Child protection plans starting", "Child protection", "flow", RATE, Polarity.BETTER_LOW, 12.2, 1),
    ("Child protection plans ceasing", "Child protection", "flow", RATE, Polarity.NEUTRAL, 11.8, 1),
    ("Second or later child protection plans", "Child protection", "percentage", "% of plans starting",
     Polarity.BETTER_LOW, 24.4, 1),
    ("Children looked after at the end of the quarter", "Children looked after", "stock", RATE, Polarity.NEUTRAL,
     58.3, 1),
    ("Children starting to be looked after", "Children looked after", "flow", RATE, Polarity.NEUTRAL, 6.6, 1),
    ("Children ceasing to be looked after", "Children looked after", "flow", RATE, Polarity.NEUTRAL, 6.9, 1),
    ("Children adopted", "Adoption", "percentage", "% of children looked after", Polarity.BETTER_HIGH,
     3.1, 1),
    ("Days from entering care to moving in with the adoptive family (A1)", "Adoption", "duration", "days",
     Polarity.BETTER_LOW, 402.0, 0),
    ("Days between the court's authority to place a child and the match with an adoptive family (A2)", "Adoption",
     "duration", "days", Polarity.BETTER_LOW, 171.0, 0),
    ("Children waiting less than 14 months (A3)", "Adoption", "percentage", "% of children adopted",
     Polarity.BETTER_HIGH, 57.5, 1),
)  # fmt: skip

NOT_SUBMITTED = Cell(status=Status.NOT_SUBMITTED)
SUPPRESSED = Cell(status=Status.SUPPRESSED)
NONE = Cell(status=Status.NOT_APPLICABLE)


def wave(level: float, seed: int, length: int) -> list[float]:
    """A series that looks like one, the same each time."""
    return [
        round(level * (1 + 0.09 * math.sin(seed + step * 0.9) + 0.05 * math.cos(seed * 3.7 + step * 2.1)), 3)
        for step in range(length)
    ]


def heading(variant: Variant, *, made_up: bool = False, regional: bool = False) -> Heading:
    """The top of a document about `Brackwater and Holme`, or about its region."""
    yearly = variant is Variant.PUBLIC
    return Heading(
        variant=variant,
        title="Benchmarking report",
        subtitle="July to September 2025",
        authority="" if regional else OWN,
        authority_name="" if regional else AUTHORITIES[OWN],
        region="far-north",
        region_name="Far North",
        period=YEARS[-1] if yearly else str(PERIOD),
        period_words="2024-25" if yearly else PERIOD.words,
        made_up=made_up,
        indicator_set="annex-a-2019",
        marking="Internal and limited use only.",
        context=("Data is used to inform a conversation.",),
    )


def card(index: int, *, yearly: bool = False) -> Card:
    """The card of one indicator."""
    title, group, kind, unit, polarity, _, decimals = INDICATORS[index]
    rolling = group == "Adoption"
    window = "at the end of the quarter" if kind == "stock" else "in the quarter"
    if rolling:
        window = "12 months to the end of the quarter"
    if yearly:
        window = "at 31 March" if kind == "stock" else "in the year ending 31 March"
    return Card(
        id=f"A{index + 1:02d}",
        number=index + 1,
        annex_a=title,
        title=title,
        group=group,
        kind=kind,
        polarity=polarity,
        polarity_words="neither high nor low is counted as better; position 1 is the highest",
        unit=unit,
        decimals=decimals,
        window=Window.ROLLING_YEAR if rolling else Window.QUARTER,
        window_words=window,
        method="Method line.",
        choices=(),
    )


def own_figures(index: int, *, missing: dict[int, Cell] | None = None, yearly: bool = False) -> OwnFigures:
    """Own figures; `missing` replaces points by position."""
    shown = card(index, yearly=yearly)
    periods = YEARS if yearly else QUARTERS
    level = INDICATORS[index][5] * (4 if yearly and shown.kind == "flow" else 1)
    cells = [Cell(value=value) for value in wave(level, index, len(periods))]
    counts = [Cell(value=float(round(value * 3))) for value in wave(level, index, len(periods))]
    for place, cell in (missing or {}).items():
        cells[place] = counts[place] = cell
    latest, year_ago = cells[-1], cells[-2 if yearly else -5]
    change = (
        Cell(value=latest.value - year_ago.value)
        if latest.value is not None and year_ago.value is not None
        else Cell(status=latest.status if latest.value is None else year_ago.status)
    )
    kind = {"flow": "rate", "stock": "rate"}.get(shown.kind, shown.kind)
    rolling = [Cell(status=Status.NOT_SUBMITTED)] * 3 + [
        Cell(value=round(value * (4 if shown.kind == "flow" else 1), 3)) for value in wave(level, index, 12)[3:]
    ]
    histories = [_history(f"A{index + 1:02d}-headline", kind, shown.unit, shown.decimals, shown.window, periods, cells)]
    if shown.kind != "stock" and not yearly:
        other = Window.QUARTER if shown.window is Window.ROLLING_YEAR else Window.ROLLING_YEAR
        histories.append(_history("rolling", kind, shown.unit, shown.decimals, other, periods, rolling))
    if kind != "duration":
        histories.append(_history("number", "number", "children", 0, Window.QUARTER, periods, counts))
    return OwnFigures(
        card=shown,
        latest=latest,
        rolling=latest if shown.kind == "stock" else rolling[-1],
        year_ago=year_ago,
        change=change,
        histories=tuple(histories),
    )


def _history(
    series: str, kind: str, unit: str, decimals: int, window: Window, periods: Sequence[str], cells: Sequence[Cell]
) -> History:
    return History(
        series=series,
        kind=kind,
        label=kind.capitalize(),
        unit=unit,
        decimals=decimals,
        window=window,
        points=tuple(Point(period=period, cell=cell) for period, cell in zip(periods, cells, strict=True)),
    )


def members(index: int) -> tuple[Member, ...]:
    """All members of the region; the fifth has sent nothing."""
    level = INDICATORS[index][5]
    figures = wave(level, index * 5 + 1, len(AUTHORITIES))
    own = own_figures(index).latest
    return tuple(
        Member(
            authority=code,
            name=name,
            cell=own if code == OWN else NOT_SUBMITTED if place == 4 else Cell(value=figures[place] * (1 + place % 3)),
        )
        for place, (code, name) in enumerate(AUTHORITIES.items())
    )


def interval(rank: int, reporting: int, *, yearly: bool) -> Interval:
    """About a third of the group around the position."""
    return Interval(
        low=max(1, rank - reporting // 6), high=min(reporting, rank + reporting // 5), of_chance_alone=yearly
    )


def position(index: int, group: str, *, yearly: bool = False) -> Position:
    """A position: England's and the neighbours' stand among published figures, the region's do not."""
    level = INDICATORS[index][5]
    label = {"region": "Far North", "neighbours": "Statistical neighbours", "england": "England"}[group]
    size = {"region": 19, "neighbours": 11, "england": 153}[group]
    placed = "" if group == "region" or yearly else "2024-25"
    none = group != "region" and index in (6, 15, 16)
    reporting = size - 1
    return Position(
        group=group,
        label=label,
        provenance="published figures 2024-25" if placed else "this collection",
        placed_among=placed,
        own=NONE if none else Cell(value=level),
        rank=None if none else 1 + (index * 7 + size) % reporting,
        interval=None
        if none or (group == "england" and index == 3)
        else interval(1 + (index * 7 + size) % reporting, reporting, yearly=yearly),
        reporting=0 if none else reporting,
        members=size,
        pooled=NONE if none else Cell(value=level * 1.04),
        mean=NONE if none else Cell(value=level * 1.1),
        median=NONE if none else Cell(value=level * 1.02),
        reason="published figures are not like for like" if none else "",
    )


def bands(index: int) -> Bands:
    """The middle half of the fictional region."""
    level = INDICATORS[index][5]
    return Bands(
        label="Far North",
        at_least=15,
        bands=tuple(
            Band(
                period=period,
                lower=float(f"{value * 0.85:.2g}"),
                median=float(f"{value * 1.02:.2g}"),
                upper=float(f"{value * 1.2:.2g}"),
            )
            for period, value in zip(QUARTERS, wave(level, 3, len(QUARTERS)), strict=True)
        ),
    )


def published(index: int) -> tuple[PublishedFigure, ...]:
    """Public figures beside the own."""
    level = INDICATORS[index][5] * 4
    return tuple(
        PublishedFigure(
            label=label,
            year="2024-25",
            cell=Cell(value=level * factor),
            source="Characteristics of children in need 2025",
            sha256="0" * 64,
            like_for_like=index != 6,
            difference="DfE divides by conferences" if index == 6 else "",
        )
        for label, factor in (("Far North", 1.04), ("England", 0.97), ("Statistical neighbours (mean)", 1.01))
    )


def readings() -> tuple[IndicatorReadings, ...]:
    """One of every kind of reading; the others are silent."""
    kinds = [
        (Reading.HIGHER, Shade.NEITHER, "+38%"),
        (Reading.LOWER, Shade.BETTER, "-21%"),
        (Reading.HIGHER, Shade.WORSE, "+104%"),
        (Reading.QUERIED, Shade.NONE, ""),
        (Reading.TOO_SHORT, Shade.NONE, ""),
        (Reading.NO_FIGURE, Shade.NONE, ""),
        (Reading.FEW_AUTHORITIES, Shade.NONE, ""),
        (Reading.TOO_FEW, Shade.NONE, "a doubling would not"),
    ]
    silent = (Reading.QUIET, Shade.NONE, "24% would show")
    return tuple(
        IndicatorReadings(
            number=index + 1,
            title=INDICATORS[index][0],
            tiers=tuple(
                TierReading(
                    test=tier.value,
                    reading=reading.value,
                    word=word(tier, reading),
                    beneath=beneath,
                    shade=shade,
                    change=0.1,
                    p=0.2,
                    q=0.5,
                )
                for place, tier in enumerate(Tier)
                for reading, shade, beneath in [kinds[index] if place == index % 3 and index < len(kinds) else silent]
            ),
        )
        for index in range(len(INDICATORS))
    )


def stands_out() -> StandsOut:
    """A story of two prompts with something that moved as well, and one of a single prompt."""
    prompts = [
        Prompt(number=index + 1, title=INDICATORS[index][0], change="38% above what was expected", sentence="Higher.")
        for index in range(4)
    ]
    return StandsOut(
        stories=(
            StoryTold(
                authority=OWN,
                name=AUTHORITIES[OWN],
                title="From referral to child protection plan",
                prompts=(prompts[0], prompts[2]),
                with_it=(prompts[3],),
            ),
            StoryTold(authority=OWN, name=AUTHORITIES[OWN], title="", prompts=(prompts[1],), with_it=()),
        ),
        queried=("4 Assessments completed within 45 working days",),
        looked_at=54,
        prompts=3,
        held_back=1,
        quiet=40,
        too_few=7,
        not_tested=3,
    )


def trends() -> tuple[TrendTold, ...]:
    """Every course in turn: a slope for all but one, and for one stock what came less what went."""
    of_flows = {0: Course.RISING, 2: Course.NO_TREND, 5: Course.FALLING, 12: Course.TOO_SHORT}
    flows = {index: of_flows.get(index, Course.NO_TREND) for index in range(18) if INDICATORS[index][2] == "flow"}
    courses = [flows.get(index, Course.DESCRIBED) for index in range(18)]
    chances = {Course.RISING: 0.0321, Course.FALLING: 0.0004, Course.NO_TREND: 0.48}
    return tuple(
        TrendTold(
            number=index + 1,
            title=INDICATORS[index][0],
            unit=INDICATORS[index][3],
            decimals=INDICATORS[index][6],
            slope=cell_of(math.nan)
            if index == 16
            else Cell(value=round((-1) ** index * INDICATORS[index][5] / 100, 4)),
            course=course.value,
            words=COURSES[course],
            p=chances.get(course),
            authorities=4 if course is Course.TOO_SHORT else 18,
            net={7: Cell(value=-1204.0), 11: Cell(value=37.0)}.get(index, cell_of(math.nan)),
            net_of={7: 17, 11: 1}.get(index, 0),
        )
        for index, course in enumerate(courses)
    )


GAPS = {3: NOT_SUBMITTED, 4: NOT_SUBMITTED, 8: SUPPRESSED}


def internal_view(*, made_up: bool = False) -> InternalView:
    """Every indicator, all members named."""
    blocks = tuple(
        InternalBlock(
            own=own_figures(index, missing=GAPS if index == 1 else None),
            region=position(index, "region"),
            neighbours=position(index, "neighbours"),
            england=position(index, "england"),
            members=members(index),
        )
        for index in range(len(INDICATORS))
    )
    return InternalView(
        heading=heading(Variant.INTERNAL, made_up=made_up),
        neighbours_edition="2025",
        neighbour_names=NEIGHBOURS,
        stands_out=stands_out(),
        readings=readings(),
        blocks=blocks,
        findings=(finding(),),
        sources=(),
    )


def finding() -> Finding:
    """One query."""
    return Finding(
        rule="above-denominator",
        severity="query",
        period="2025-26-Q2",
        measure="re_referrals",
        seen="31 re-referrals of 29 referrals",
        remedy="check both counts & send them again",
    )


def own_view(*, made_up: bool = False) -> OwnView:
    """Own and public figures only."""
    blocks = tuple(
        OwnBlock(own=own_figures(index, missing=GAPS if index == 1 else None), published=published(index))
        for index in range(len(INDICATORS))
    )
    return OwnView(heading=heading(Variant.OWN, made_up=made_up), blocks=blocks, sources=())


def anonymised_view(*, made_up: bool = False) -> AnonymisedView:
    """Own figures, bands of the group, public figures; one indicator has no bands."""
    return AnonymisedView(
        heading=heading(Variant.ANONYMISED, made_up=made_up),
        policy_sha256="0" * 64,
        blocks=tuple(_anonymised_block(index) for index in range(len(INDICATORS))),
        sources=(),
    )


def _anonymised_block(index: int) -> AnonymisedBlock:
    own = own_figures(index, missing=GAPS if index == 1 else None)
    fourths = fourths_of(own, bands(index)) if index != 15 else ()
    quarterly = own.card.window is Window.QUARTER
    level = own.latest.value
    wide = bands(index).model_copy(update={"label": "Authorities across regions", "at_least": 140})
    return AnonymisedBlock(
        own=own,
        interval=None if level is None or index > 14 else OwnInterval(lower=level * 0.95, upper=level * 1.06),
        bands=None if index == 15 else bands(index),
        no_bands_reason="too few authorities with a figure" if index == 15 else "",
        fourth=fourths[-1].fourth if fourths else "",
        fourths=fourths,
        wide=wide,
        no_wide_reason="",
        wide_fourth=fourths_of(own, wide)[-1].fourth,
        chart=xmr_chart(own.card, own.histories[0]) if quarterly else None,
        no_chart_reason="" if quarterly else "figures overlap",
        published=published(index),
    )


def dfe_view(*, made_up: bool = False) -> DfeView:
    """The one-page summary."""
    blocks = tuple(
        DfeBlock(
            own=own_figures(index, missing=GAPS if index == 1 else None),
            region=position(index, "region"),
            neighbours=position(index, "neighbours"),
            england=position(index, "england"),
            bands=bands(index),
        )
        for index in range(len(INDICATORS))
    )
    return DfeView(heading=heading(Variant.DFE, made_up=made_up), neighbours_edition="2025", blocks=blocks, sources=())


def public_view() -> PublicView:
    """Published figures over the years."""
    blocks = tuple(
        PublicBlock(
            own=own_figures(index, yearly=True),
            region=position(index, "region", yearly=True),
            neighbours=position(index, "neighbours", yearly=True),
            england=position(index, "england", yearly=True),
            members=members(index),
            published=published(index),
        )
        for index in (0, 1, 3, 4, 11)
    )
    return PublicView(
        heading=heading(Variant.PUBLIC),
        neighbours_edition="2025",
        neighbour_names=NEIGHBOURS,
        blocks=blocks,
        sources=(),
    )


def regional_view(*, made_up: bool = False) -> RegionalView:
    """Every member against every indicator; the last member joined from outside the region."""
    outside = tuple(AUTHORITIES)[-1]
    rows = tuple(
        RegionalRow(
            card=card(index),
            members=members(index),
            pooled=Cell(value=INDICATORS[index][5] * 1.04),
            mean=Cell(value=INDICATORS[index][5] * 1.1),
            median=Cell(value=INDICATORS[index][5] * 1.02),
            reporting=17,
            history=own_figures(index).histories[0],
        )
        for index in range(len(INDICATORS))
    )
    submissions = tuple(
        Submission(
            authority=code,
            name=name,
            in_rank_set=code != outside,
            cells_expected=22,
            cells_given=0 if place == 4 else 22,
            queries=place % 3,
            notes=0,
            state="not received" if place == 4 else "received",
        )
        for place, (code, name) in enumerate(AUTHORITIES.items())
    )
    return RegionalView(
        heading=heading(Variant.INTERNAL, made_up=made_up, regional=True),
        stands_out=stands_out(),
        trends=trends(),
        rows=rows,
        submissions=submissions,
        findings=(NamedFinding(authority=OWN, name=AUTHORITIES[OWN], finding=finding()),),
        sources=(),
    )
