"""The letters of every picture and PDF: files of the kit, never those of the machine, or the bytes would differ."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from PIL import ImageFont

FONT_FOLDER = Path(__file__).parent / "fonts"

Face = Literal["Regular", "Bold", "Italic"]
_MEASURED_AT = 100.0
"""Pixels to the em while measuring: large, so that rounding to whole pixels doesn't count."""


@cache
def font(face: Face, pixels: float) -> ImageFont.FreeTypeFont:
    """The bundled Open Sans in one size.

    Parameters
    ----------
    face
        Weight or slope.
    pixels
        Height of the em square.
    """
    # The basic engine is in every build of Pillow; the other lays out differently, and is not.
    return ImageFont.truetype(FONT_FOLDER / f"OpenSans-{face}.ttf", pixels, layout_engine=ImageFont.Layout.BASIC)


def width_of(words: str, face: Face, points: float) -> float:
    """The width of one line of text, in inches."""
    return font(face, _MEASURED_AT).getlength(words) / _MEASURED_AT * points / 72


def wrapped(words: str, face: Face, points: float, inches: float) -> str:
    """The words broken into lines that are no wider than `inches`, as measured in this font.

    A single word that is wider stays whole.
    """
    lines: list[str] = []
    for word in words.split():
        if lines and width_of(f"{lines[-1]} {word}", face, points) <= inches:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return "\n".join(lines)


def shortened(words: str, lines: int) -> str:
    """A broken text cut after so many lines, with a sign that it was."""
    kept = words.split("\n")
    return words if len(kept) <= lines else "\n".join([*kept[: lines - 1], kept[lines - 1].rstrip(" ,") + "…"])


def line_count(words: str) -> int:
    """How many lines a broken text has."""
    return words.count("\n") + 1
