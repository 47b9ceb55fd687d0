"""Every indicator's headline over time in one picture: small lines in a grid, each from zero, labelled directly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.figures import palette
from analysis.figures.alt import multiples_alt
from analysis.figures.captions import full_caption, period_span
from analysis.figures.definitions import broken_line, changed_note, draw_changes, mixed_groups_note
from analysis.figures.drawing import Drawing
from analysis.figures.fonts import line_count, shortened, wrapped
from analysis.figures.group_bands import draw_bands
from analysis.figures.plot import Plot
from analysis.figures.scale import drawn_values
from analysis.figures.sheet import Sheet, SheetHeading, sheet
from analysis.figures.variants import View
from analysis.views.anonymised import AnonymisedView
from analysis.views.dfe import DfeView
from analysis.views.model import Bands, Card, History
from analysis.views.regional import RegionalView
from analysis.views.words import figure_text


@dataclass(frozen=True)
class Grid:
    """How the small lines are laid out.

    Parameters
    ----------
    width
        Of the whole picture, inches.
    columns
        Small lines side by side.
    line
        Height of each line's plot, inches.
    points
        Size of the titles.
    units
        Whether unit and window are printed, and titles in full; where not, they stand in the table on the same page,
        under the same number.
    """

    width: float
    columns: int
    line: float
    points: float
    units: bool


UPRIGHT = Grid(width=7.0, columns=3, line=0.55, points=7.5, units=True)
ACROSS = Grid(width=10.4, columns=6, line=0.55, points=7.5, units=True)
HALF_A_PAGE = Grid(width=10.4, columns=9, line=0.3, points=6.2, units=False)
_GAP, _FIGURE = 0.14, 0.42


@dataclass(frozen=True)
class _Panel:
    card: Card
    history: History
    bands: Bands | None


def small_multiples(view: View | RegionalView) -> Drawing:
    """All indicators' headlines over the periods shown.

    Parameters
    ----------
    view
        Any view. The anonymised and the DfE view have their group's middle half behind each line; the regional view
        shows the region's pooled figures.
    """
    grid = _grid(view)
    panels = _panels(view)
    first = panels[0].history
    name = view.heading.authority_name or view.heading.region_name
    about = "Each line stands on zero and ends with its latest figure." if grid.units else ""
    heading = SheetHeading.fit(f"{name}, {period_span(first)}", about, grid.width)
    rows = [panels[start : start + grid.columns] for start in range(0, len(panels), grid.columns)]
    heights = [_row_height(row, grid) for row in rows]
    height = heading.height + 0.08 + sum(heights)
    with sheet(grid.width, height, made_up=view.heading.made_up) as page:
        page.heading(heading)
        top = height - heading.height - 0.08
        for row, row_height in zip(rows, heights, strict=True):
            for column, panel in enumerate(row):
                _draw(page, grid, panel, column * grid.width / grid.columns, top, row_height)
            top -= row_height
    cells = [point.cell for panel in panels for point in panel.history.points]
    shaded = next((panel.bands for panel in panels if panel.bands), None)
    notes = (
        _group_note(shaded) if shaded else "",
        mixed_groups_note((panel.card, panel.bands) for panel in panels),
        changed_note((panel.card, panel.history) for panel in panels),
    )
    return Drawing(
        label="fig-over-time",
        png=page.png,
        caption=full_caption(f"All indicators over time, {name}, {period_span(first)}.", view.heading, cells, *notes),
        alt=multiples_alt([panel.history for panel in panels], view.heading),
        width_in=grid.width,
        height_in=height,
        texts=page.texts,
    )


def _group_note(bands: Bands) -> str:
    return f"Dashed: the median of {bands.label}" if bands.median_alone else f"Shaded: the middle half of {bands.label}"


def _grid(view: View | RegionalView) -> Grid:
    match view:
        case RegionalView():
            return ACROSS
        case DfeView():
            return HALF_A_PAGE
        case _:
            return UPRIGHT


def _panels(view: View | RegionalView) -> list[_Panel]:
    match view:
        case RegionalView(rows=rows):
            return [_Panel(row.card, row.history, None) for row in rows]
        case AnonymisedView(blocks=blocks) | DfeView(blocks=blocks):
            return [_Panel(block.own.card, block.own.histories[0], block.bands) for block in blocks]
        case _:
            return [_Panel(block.own.card, block.own.histories[0], None) for block in view.blocks]


def _titles(panel: _Panel, grid: Grid) -> tuple[str, str]:
    """Title and unit, broken to the width of a column."""
    room = grid.width / grid.columns - _GAP
    title = wrapped(f"{panel.card.number} {panel.card.title}", "Bold", grid.points, room)
    title = title if grid.units else shortened(title, 2)
    unit = f"{panel.card.unit}, {panel.card.window_words}" if grid.units else ""
    return title, wrapped(unit, "Regular", grid.points - 1, room)


def _row_height(row: Sequence[_Panel], grid: Grid) -> float:
    """As high as the longest titles in the row need."""
    lines = max(sum(line_count(words) for words in _titles(panel, grid) if words) for panel in row)
    return lines * _leading(grid) + grid.line + 0.16


def _leading(grid: Grid) -> float:
    return grid.points / 72 * 1.3


def _draw(page: Sheet, grid: Grid, panel: _Panel, left: float, top: float, height: float) -> None:
    left += 0.05
    title, unit = _titles(panel, grid)
    page.write(left, top, title, size=grid.points, face="Bold", up="top")
    if unit:
        page.write(left, top - line_count(title) * _leading(grid), unit, size=grid.points - 1, up="top")
    width = grid.width / grid.columns - _GAP - _FIGURE
    periods = [point.period for point in panel.history.points]
    highest = max(drawn_values(panel.history, panel.bands), default=1.0) or 1.0
    plot = Plot(left, top - height + 0.1, width, grid.line, len(periods), highest)
    page.line((plot.left, plot.right), [plot.bottom] * 2, linewidth=0.8, color=palette.AXIS)
    if panel.bands is not None:
        draw_bands(page, plot, periods, panel.bands)
    _draw_line(page, plot, panel.history, grid.points)


def _draw_line(page: Sheet, plot: Plot, history: History, points: float) -> None:
    draw_changes(page, plot, history, labelled=False)
    xs, ys = broken_line(plot, history)
    page.line(xs, ys, color=palette.OWN, linewidth=1.3, zorder=3)
    for place, (x, y) in enumerate(zip(xs, ys, strict=True)):
        beside = ys[max(0, place - 1) : place] + ys[place + 1 : place + 2]
        if y == y and all(other != other for other in beside):
            page.dot(x, y, 2.5, palette.OWN)
    for index, point in enumerate(history.points):
        if point.cell.value is None:
            page.write(
                plot.x(index), plot.bottom + 0.01, point.cell.status.symbol, size=points - 0.5, face="Bold",
                colour=palette.QUIET, across="centre", up="bottom",
            )  # fmt: skip
    latest = history.points[-1].cell
    if latest.value is not None:
        page.dot(xs[-1], ys[-1], 4, palette.OWN)
        words = figure_text(latest, history.decimals)
        page.write(plot.right + 0.02, ys[-1], words, size=points + 0.5, face="Bold", colour=palette.OWN)
