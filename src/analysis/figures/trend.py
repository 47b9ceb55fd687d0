"""One indicator over time: the authority's own line, described and not judged (no arrow, no reading).

What may stand beside the line follows from the type of the block: fixed bands for an anonymised report, the
group's latest figures for a named one, nothing for the authority's own.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.figures import palette
from analysis.figures.alt import named_alt, trend_alt
from analysis.figures.beside import Beside, write_beside
from analysis.figures.captions import full_caption, period_span, series_title
from analysis.figures.definitions import LABEL, NAN, broken_line, changes_note, draw_changes
from analysis.figures.drawing import Drawing
from analysis.figures.gaps import draw_gaps
from analysis.figures.group_bands import draw_bands
from analysis.figures.plot import Plot
from analysis.figures.scale import drawn_values, ticks_from_zero
from analysis.figures.sheet import Sheet, SheetHeading, sheet
from analysis.figures.timeline import same_season, tick_labels
from analysis.figures.variants import Block, require_same_variant
from analysis.views.anonymised import AnonymisedBlock
from analysis.views.dfe import DfeBlock
from analysis.views.model import Band, Bands, Cell, Heading, History, Position
from analysis.views.named import NamedLine
from analysis.views.own import OwnBlock
from analysis.views.words import CUT_SHORT, MEDIAN_ALONE, figure_text, group_text, half_text, named_with_permission

WIDTH = 7.0
_LEFT, _BOTTOM, _RIGHT = 0.52, 0.42, 2.1
_PLOT, _ABOVE = 1.5, 0.2
"""Inches: the height of the plot, and the room between it and the subtitle."""


def trend(block: Block, heading: Heading) -> Drawing:
    """The headline over the periods shown, as a picture.

    Parameters
    ----------
    block
        One indicator of a view. Its type decides what stands beside the own line.
    heading
        The heading of the same view.

    Raises
    ------
    TypeError
        If block and heading are of different variants.
    """
    require_same_variant(block, heading)
    own, history = block.own, block.own.histories[0]
    bands, note, references = _beside_the_line(block)
    # A group's yearly figure has no place on the scale of a quarter.
    comparable = [item for item in references if item.placed_among in ("", history.points[-1].period)]
    top = SheetHeading.fit(f"{own.card.number} {own.card.title}", series_title(own.card), WIDTH)
    height = _BOTTOM + _PLOT + _ABOVE + LABEL * len(history.breaks) + top.height
    named = block.named if isinstance(block, AnonymisedBlock) else ()
    with sheet(WIDTH, height, made_up=heading.made_up) as page:
        page.heading(top)
        _paint(page, heading, history, bands, comparable, named)
    cells = [point.cell for point in history.points]
    return Drawing(
        label=f"fig-{own.card.id.lower()}-trend",
        png=page.png,
        caption=full_caption(
            f"{own.card.title}, {heading.authority_name}, {period_span(history)}.",
            heading,
            cells,
            note,
            _named_note(named),
            _dashed(history),
        ),
        alt=" ".join([trend_alt(own, heading, bands), *named_alt(named)]),
        width_in=WIDTH,
        height_in=height,
        texts=page.texts,
    )


def _beside_the_line(block: Block) -> tuple[Bands | None, str, tuple[Position, ...]]:
    """The bands with a note on them, and the groups whose latest figures may be shown."""
    match block:
        case AnonymisedBlock(bands=bands, no_bands_reason=reason):
            return bands, _bands_note(bands) if bands else reason, ()
        case OwnBlock():
            return None, "", ()
        case DfeBlock(bands=bands):
            return bands, _bands_note(bands) if bands else "", (block.neighbours, block.england)
        case _:
            return None, "", (block.region, block.neighbours, block.england)


def _bands_note(bands: Bands) -> str:
    group = f"{bands.label} ({group_text(bands)}), smoothed and rounded"
    shown = f"Shaded: the middle half of {group}"
    if bands.median_alone:
        shown = f"Dashed: the median of {group}. No quartiles: {MEDIAN_ALONE}"
    return f"{shown}. No more quarters: {CUT_SHORT}" if bands.cut_short else shown


def _named_note(named: Sequence[NamedLine]) -> str:
    return "; ".join(named_with_permission(line.name) for line in named)


def _dashed(history: History) -> str:
    changed = changes_note(history)
    return f"Dashed upright: {changed}" if changed else ""


def _paint(
    page: Sheet,
    heading: Heading,
    history: History,
    bands: Bands | None,
    references: Sequence[Position],
    named: Sequence[NamedLine],
) -> None:
    groups = _group_figures(history, references)
    values = drawn_values(history, bands) + [value for value, _ in groups]
    values += [value for line in named for value in drawn_values(line.history, None)]
    ticks = ticks_from_zero(values, percentage=history.kind == "percentage")
    periods = [point.period for point in history.points]
    plot = Plot(_LEFT, _BOTTOM, page.width - _LEFT - _RIGHT, _PLOT, len(periods), ticks[-1])
    plot.draw_scales(page, ticks, tick_labels(periods))
    beside = [Beside(plot.y(value), words, palette.QUIET, tick=True) for value, words in groups]
    if bands is not None:
        latest = draw_bands(page, plot, periods, bands)
        beside += _band_labels(plot, bands, latest) if latest else []
    draw_gaps(page, plot, history)
    draw_changes(page, plot, history, labelled=True)
    beside += [label for line in named for label in _draw_named(page, plot, line)]
    beside += _draw_own(page, plot, heading, history)
    write_beside(page, plot.right, plot.bottom, plot.height, beside)


def _draw_named(page: Sheet, plot: Plot, line: NamedLine) -> list[Beside]:
    """The line of an authority that permits it, thin, with its name and latest figure beside it."""
    page.line(*broken_line(plot, line.history), color=palette.QUIET, linewidth=1, marker="o", markersize=2, zorder=2.2)
    latest = line.history.points[-1].cell
    if latest.value is None:
        return []
    words = f"{line.name} {figure_text(latest, line.history.decimals)}"
    return [Beside(plot.y(latest.value), words, palette.QUIET)]


def _draw_own(page: Sheet, plot: Plot, heading: Heading, history: History) -> list[Beside]:
    page.line(
        *broken_line(plot, history),
        color=palette.OWN,
        linewidth=2,
        marker="o",
        markersize=3.5,
        markeredgewidth=0,
        zorder=3,
    )
    xs = [plot.x(index) for index in range(len(history.points))]
    ys = [NAN if point.cell.value is None else plot.y(point.cell.value) for point in history.points]
    for index in same_season([point.period for point in history.points]):
        cell = history.points[index].cell
        if cell.value is not None:
            page.dot(xs[index], ys[index], 6.5, palette.OWN)
            if index < len(ys) - 1:
                above = _has_room_above(ys, index, plot)
                page.write(
                    xs[index], ys[index] + (0.05 if above else -0.05), figure_text(cell, history.decimals),
                    face="Bold", colour=palette.OWN, across="centre", up="bottom" if above else "top",
                )  # fmt: skip
    latest = history.points[-1].cell
    if latest.value is None:
        return []
    return [
        Beside(
            plot.y(latest.value),
            f"{heading.authority_name} {figure_text(latest, history.decimals)}",
            palette.OWN,
            "Bold",
        )
    ]


def _has_room_above(ys: Sequence[float], index: int, plot: Plot) -> bool:
    """Whether a figure stands clear of the line above its point rather than below."""
    near = [y for y in ys[max(0, index - 1) : index + 2] if y == y]
    return ys[index] >= sum(near) / len(near) - 0.02 or ys[index] < plot.bottom + 0.3


def _band_labels(plot: Plot, bands: Bands, latest: Band) -> list[Beside]:
    labels = [Beside(plot.y(latest.median), f"{bands.label} median {latest.median:,g}", palette.MEDIAN)]
    if latest.upper is not None:
        between = plot.y((latest.median + latest.upper) / 2)
        labels.append(Beside(between, f"Middle half {half_text(latest)}", palette.QUIET))
    return labels


def _group_figures(history: History, references: Sequence[Position]) -> list[tuple[float, str]]:
    """The groups' latest figures, each with its words."""
    found = []
    for position in references:
        summaries = {"": position.pooled} if position.group == "england" else _mean_and_median(position)
        for name, cell in summaries.items():
            if cell.value is not None:
                parts = (position.label, name, figure_text(cell, history.decimals))
                words = " ".join(part for part in parts if part)
                found.append((cell.value, words))
    return found


def _mean_and_median(position: Position) -> dict[str, Cell]:
    return {"mean": position.mean, "median": position.median}
