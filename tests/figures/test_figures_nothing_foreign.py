"""What must not be in an anonymised or own output: other authorities, and figures that were hidden."""

from __future__ import annotations

import re
from functools import cache

import example_views as examples
import pytest

from analysis.figures import Drawing, Table, block_table, published_table, rug_table, small_multiples, trend
from analysis.reference.status import Status
from analysis.views.anonymised import AnonymisedView
from analysis.views.model import Cell, History, OwnFigures, Point

VIEWS = {"anonymised": examples.anonymised_view(made_up=True), "own": examples.own_view(made_up=True)}
each_view = pytest.mark.parametrize("variant", VIEWS)


@cache
def everything_said(variant: str) -> str:
    view = VIEWS[variant]
    found: list[Drawing | Table] = [rug_table(view), small_multiples(view)]
    for block in view.blocks:
        found += [trend(block, view.heading), block_table(block, view.heading), published_table(block, view.heading)]
    return " ".join(said(thing) for thing in found)


def said(thing: Drawing | Table) -> str:
    if isinstance(thing, Table):
        return f"{thing.label} {thing.caption} {thing.html}"
    return " ".join((thing.label, thing.caption, thing.alt, *thing.texts))


@each_view
def test_no_other_authority_is_named(variant: str) -> None:
    text = everything_said(variant)
    assert examples.AUTHORITIES[examples.OWN] in text
    for name in (*examples.OTHER_NAMES, *examples.NEIGHBOURS):
        assert name not in text


@each_view
def test_no_code_is_printed(variant: str) -> None:
    text = everything_said(variant)
    for code in examples.AUTHORITIES:
        assert code not in text


def test_every_number_of_an_anonymised_trend_is_in_its_view_or_on_its_axis() -> None:
    view = VIEWS["anonymised"]
    assert isinstance(view, AnonymisedView)
    for block in view.blocks[:3]:
        allowed = {
            f"{point.cell.value:,.1f}" for point in block.own.histories[0].points if point.cell.value is not None
        }
        if block.bands:
            band = block.bands.bands[-1]
            allowed |= {f"{value:g}" for value in (band.lower, band.median, band.upper)}
        texts = trend(block, view.heading).texts[2:]
        axis = {text for text in texts if re.fullmatch(r"[\d,]+(\.5)?", text)}
        numbers = {
            number
            for text in set(texts) - axis
            for number in re.findall(r"(?<![\w-])\d[\d,]*(?:\.\d+)?(?![\w-])", text)
        }
        assert numbers <= allowed


HIDDEN = 7654.3


def with_hidden_figure(own: OwnFigures) -> OwnFigures:
    """A careless view: a cell that is marked as suppressed and has no value, beside a title that is fine."""
    hidden = Cell(value=None, status=Status.SUPPRESSED)
    first = own.histories[0]
    points = (*first.points[:-1], Point(period=first.points[-1].period, cell=hidden))
    history: History = first.model_copy(update={"points": points})
    return own.model_copy(update={"latest": hidden, "change": hidden, "histories": (history, *own.histories[1:])})


def test_a_suppressed_figure_is_c_everywhere_and_its_change_too() -> None:
    view = examples.own_view()
    block = view.blocks[0].model_copy(update={"own": with_hidden_figure(view.blocks[0].own)})
    hidden = view.model_copy(update={"blocks": (block,)})
    shown = f"{view.blocks[0].own.latest.value:.1f}"
    for thing in (trend(block, view.heading), rug_table(hidden), small_multiples(hidden)):
        assert not re.search(rf"(?<![\d.]){re.escape(shown)}(?!\d)", said(thing))
    assert "c" in trend(block, view.heading).texts


def test_a_group_of_an_anonymised_page_is_never_counted_exactly() -> None:
    text = everything_said("anonymised")
    assert "at least 15 authorities" in text
    assert " of 19" not in text
