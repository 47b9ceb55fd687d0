"""Pictures as bytes: the same each time, clean, marked where made up, and of the size that they say."""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import cache
from io import BytesIO

import example_views as examples
import matplotlib as mpl
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from analysis.figures import Drawing, members, palette, regional_picture, small_multiples, trend
from analysis.figures.pixels import png_bytes
from analysis.figures.sheet import DPI

Pixels = npt.NDArray[np.uint8]
Draw = Callable[[bool], Drawing]


def _trend(made_up: bool) -> Drawing:
    view = examples.anonymised_view(made_up=made_up)
    return trend(view.blocks[1], view.heading)


def _members(made_up: bool) -> Drawing:
    view = examples.internal_view(made_up=made_up)
    return members(view.blocks[0], view.heading)


PICTURES: dict[str, Draw] = {
    "trend": _trend,
    "members": _members,
    "multiples": lambda made_up: small_multiples(examples.own_view(made_up=made_up)),
    "one-page multiples": lambda made_up: small_multiples(examples.dfe_view(made_up=made_up)),
    "regional": lambda made_up: regional_picture(examples.regional_view(made_up=made_up)),
}
every_picture = pytest.mark.parametrize("draw", [cache(draw) for draw in PICTURES.values()], ids=PICTURES.keys())
every_picture_anew = pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES.keys())


def pixels(drawing: Drawing) -> Pixels:
    return np.asarray(Image.open(BytesIO(drawing.png)).convert("RGB"))


def chunks(png: bytes) -> list[str]:
    names, place = [], 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        names.append(png[place + 4 : place + 8].decode())
        place += 12 + length
    return names


@every_picture_anew
def test_the_same_view_gives_the_same_bytes(draw: Draw) -> None:
    assert draw(True) == draw(True)


@every_picture_anew
def test_somebodys_own_matplotlib_settings_change_nothing(draw: Draw) -> None:
    expected = draw(False).png
    with mpl.rc_context({"lines.linewidth": 9, "path.simplify": False, "figure.dpi": 50, "lines.antialiased": False}):
        assert draw(False).png == expected


@every_picture_anew
def test_a_picture_leaves_settings_as_they_were(draw: Draw) -> None:
    before = dict(mpl.rcParams)
    draw(False)
    assert dict(mpl.rcParams) == before


@every_picture
def test_a_picture_holds_the_words_that_are_drawn_in_it_and_no_others(draw: Draw) -> None:
    drawing = draw(True)
    assert chunks(drawing.png).count("iTXt") == 1
    assert set(chunks(drawing.png)) == {"IHDR", "PLTE", "pHYs", "iTXt", "IDAT", "IEND"}
    assert Image.open(BytesIO(drawing.png)).text == {"Description": "\n".join(drawing.texts)}


@every_picture
def test_pixels_match_the_printed_size(draw: Draw) -> None:
    drawing = draw(False)
    height, width, _ = pixels(drawing).shape
    assert width == pytest.approx(drawing.width_in * DPI, abs=1)
    assert height == pytest.approx(drawing.height_in * DPI, abs=1)


def colour(name: str) -> list[int]:
    return [int(name[start : start + 2], 16) for start in (1, 3, 5)]


@every_picture
def test_made_up_data_is_in_the_pixels_at_the_top_right_and_across_the_middle(draw: Draw) -> None:
    made_up, real = pixels(draw(True)), pixels(draw(False))
    differs = (made_up != real).any(axis=2)
    badge = (made_up == colour(palette.MADE_UP.background)).all(axis=2)
    rows, columns = np.nonzero(badge)
    assert badge.sum() > 3000
    assert rows.max() < 0.35 * DPI
    assert columns.min() > made_up.shape[1] - 1.3 * DPI
    watermark = (made_up == colour(palette.WATERMARK)).all(axis=2) & differs
    assert watermark.sum() > 5000
    assert np.abs(np.nonzero(watermark)[1].mean() - made_up.shape[1] / 2) < 0.15 * made_up.shape[1]


@every_picture
def test_only_a_made_up_picture_says_so(draw: Draw) -> None:
    assert "MADE-UP DATA" in draw(True).texts
    assert "MADE-UP DATA" in draw(True).caption
    assert not any("MADE-UP" in text for text in (*draw(False).texts, draw(False).caption))
    assert not (pixels(draw(False)) == colour(palette.MADE_UP.background)).all(axis=2).any()


@every_picture
def test_the_watermark_covers_no_text(draw: Draw) -> None:
    made_up, real = pixels(draw(True)).astype(int), pixels(draw(False)).astype(int)
    dark = (real.max(axis=2) < 100) & (np.indices(real.shape[:2])[0] > 0.35 * DPI)
    assert np.abs(made_up - real)[dark].max() <= 16


@every_picture
def test_white_paper_is_white(draw: Draw) -> None:
    assert pixels(draw(False))[-1, 0].tolist() == [255, 255, 255]


@every_picture
def test_words_and_bytes_go_together(draw: Draw) -> None:
    drawing = draw(False)
    assert drawing.label.startswith("fig-")
    assert drawing.alt
    assert drawing.alt != drawing.caption


def test_few_colours_are_close_to_the_many_that_were_drawn() -> None:
    ramp = np.linspace(0, 255, 500).astype(np.uint8)
    drawn = np.dstack([np.tile(ramp, (60, 1)), np.tile(ramp[::-1], (60, 1)), np.full((60, 500), 77, np.uint8)])
    written = Image.open(BytesIO(png_bytes(Image.fromarray(drawn), DPI)))
    assert written.mode == "P"
    assert np.abs(np.asarray(written.convert("RGB")).astype(int) - drawn).max() <= 16
    assert written.info["dpi"] == pytest.approx((DPI, DPI), abs=0.1)


def test_more_colours_than_a_palette_holds_fall_to_their_nearest() -> None:
    generator = np.random.default_rng(5)
    drawn = generator.integers(0, 256, (80, 80, 3), dtype=np.uint8)
    written = np.asarray(Image.open(BytesIO(png_bytes(Image.fromarray(drawn), DPI))).convert("RGB")).astype(int)
    assert len(np.unique(written.reshape(-1, 3), axis=0)) <= 256
    assert np.abs(written - drawn).mean() < 25
