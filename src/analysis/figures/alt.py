"""What a picture says, in a sentence or two made from the same data: for readers who don't see it.

Alt text of the own and anonymised variants speaks of the reader's authority and of groups only; a hidden figure
is as absent here as in the picture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from analysis.figures.captions import first_upper, series_title
from analysis.figures.definitions import changes_note
from analysis.figures.timeline import period_words, short_period, year_before
from analysis.reference.status import Status
from analysis.views.model import Band, Bands, Cell, Heading, History, Member, OwnFigures, Point, Position
from analysis.views.named import NamedLine
from analysis.views.regional import RegionalView
from analysis.views.words import MISSING, figure_text, half_text, named_with_permission, rounded


def cell_words(cell: Cell, decimals: int) -> str:
    """A figure, or in words why there is none."""
    return figure_text(cell, decimals) if cell.value is not None else f"no figure ({MISSING[cell.status]})"


def trend_alt(own: OwnFigures, heading: Heading, bands: Bands | None) -> str:
    """First, latest, lowest and highest of the own history, what is missing, and the group's latest band."""
    history = own.histories[0]
    first, last = history.points[0], history.points[-1]
    return " ".join(
        [
            f"Line of {own.card.title} for {heading.authority_name} ({first_lower(series_title(own.card))}):",
            f"{_figure_or_none(first.cell, history.decimals)} in {period_words(first.period)},",
            f"{_figure_or_none(last.cell, history.decimals)} in {period_words(last.period)}.",
            *changed_definition(history),
            *_range(history),
            *without_figure(history.points),
            *_band(bands, last.period),
        ]
    )


def spark_alt(history: History) -> str:
    """Lowest and highest of a line in a table, whose row has the rest."""
    said = [*changed_definition(history), *_range(history), *without_figure(history.points)]
    return " ".join(said or ["Line of one figure, which stands beside it."])


def named_alt(named: Sequence[NamedLine]) -> list[str]:
    """The latest figure of each authority that is named with its permission."""
    return [
        f"{named_with_permission(line.name)}: "
        f"{cell_words(line.history.points[-1].cell, line.history.decimals)} in "
        f"{period_words(line.history.points[-1].period)}."
        for line in named
    ]


def _figure_or_none(cell: Cell, decimals: int) -> str:
    """A figure; why there is none is said once for all periods."""
    return figure_text(cell, decimals) if cell.value is not None else "no figure"


def multiples_alt(histories: Sequence[History], heading: Heading) -> str:
    """For how many indicators the latest figure, as printed, is above or below the one a year before."""
    periods = [point.period for point in histories[0].points]
    counts = Counter(_against_year_before(history) for history in histories)
    found = ", ".join(f"{how} for {counts[how]}" for how in ("higher", "lower", "the same") if counts[how])
    without = f" {counts['']} {'has' if counts[''] == 1 else 'have'} no figure to compare." if counts[""] else ""
    broken = sum(bool(history.breaks) for history in histories)
    changed = f" A definition changed in {broken}: the line is broken there." if broken else ""
    return (
        f"{len(histories)} small lines, one an indicator, for {heading.authority_name or heading.region_name} from "
        f"{period_words(periods[0])} to {period_words(periods[-1])}. Latest figure against a year before: "
        f"{found or 'none to compare'}.{without}{changed} The figures stand in the tables."
    )


def _against_year_before(history: History) -> str:
    periods = [point.period for point in history.points]
    earlier = year_before(periods)
    if earlier is not None and any(periods.index(change.period) > earlier for change in history.breaks):
        return ""
    cells = (history.points[-1].cell, history.points[earlier].cell if earlier is not None else Cell())
    if any(cell.value is None for cell in cells):
        return ""
    latest, before = (rounded(cell.value or 0.0, history.decimals) for cell in cells)
    return "the same" if latest == before else "higher" if latest > before else "lower"


def members_alt(own: OwnFigures, heading: Heading, region: Position, members: Sequence[Member]) -> str:
    """The own figure among the region's, the group's mean and median, and who has no figure."""
    decimals = own.card.decimals
    figures = sorted(member.cell.value for member in members if member.cell.value is not None)
    without = [
        f"{member.name} {MISSING[member.cell.status]}"
        for member in members
        if member.cell.value is None and member.authority != heading.authority
    ]
    mine = next((member.cell for member in members if member.authority == heading.authority), own.latest)
    parts = [
        f"Bars of {own.card.title} ({first_lower(series_title(own.card))}) for {len(members)} authorities in "
        f"alphabetical order, {heading.period_words}.",
        f"{heading.authority_name}: {cell_words(mine, decimals)}.",
    ]
    if figures:
        low, high = (figure_text(Cell(value=value), decimals) for value in (figures[0], figures[-1]))
        parts.append(f"The figures run from {low} to {high}.")
    summary = [
        f"{name} {figure_text(cell, decimals)}"
        for name, cell in (("mean", region.mean), ("median", region.median))
        if cell.value is not None
    ]
    if summary:
        parts.append(f"{region.label}: {', '.join(summary)}.")
    if without:
        parts.append(f"No figure: {', '.join(without)}.")
    return " ".join(parts)


def regional_alt(view: RegionalView) -> str:
    """How many members and indicators, and how much of it is there; the figures stand in the tables."""
    cells = [member.cell for row in view.rows for member in row.members]
    given = sum(cell.value is not None for cell in cells)
    complete = sum(all(member.cell.value is not None for member in row.members) for row in view.rows)
    return (
        f"A grid of {len(view.rows)} indicators by {len(view.rows[0].members)} authorities in alphabetical order, "
        f"{view.heading.region_name}, {view.heading.period_words}: {given} of {len(cells)} cells have a figure, and "
        f"{complete} indicators have one for every authority. Each cell holds its figure, which is also in the tables, "
        "and is shaded by its position in the region."
    )


def changed_definition(history: History) -> list[str]:
    """Where the line is broken: figures on its two sides are of two definitions."""
    return [f"{first_upper(changes_note(history))}: the line is broken there."] if history.breaks else []


def _range(history: History) -> list[str]:
    """The lowest and the highest figure by the latest definition: figures of two don't make one range."""
    since = history.breaks[-1].period if history.breaks else history.points[0].period
    from_here = history.points[[point.period for point in history.points].index(since) :]
    figures = [(point.cell.value, point) for point in from_here if point.cell.value is not None]
    if len(figures) < 2:
        return []
    low, high = min(figures, key=lambda item: item[0])[1], max(figures, key=lambda item: item[0])[1]
    lowest = "Since then lowest" if history.breaks else "Lowest"
    return [
        f"{lowest} {figure_text(low.cell, history.decimals)} in {period_words(low.period)},",
        f"highest {figure_text(high.cell, history.decimals)} in {period_words(high.period)}.",
    ]


def without_figure(points: Sequence[Point]) -> list[str]:
    """The periods without a figure, by the reason."""
    without: dict[Status, list[str]] = {}
    for point in points:
        if point.cell.value is None:
            without.setdefault(point.cell.status, []).append(short_period(point.period))
    return [
        f"No figure ({MISSING[status]}): {'all of them' if len(periods) == len(points) else ', '.join(periods)}."
        for status, periods in without.items()
    ]


def _band(bands: Bands | None, period: str) -> list[str]:
    found: Band | None = next((band for band in bands.bands if band.period == period), None) if bands else None
    if bands is None or found is None:
        return []
    return [f"Middle half of {bands.label}: {half_text(found)}, median {found.median:,g}."]


def first_lower(words: str) -> str:
    """The words with a small letter at their beginning."""
    return words[:1].lower() + words[1:]
