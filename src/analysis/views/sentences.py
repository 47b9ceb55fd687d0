"""Sentences made from a view: what the figures are, in words, without saying what they mean."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.reference.periods import Quarter
from analysis.reference.status import Status
from analysis.views.anonymised import AnonymisedBlock
from analysis.views.bands_told import course_sentence, fourths_sentence
from analysis.views.dfe import DfeBlock
from analysis.views.internal import InternalBlock
from analysis.views.model import Bands, Cell, OwnFigures, Position
from analysis.views.own import OwnBlock
from analysis.views.own_chart import side_of
from analysis.views.own_interval import OwnInterval
from analysis.views.prompts import Prompt, StandsOut
from analysis.views.public import PublicBlock
from analysis.views.readings import WITH_IT
from analysis.views.renewal import Renewal
from analysis.views.words import FOURTHS, MISSING, change_text, figure_text, group_text, half_text, position_text

A_PROMPT = (
    "A prompt is a question about a figure, and no finding about a service: it may have a good reason, be an error, or "
    "be chance (data sharing memorandum of 2019, paragraph 7)."
)

Block = InternalBlock | OwnBlock | AnonymisedBlock | DfeBlock | PublicBlock


def renewal_words(renewal: Renewal) -> str:
    """How far the changes that begin in the quarter move what a reader sees."""
    if renewal.is_new:
        return "The authority takes part from this quarter on: there is nothing of before to set beside its figures."
    if not renewal.rows:
        return f"All {renewal.unmoved} indicators read as they would have read without it."
    told = f"{len(renewal.rows)} of {len(renewal.rows) + renewal.unmoved} indicators read otherwise"
    return f"{told} than they would have read without it; they are shown both ways, in this quarter only."


def looked_at_words(found: StandsOut) -> str:
    """How much was looked at, and what came of it: silence is worth no more than what it could have told."""
    return (
        f"Of {found.looked_at:,} readings (three questions about each indicator): "
        f"{found.prompts} prompt{'' if found.prompts == 1 else 's'}, {found.held_back} held back by an open query, "
        f"{found.quiet} within their pattern, {found.too_few} of too few children (or too restless) to say, and "
        f"{found.not_tested} not tested."
    )


def prompt_words(prompt: Prompt) -> str:
    """One prompt in words, with the change and how often it is chance."""
    return f"{prompt.number} {prompt.title} ({prompt.change}). {prompt.sentence}"


def with_it_words(moved: Sequence[Prompt]) -> str:
    """What moved with a prompt."""
    return f"{WITH_IT}: " + ", ".join(f"{one.number} {one.title} ({one.change})" for one in moved)


def own_sentence(own: OwnFigures) -> str:
    """The latest headline figure and its change on the same quarter (or the year) before."""
    card = own.card
    period = own.histories[0].points[-1].period
    quarterly = "-Q" in period
    latest = Quarter.parse(period).words if quarterly else period
    if own.latest.value is None:
        return f"{_upper(card.window_words)}, {latest}: {_no_figure(own)}."
    value = f"{figure_text(own.latest, card.decimals)} {card.unit}"
    since = "the same quarter last year" if quarterly else "the year before"
    if own.change.status is Status.BREAK:
        return f"{_upper(card.window_words)}, {latest}: {value}. No change on {since}: the definition changed since."
    if own.change.value is None:
        return f"{_upper(card.window_words)}, {latest}: {value}. There is no figure for {since} to compare with."
    change = change_text(own.change, card.decimals)
    return (
        f"{_upper(card.window_words)}, {latest}: {value}; "
        f"{figure_text(own.year_ago, card.decimals)} in {since}, a change of {change}."
    )


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _no_figure(own: OwnFigures) -> str:
    return f"no figure ({MISSING[own.latest.status]})"


def position_sentence(position: Position, decimals: int) -> str:
    """One group in a sentence: position, pooled figure, mean and median, and where the comparison comes from."""
    figures = ", ".join(
        f"{name} {figure_text(cell, decimals)}"
        for name, cell in (("pooled", position.pooled), ("mean", position.mean), ("median", position.median))
        if cell.value is not None
    )
    stands = f"position {position_text(position)}" if position.rank is not None else f"no position: {position.reason}"
    return f"{position.label}: {stands}." + (f" {_upper(figures)}; {position.provenance}." if figures else "")


def fourth_sentence(block: AnonymisedBlock) -> str:
    """The own figure against the fixed band, read off the band as printed."""
    if block.bands is None:
        return f"There is no band to compare with: {block.no_bands_reason}."
    return _band_sentence(block.bands, block.fourth)


def wide_sentence(block: AnonymisedBlock) -> str:
    """The own figure against the band of a large group across regions; empty without a cross-regional file."""
    if block.wide is None:
        return f"There is no band across regions: {block.no_wide_reason}." if block.no_wide_reason else ""
    return _band_sentence(block.wide, block.wide_fourth)


def _band_sentence(bands: Bands, fourth: str) -> str:
    band = bands.bands[-1]
    group = f"{bands.label} ({group_text(bands)})"
    half = f"middle half of the group {half_text(band)}, median {band.median:,g}"
    if not fourth:
        return f"{group}: {half}."
    figures = "this rounded figure" if bands.median_alone else "these rounded figures"
    return f"{group}: {half}; the figure is in the {FOURTHS[fourth]}, read off {figures}."


def interval_sentence(block: AnonymisedBlock) -> str:
    """What chance alone leaves open of the latest figure; empty where its count is not shown."""
    if block.interval is None:
        return ""
    low, high = (figure_text(Cell(value=value), block.own.card.decimals) for value in _ends(block.interval))
    return f"95% interval of the figure, from its own count alone: {low} to {high}."


def _ends(interval: OwnInterval) -> tuple[float, float]:
    return interval.lower, interval.upper


def history_sentence(block: AnonymisedBlock) -> str:
    """Where the latest figure lies in the limits of the own history, or why there are none."""
    chart = block.chart
    if chart is None:
        return f"There is no chart of the own history with limits: {block.no_chart_reason}."
    history, segment = chart.history, chart.segments[-1]
    lower, upper = segment.limits(history.kind)
    limits = zip(("lower limit", "mean", "upper limit"), (lower, segment.mean, upper), strict=True)
    said = ", ".join(
        f"{name} {figure_text(Cell(value=level), history.decimals)}" for name, level in limits if level is not None
    )
    side = side_of(chart)
    stands = f"the latest figure is {side}" if side else "there is no latest figure to hold against them"
    return f"Beside the authority's own history {stands} ({said}); a picture and no test."


def anonymised_sentences(block: AnonymisedBlock) -> list[str]:
    """The own figure with its interval and history, then the band, the fourths over time, and the median's way."""
    said = [interval_sentence(block), history_sentence(block), fourth_sentence(block), fourths_sentence(block)]
    said.append(course_sentence(block.bands) if block.bands is not None else "")
    said.append(wide_sentence(block))
    return [sentence for sentence in said if sentence]


def block_sentences(block: Block) -> list[str]:
    """The sentences under one indicator's heading, for the block's own reader."""
    sentences = [own_sentence(block.own)]
    match block:
        case AnonymisedBlock():
            sentences += anonymised_sentences(block)
        case OwnBlock():
            pass
        case _:
            decimals = block.own.card.decimals
            positions = [block.region, block.neighbours, block.england, *groups_of(block)]
            sentences += [position_sentence(position, decimals) for position in positions]
    return sentences


def groups_of(block: Block) -> tuple[Position, ...]:
    """The positions in the region's own groups, for a reader who sees any."""
    return block.groups if isinstance(block, InternalBlock) else ()
