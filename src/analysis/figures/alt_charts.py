"""What a chart of chance says, in a few sentences made from the same data: for readers who don't see it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from analysis.figures.alt import cell_words, changed_definition, first_lower, without_figure
from analysis.figures.captions import first_upper, series_title
from analysis.figures.timeline import period_words, short_period
from analysis.views.charts import FunnelChart, XmrChart, XmrSegment
from analysis.views.model import Cell, Heading, History
from analysis.views.words import ASSURANCE, beyond_chance, figure_text

ON_TRIAL = "The limits come from fewer than 13 figures and are on trial"
NO_TEST = "A picture of the authority's own history and no test: where nothing changes, points are marked by chance too"
MEAN_AND_LIMITS, GROUP_AND_LIMITS = "mean and limits", "the group's figure and limits"
SIDES = {
    2: "above the outer limit",
    1: "above the inner limit",
    -1: "below the inner limit",
    -2: "below the outer limit",
}


def xmr_alt(chart: XmrChart, heading: Heading) -> str:
    """The latest figure and its limits, which periods are beyond chance and why, what is missing, and the target."""
    history, segment = chart.history, chart.segments[-1]
    last = history.points[-1]
    decimals = history.decimals
    unit = first_lower(series_title(chart.card))
    return " ".join(
        [
            f"Line of {chart.card.title} for {heading.authority_name} ({unit}) with the limits of chance:",
            f"{cell_words(last.cell, decimals)} in {period_words(last.period)}{_limits(segment, history)}.",
            *beyond(chart),
            *([f"{ON_TRIAL}."] if segment.trial else []),
            *([f"{one_basis(chart)}."] if chart.basis else []),
            *changed_definition(history),
            *without_figure(history.points),
            *[f"{words}." for words in being_asked(periods_asked(chart), MEAN_AND_LIMITS)],
            *target_words(chart),
            f"{NO_TEST}.",
        ]
    )


def _limits(segment: XmrSegment, history: History) -> str:
    named = zip(("mean", "lower limit", "upper limit"), (segment.mean, *segment.limits(history.kind)), strict=True)
    said = [f"{name} {figure_text(Cell(value=value), history.decimals)}" for name, value in named if value is not None]
    return "".join(f", {words}" for words in said) if segment.upper is not None else ", without limits"


def beyond(chart: XmrChart) -> list[str]:
    """Stretches of periods that one rule marks, each with the rule; that there are none, where there are none."""
    stretches = [
        (mark, [point.period for point, _ in marked])
        for mark, marked in (
            (mark, list(marked))
            for mark, marked in groupby(zip(chart.history.points, chart.marks, strict=True), lambda pair: pair[1])
        )
        if mark
    ]
    if not stretches:
        return ["No point is marked."]
    said = [
        short_period(periods[0]) + (f" to {short_period(periods[-1])}" if len(periods) > 1 else "") + f" {_rule(mark)}"
        for mark, periods in stretches
    ]
    return [f"Marked by the rules of such charts: {'; '.join(said)}."]


def _rule(mark: int) -> str:
    return f"({beyond_chance(mark)})"


def one_basis(chart: XmrChart) -> str:
    """That all rates are on one population; empty where each is on that of its own year."""
    return f"All rates on {chart.basis}" if chart.basis else ""


def being_asked(whose: Sequence[str], made_without: str) -> list[str]:
    """Which figures are being asked about, and what is made without them."""
    return [f"Being asked about, and no part of {made_without}: {', '.join(whose)}"] if whose else []


def periods_asked(chart: XmrChart) -> list[str]:
    """The periods whose figure is being asked about."""
    return [short_period(period) for period in chart.being_asked]


def names_asked(chart: FunnelChart) -> list[str]:
    """The members whose figure is being asked about."""
    return [member.name for member in chart.members if member.asked]


def target_words(chart: XmrChart) -> list[str]:
    """The target, and what the limits say of it."""
    if chart.target is None:
        return []
    target = f"Target {figure_text(Cell(value=chart.target), chart.history.decimals)}"
    target += f" ({chart.target_source})" if chart.target_source else ""
    return [f"{target}: {ASSURANCE[chart.assurance]}." if chart.assurance else f"{target}."]


def funnel_alt(chart: FunnelChart, heading: Heading) -> str:
    """Where the reader's authority lies, who is beyond the outer limits, and the group's own figure."""
    decimals = chart.card.decimals
    own = next((member for member in chart.members if member.authority == heading.authority), None)
    far = [member for member in chart.members if abs(member.outside) == 2]
    centre = figure_text(Cell(value=chart.centre), decimals)
    parts = [
        f"Funnel of {chart.card.title} ({first_lower(series_title(chart.card))}) by {chart.size_words} for "
        f"{len(chart.members)} authorities of {heading.region_name}, {heading.period_words}.",
        f"{heading.region_name} together: {centre}.",
    ]
    if own is not None:
        place = "being asked about" if own.asked else SIDES.get(own.outside, "within the limits")
        parts.append(f"{own.name}: {figure_text(Cell(value=own.figure), decimals)}, {place}.")
    elif heading.authority_name:
        parts.append(f"{heading.authority_name}: no figure.")
    names = [f"{member.name} {SIDES[member.outside].split()[0]}" for member in far]
    parts.append(f"Beyond the outer limits: {', '.join(names) if names else 'nobody'}.")
    parts += [f"{words}." for words in being_asked(names_asked(chart), GROUP_AND_LIMITS)]
    if chart.without:
        parts.append(f"No figure: {', '.join(chart.without)}.")
    return first_upper(" ".join(parts))
