"""No two texts of a picture stand over each other, and none is cut off at its edge: each kind, with extreme data."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import example_views as examples
import pytest
from PIL import Image, ImageDraw

from analysis.figures import members, regional_picture, rug_table, small_multiples, trend, xmr_picture
from analysis.figures.fonts import font
from analysis.figures.lettering import Writing
from analysis.figures.sheet import DPI, Sheet, sheet
from analysis.figures.variants import View
from analysis.views.model import Cell

LONGEST = "Bournemouth, Christchurch and Poole"
TOUCHING = 2.0
"""Pixels of 192 to an inch."""
EXTREMES: dict[str, dict[int, Cell]] = {
    "as it is": {},
    "latest missing": {11: examples.NOT_SUBMITTED},
    "all missing": dict.fromkeys(range(12), examples.SUPPRESSED),
    "one figure": {place: examples.NOT_SUBMITTED for place in range(12) if place != 5},
    "nought": {place: Cell(value=0.0) for place in range(12)},
    "a thousand times as high": {11: Cell(value=98_765.4)},
    "the lowest latest": {11: Cell(value=0.0)},
}
Boxes = list[tuple[str, tuple[float, float, float, float]]]


@pytest.fixture
def sheets(monkeypatch: pytest.MonkeyPatch) -> list[Sheet]:
    """Every sheet that is finished."""
    kept: list[Sheet] = []
    finish = Sheet.finish

    def keep(page: Sheet, *, made_up: bool) -> None:
        finish(page, made_up=made_up)
        kept.append(page)

    monkeypatch.setattr(Sheet, "finish", keep)
    return kept


def box(writing: Writing, height: float) -> tuple[float, float, float, float]:
    """Where its ink is, in pixels from the top left, as Pillow measures it."""
    letters = font(writing.face, writing.size * DPI / 72)
    x, y = writing.x * DPI, (height - writing.y) * DPI
    anchor = {"left": "l", "centre": "m", "right": "r"}[writing.across]
    anchor += {"top": "a", "middle": "m", "bottom": "d"}[writing.up]
    align = {"left": "left", "centre": "center", "right": "right"}[writing.across]
    pen = ImageDraw.Draw(Image.new("L", (1, 1)))
    if not writing.upright:
        found = pen.textbbox((x, y), writing.words, letters, anchor=anchor, align=align, spacing=0.02 * letters.size)
        return found[0], found[1], found[2], found[3]
    lines = writing.words.split("\n")
    length, thick = max(letters.getlength(line) for line in lines), 1.4 * letters.size * len(lines)
    left = x - {"left": 0.0, "centre": 0.5, "right": 1.0}[writing.across] * thick
    top = y - {"top": 0.0, "middle": 0.5, "bottom": 1.0}[writing.up] * length
    return left, top, left + thick, top + length


def wrong(page: Sheet) -> list[str]:
    """Texts over each other, and those that reach out of the sheet."""
    boxes: Boxes = [(one.words, box(one, page.whole_height)) for one in page._writings]
    right, bottom = page.width * DPI, page.whole_height * DPI
    found = [
        f"{words!r} is cut off"
        for words, (x0, y0, x1, y1) in boxes
        if min(x0, y0) < -TOUCHING or x1 > right + TOUCHING or y1 > bottom + TOUCHING
    ]
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        if min(a[2], b[2]) - max(a[0], b[0]) > TOUCHING and min(a[3], b[3]) - max(a[1], b[1]) > TOUCHING:
            found.append(f"{one!r} over {other!r}")
    return found


def with_figures(view: View, missing: dict[int, Cell]) -> View:
    """A view in which each indicator has these instead of some of its figures, of the authority of longest name."""
    blocks = tuple(
        block.model_copy(update={"own": examples.own_figures(index, missing=missing)})
        for index, block in enumerate(view.blocks)
    )
    heading = view.heading.model_copy(update={"authority_name": LONGEST})
    return view.model_copy(update={"heading": heading, "blocks": blocks})


def draw_trends(view: View) -> None:
    for block in view.blocks[::4]:
        trend(block, view.heading)


KINDS: dict[str, tuple[Callable[[], View], Callable[[View], object]]] = {
    "own trends": (lambda: examples.own_view(made_up=True), draw_trends),
    "internal trends": (lambda: examples.internal_view(made_up=True), draw_trends),
    "anonymised trends": (lambda: examples.anonymised_view(made_up=True), draw_trends),
    "small lines": (lambda: examples.anonymised_view(made_up=True), small_multiples),
    "small lines of one page": (lambda: examples.dfe_view(made_up=True), small_multiples),
    "lines in the rug": (lambda: examples.anonymised_view(made_up=True), rug_table),
}


@pytest.mark.parametrize("missing", EXTREMES.values(), ids=EXTREMES.keys())
@pytest.mark.parametrize(("view", "draw"), KINDS.values(), ids=KINDS.keys())
def test_texts_stand_apart(
    sheets: list[Sheet], view: Callable[[], View], draw: Callable[[View], object], missing: dict[int, Cell]
) -> None:
    draw(with_figures(view(), missing))
    assert sheets
    assert [words for page in sheets for words in wrong(page)] == []


def test_texts_of_pictures_of_others_stand_apart(sheets: list[Sheet]) -> None:
    view = examples.internal_view(made_up=True)
    for block in view.blocks[:3]:
        members(block, view.heading)
    regional_picture(examples.regional_view(made_up=True))
    small_multiples(examples.regional_view(made_up=True))
    concealed = examples.anonymised_view(made_up=True)
    for block in concealed.blocks:
        if block.chart is not None:
            xmr_picture(block.chart, concealed.heading)
    assert len(sheets) > 6
    assert [words for page in sheets for words in wrong(page)] == []


def test_texts_over_each_other_would_be_found(sheets: list[Sheet]) -> None:
    with sheet(2, 1, made_up=False) as page:
        page.write(0.5, 0.5, "Referrals")
        page.write(0.7, 0.52, "Assessments")
        page.write(1.8, 0.1, "Adoption")
    assert [words.split(" ")[-2:] for words in wrong(sheets[0])] == [["cut", "off"], ["over", "'Assessments'"]]
