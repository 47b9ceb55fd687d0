"""The words and number formats that readers see. Fixed text is here and nowhere else.

Words are non-stigmatising (S0 2.2 i): a position is a position, a prompt is a question, and children are
"looked after". A test holds this file against a list of words that may not appear.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from analysis.reference.indicators import Indicator, Polarity, Series, Window
from analysis.reference.periods import Quarter
from analysis.reference.status import Status
from analysis.returns.chasing import day_words
from analysis.signals.runs import Rule
from analysis.signals.variation import Assurance
from analysis.uncertainty.positions import LEVEL
from analysis.views.model import Band, Bands, Cell, Interval, OnDefinition, Position, Variant

FOURTHS = {
    "lowest": "lowest fourth",
    "lower-middle": "lower-middle fourth",
    "upper-middle": "upper-middle fourth",
    "highest": "highest fourth",
    "lower-half": "lower half",
    "upper-half": "upper half",
}
"""Where a figure lies in the group; in a half where the group's median stands alone."""

MISSING = {
    Status.NOT_SUBMITTED: "not submitted",
    Status.SUPPRESSED: "a count of 1 to 5, or a figure that would give one away",
    Status.NOT_APPLICABLE: "not applicable: nothing to divide by, or the figure has no meaning here",
    Status.NOT_AVAILABLE: "not available",
    Status.UNRELIABLE: "published as of low reliability",
    Status.BREAK: "break in time series: the definition changed",
}

_DIRECTION = {
    Polarity.BETTER_HIGH: ("higher is counted as better", "highest"),
    Polarity.BETTER_LOW: ("lower is counted as better", "lowest"),
    Polarity.NEUTRAL: ("neither high nor low is counted as better", "highest"),
}

CHANGES = "Changes are computed before rounding."


def direction(polarity: Polarity) -> str:
    """Which way is counted as better."""
    return _DIRECTION[polarity][0]


def direction_and_position(polarity: Polarity) -> str:
    """Which way is counted as better, and so which end position 1 is."""
    better, first = _DIRECTION[polarity]
    return f"{better}; position 1 is the {first}"


TITLES = {
    Variant.INTERNAL: "Benchmarking report",
    Variant.OWN: "Our figures and public figures",
    Variant.ANONYMISED: "Benchmarking report, other authorities concealed",
    Variant.DFE: "Tartan rug summary",
    Variant.PUBLIC: "Published figures",
}

MARKINGS = {
    Variant.INTERNAL: "Internal and limited use only. Unaudited and unpublished management data.",
    Variant.OWN: "Unaudited management data of this authority, with public figures.",
    Variant.ANONYMISED: "Unaudited management data. Other authorities concealed.",
    Variant.DFE: "Unaudited management data for the DBG to check, before any release to the Department for Education.",
    Variant.PUBLIC: "Public data: figures published by the Department for Education, and what follows from them.",
}
DRAFT_MARKING = "DRAFT for the DBG's checking, not for release. Unaudited and unpublished management data."
"""In place of the marking, on what the DBG reads before it approves (2019, paragraph 14)."""
DFE_RELEASED = "Released to the Department for Education. Unaudited and unpublished management data."
"""The marking of what the DfE gets. It is made before the review, and the gate keeps it until it is approved."""
REGISTERED_MARKINGS = {
    Variant.INTERNAL: "Internal and limited use only. Unaudited and unpublished.",
    Variant.ANONYMISED: "Unaudited and unpublished. Other authorities concealed.",
}
"""On the cover sheet of a document that was made elsewhere (S0 5.5.3 i, iii)."""
COVER_SHEET = (
    "The document that this sheet goes with was made elsewhere. Its own pages bear no marking of the kit: this sheet "
    "bears it, for all of them. Whoever passes the document on passes this sheet on with it, to nobody but those that "
    "it is for.",
    "It is the document only if its SHA-256 is the one below. Its content is unaudited and unpublished: the kit has "
    "computed none of it. It goes to those named here only after the data benchmarking group has approved it.",
)
"""What stands on the cover sheet, in paragraphs."""

_CONVERSATION = (
    "Data is not to be used in isolation. It needs to be set in context with other interpretative information and "
    "used to inform a conversation: it does not tell the story or give answers on its own (data sharing "
    "memorandum of 2019, paragraph 7). A figure that differs from others is a question to ask, not a finding about "
    "a service."
)
_NO_OTHER_USE = (
    "Local authority data remains local authority data: it is used for what the memorandum agrees and for nothing "
    "else without the authority's explicit permission (2019, paragraph 8)."
)

CONTEXT = {
    Variant.INTERNAL: (
        "This report is for internal and limited use only. It is shared in this form only with key staff within "
        "the authorities that are members, unless the other authorities shown have given express permission before "
        "it is shared wider, for partner agencies, an inspection or a Freedom of Information request (regional "
        "memorandum 2025-26, 5.5.3 i and ii).",
        _CONVERSATION,
        _NO_OTHER_USE,
    ),
    Variant.OWN: (
        "This report holds the authority's own figures and figures that are already public. The authority's own "
        "figures are unaudited management data and may change.",
        _CONVERSATION,
    ),
    Variant.ANONYMISED: (
        "The authority identifies its own performance. The other authorities of the group are concealed: the page "
        "holds no figure, mark or position of any of them, only the middle half of the group, smoothed and rounded "
        "(regional memorandum 2025-26, 5.2 and 5.5.3 iii). It protects against readers outside the group; "
        "somebody who has seen the group's own reports knows more.",
        _CONVERSATION,
    ),
    Variant.DFE: (
        "Summaries are first released to the data benchmarking group for checking, and only then to the Department "
        "for Education (2019, paragraph 14). They show the authority's figures over time and its position compared "
        "to the other authorities of the region, to its statistical neighbours and to all English authorities.",
        "Data alone cannot provide a basis to issue a statutory direction, put an authority into intervention or "
        "call in an inspection (2019, paragraph 11). It is used alongside context, to inform a conversation (7), "
        "and for nothing else without the authority's explicit permission (8).",
    ),
    Variant.PUBLIC: (
        "Every figure of authorities, regions and England in this report has been published by the Department for "
        "Education or is a position, mean, median or sum of such figures, so that there is no need to anonymise it or "
        "to ask permission before it is shared (regional memorandum 2025-26, 5.5.3 iv).",
        _CONVERSATION,
    ),
}

NO_POSITION = {
    "no_figure": "no figure to place",
    "not_like_for_like": "published figures are not like for like",
    "nothing_published": "nothing is published to compare with",
    "not_in_rank_set": "joined from outside the region: not placed in it",
    "no_neighbours": "no list of neighbours in this edition",
    "others_missing": "no other figures to compare with",
}

REFERENCE_SOURCES = (
    "Statistics of the Department for Education and the Office for National Statistics, Open Government Licence v3.0"
)

NO_BAND = {
    "group_too_small": "the group has too few authorities to conceal each one among the others",
    "too_few_in_every_period": "too few authorities have a figure in every quarter that it needs",
    "too_few_beside_the_region": "too few authorities of other regions have a figure in every quarter of it",
}

MEDIAN_ALONE = "in a group of this size the quartiles would help to work figures out"
CUT_SHORT = "bands of more quarters of a group of this size would help to work figures out"

NO_CHART = {
    "overlap": "its figures are of 12 months, and those of neighbouring quarters overlap",
    "hidden": "one or more of its figures are hidden, and limits would help to work them out",
    "too_few": "too few figures follow each other since the definition is what it is",
}
"""Why an authority's own history has no limits of chance."""

ACROSS_REGIONS = "Authorities across regions"
"""Those of the cross-regional file, on a page that names none of them."""

PROVENANCE = {
    "collection": "this collection",
    "exchange": "cross-regional file",
    "published": "published figures",
}

_OTHER_DEFINITIONS = {"earlier": "the earlier one", "not_recorded": "one that is not recorded here"}

BEYOND_CHANCE = {
    Rule.OUTSIDE: ("above the upper limit", "below the lower limit"),
    Rule.TREND: ("one of seven or more that rise", "one of seven or more that fall"),
    Rule.TWO_OF_THREE: ("two of three near the upper limit", "two of three near the lower limit"),
    Rule.ONE_SIDE: ("one of seven or more above the mean", "one of seven or more below the mean"),
}
"""What marks a point of an XmR chart: high or rising, and low or falling."""

ASSURANCE = {
    Assurance.CONSISTENTLY_PASS: "a series that goes on like this meets the target every time",
    Assurance.INCONSISTENT: "a series that goes on like this meets the target at some times and misses it at others, "
    "by chance",
    Assurance.CONSISTENTLY_FAIL: "a series that goes on like this misses the target every time",
}

DEFINITION_CHANGED = "definition changed"
DEFINITIONS_DIFFER = "The group holds figures of more than one definition"

WINDOWS = {
    Window.QUARTER: "in the quarter",
    Window.ROLLING_YEAR: "12 months to the end of the quarter",
}


def window_words(indicator: Indicator, *, yearly: bool = False) -> str:
    """How the headline's stretch of time is labelled: a stock at its date, the rest over their window."""
    if indicator.kind == "stock":
        return "at 31 March" if yearly else "at the end of the quarter"
    return "in the year ending 31 March" if yearly else WINDOWS[indicator.window]


def rounded(value: float, decimals: int) -> Decimal:
    """`value` to so many decimals, halves away from zero, as DfE rounds what it displays."""
    # Twelve digits: a half that was computed stands a hair beside itself (333.55 as 333.54999999999995).
    return Decimal(f"{float(value):.12g}").quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def figure_text(cell: Cell, decimals: int) -> str:
    """A figure as printed in a table: `1,234.5`, or the mark for its kind of missing."""
    if cell.value is None:
        return cell.status.symbol
    return f"{_no_minus_zero(rounded(cell.value, decimals)):,}"


def change_text(cell: Cell, decimals: int) -> str:
    """A change with its sign: `+12.0`, `-3.4`, `0.0`; the mark of its kind where there is none."""
    if cell.value is None:
        return cell.status.symbol
    change = _no_minus_zero(rounded(cell.value, decimals))
    return f"{change:+,}" if change else f"{change:,}"


def _no_minus_zero(number: Decimal) -> Decimal:
    return abs(number) if number == 0 else number


def place_text(position: Position) -> str:
    """`4 of 17 reporting`, with `placed among 2024-25` where it is; the reason where there is no position."""
    if position.rank is None:
        return position.reason
    among = f", placed among {position.placed_among}" if position.placed_among else ""
    return f"{position.rank} of {position.reporting} reporting{among}"


def position_text(position: Position) -> str:
    """The place with its interval, `4 of 17 reporting (90% interval 2 to 9)`.

    Where those reporting count by different definitions, how many do by each.
    """
    interval = f" ({interval_text(position.interval)})" if position.rank is not None else ""
    return "; ".join([place_text(position) + interval, *definitions_text(position.definitions)])


def interval_text(interval: Interval | None) -> str:
    """`90% interval 2 to 9`, and what it is of where it is of less than usual."""
    if interval is None:
        return "no interval"
    alone = ", of chance alone" if interval.of_chance_alone else ""
    return f"{LEVEL:.0%} interval {interval.low} to {interval.high}{alone}"


def definitions_text(definitions: Iterable[OnDefinition]) -> list[str]:
    """`4 on the definition from Q3 2025-26, 15 on the earlier one`; nothing where all count by the same one."""
    said: list[str] = []
    for one in definitions:
        name = _OTHER_DEFINITIONS.get(one.first) or f"the definition from {Quarter.parse(one.first).short}"
        again = any(words.endswith(name) for words in said)
        said.append(f"{one.count} on {name.replace('the ', 'another ', 1) if again else name}")
    return [", ".join(said)] if said else []


def bands_issued(day: date, number: int, policy_sha256: str) -> str:
    """That a quarter's bands are those that were approved, whatever has been corrected since."""
    again = "" if number == 1 else f" They were issued {number} times, and these take the place of all before."
    return (
        f"The bands were fixed on {day_words(day)}, under the disclosure policy {policy_sha256}.{again} Figures that "
        "authorities have corrected since appear in them from the next quarter on."
    )


def bands_begin(numbers: Sequence[str], period: str) -> str:
    """That the bands of some indicators begin anew, without saying who came or went."""
    return (
        f"{', '.join(numbers)}: the bands begin with {period}, since the group is another one from then on. Those of "
        "earlier quarters are in the earlier reports, and the two are not compared."
    )


def at_least_text(at_least: int) -> str:
    """A group's size on an anonymised page, which must not tell who is missing."""
    return f"at least {at_least} authorities"


def group_text(bands: Bands) -> str:
    """What an anonymised page may tell of a group: how many it is at least, and whether definitions differ in it."""
    size = at_least_text(bands.at_least)
    return f"{size}, with figures of more than one definition" if bands.definitions_differ else size


def half_text(band: Band) -> str:
    """A band's middle half, `12 to 18`; that it is not shown where the median stands alone."""
    if band.middle_half is None:
        return "not shown"
    lower, upper = band.middle_half
    return f"{lower:,g} to {upper:,g}"


def processed_by(name: str) -> str:
    """Who works with the data for the region."""
    return f"Processed for the region by {name} (regional memorandum 2025-26, 5.5.5)"


COUNTS_HIDDEN = "Counts of 1 to 5 of named authorities are hidden, with every figure that would give one away"


def named_with_permission(name: str) -> str:
    """How an authority is marked that permits to be named: the heading of its column, letter by letter."""
    return f"{name}, named with its permission"


def context_with_named(named: Sequence[tuple[str, str, date]]) -> str:
    """Who is named, by which permission and until when, and that all others are concealed: the first paragraph then.

    Parameters
    ----------
    named
        Name, the permission's id, and its last day.
    """
    told = "; ".join(f"{name} (permission {number}, until {day_words(until)})" for name, number, until in named)
    return (
        f"The authority identifies its own performance. Named with their express permission: {told}. The other "
        "authorities of the group are concealed: the page holds no figure, mark or position of any of them, only the "
        "middle half of the group or its median, smoothed and rounded, in which the named ones are counted (regional "
        "memorandum 2025-26, 5.2 and 5.5.3 ii and iii). It protects against readers outside the group; somebody who "
        "has seen the group's own reports knows more."
    )


def marking_with_named(variant: Variant) -> str:
    """The marking of a report in which some authorities are named."""
    return f"{MARKINGS[variant].removesuffix('.')}, but for those named with their permission."


def missing_legend(statuses: Iterable[Status]) -> str:
    """What the marks in a table stand for, in a fixed order; empty where there are none."""
    present = set(statuses)
    return "; ".join(f"{status.symbol} = {words}" for status, words in MISSING.items() if status in present)


def method_line(indicator: Indicator, series: Series, *, basis: str, window: str) -> str:
    """The choices behind a figure in one line, from the registry (DESIGN 2.5)."""
    per = {
        "number": f"number of {series.unit}",
        "rate": series.unit,
        "percentage": series.unit,
        "duration": series.unit,
    }[series.kind]
    parts = [
        f"{indicator.kind.capitalize()}, {window}",
        per,
        f"on {basis}" if basis else "",
        f"definition {indicator.version}",
        f"direction: {indicator.polarity_source}",
    ]
    line = "; ".join(part for part in parts if part).rstrip(".") + "."
    return f"{line} {indicator.annualisation}" if series.kind == "rate" else line


def beyond_chance(mark: int) -> str:
    """Why a point of an XmR chart is marked (`signals.xmr.Xmr.marks`, not 0)."""
    high, low = BEYOND_CHANCE[Rule(abs(mark))]
    return high if mark > 0 else low
