"""MADE-UP DATA in the pixels of a picture, so that it stays when the picture is copied out of its document."""

from __future__ import annotations

from functools import cache

from PIL import Image, ImageChops, ImageDraw

from analysis.figures.fonts import font
from analysis.figures.palette import WATERMARK, WHITE

MADE_UP_TEXT = "MADE-UP DATA"
SLOPE = 17
"""Degrees by which it rises."""


def beneath(picture: Image.Image) -> Image.Image:
    """The picture with large pale letters across it that cover nothing: they show where it is lighter than they."""
    return ImageChops.darker(picture, _letters(picture.size))


def letter_length(width: float, height: float) -> float:
    """How long the words are in a picture of this size, in its unit."""
    return min(0.8 * width, 2.2 * height)


@cache
def _letters(size: tuple[int, int]) -> Image.Image:
    width, height = size
    length = letter_length(width, height)
    letters = font("Bold", length / font("Bold", 100).getlength(MADE_UP_TEXT) * 100)
    straight = Image.new("L", size)
    ImageDraw.Draw(straight).text((width / 2, height / 2), MADE_UP_TEXT, 255, letters, anchor="mm")
    turned = straight.rotate(SLOPE, Image.Resampling.BICUBIC)
    # Hard edges: nobody sees them in so pale a colour, and soft ones are a twentieth of the file.
    page = Image.new("RGB", size, WHITE)
    page.paste(WATERMARK, mask=turned.point(lambda shade: 255 * (shade > 127)))
    return page
