"""Text laid on a picture that is already drawn: the same letters on every machine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from PIL import Image, ImageDraw

from analysis.figures.fonts import Face, font

Across = Literal["left", "centre", "right"]
Up = Literal["top", "middle", "bottom"]
_ANCHOR = {"left": "l", "centre": "m", "right": "r", "top": "a", "middle": "m", "bottom": "d"}
_ALIGN = {"left": "left", "centre": "center", "right": "right"}
_BEFORE = {"left": 0.0, "centre": 0.5, "right": 1.0, "top": 0.0, "middle": 0.5, "bottom": 1.0}
"""How much of a turned text lies to the left of its place, or above it."""


@dataclass(frozen=True)
class Writing:
    """One text and its place, in inches from the bottom left; its size in points."""

    x: float
    y: float
    words: str
    size: float
    face: Face
    colour: str
    across: Across
    up: Up
    upright: bool


def lay_on(picture: Image.Image, writings: Iterable[Writing], dpi: int) -> None:
    """Write them all over what the picture shows."""
    pen = ImageDraw.Draw(picture)
    for item in writings:
        if item.upright:
            _lay_on_upright(picture, item, dpi)
            continue
        letters = font(item.face, item.size * dpi / 72)
        pen.text(
            (item.x * dpi, picture.height - item.y * dpi),
            item.words,
            fill=item.colour,
            font=letters,
            anchor=_ANCHOR[item.across] + _ANCHOR[item.up],
            align=_ALIGN[item.across],
            spacing=0.02 * letters.size,
        )


def _lay_on_upright(picture: Image.Image, item: Writing, dpi: int) -> None:
    letters = font(item.face, item.size * dpi / 72)
    lines = item.words.split("\n")
    length = round(max(letters.getlength(line) for line in lines)) + 2
    height = round(1.4 * letters.size * len(lines))
    flat = Image.new("L", (length, height))
    for number, line in enumerate(lines):
        middle = height * (number + 0.5) / len(lines)
        ImageDraw.Draw(flat).text((0, middle), line, fill=255, font=letters, anchor="lm")
    left = item.x * dpi - _BEFORE[item.across] * height
    top = picture.height - item.y * dpi - _BEFORE[item.up] * length
    picture.paste(item.colour, (round(left), round(top)), flat.transpose(Image.Transpose.ROTATE_90))
