"""The region's colour, from `reports/_brand.yml`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, StringConstraints

from analysis.reference.yaml_file import read_yaml

_ENOUGH = 4.5
"""Contrast of text that WCAG 2.2 asks for at level AA (1.4.3)."""

_HEX = r"^#[0-9a-fA-F]{6}$"

Colour = Annotated[str, StringConstraints(pattern=_HEX)]


class _Colours(BaseModel):
    palette: dict[str, Colour] = {}
    primary: str


class _Brand(BaseModel):
    # Open, unlike other files of ours: the format is Quarto's, and its other keys are for Quarto alone.
    color: _Colours


def primary_colour(path: Path) -> str:
    """The primary colour as `#12436d`.

    Parameters
    ----------
    path
        A brand file in Quarto's format.

    Raises
    ------
    BadReferenceError
        If the file names no colour, or one that is too pale to be read on white and to be written on in white.
    """
    brand = read_yaml(path, _Brand)
    colours = brand.content.color
    colour = colours.palette.get(colours.primary, colours.primary)
    if not re.fullmatch(_HEX, colour) or contrast_on_white(colour) < _ENOUGH:
        raise brand.refuse(
            f"{colours.primary} is no colour that can be read on white",
            "color",
            "primary",
            remedy=f"name a #rrggbb, or one of the palette, with a contrast of {_ENOUGH}:1 or more",
        )
    return colour.lower()


def contrast_on_white(colour: str) -> float:
    """The contrast of `#rrggbb` with white, 1 to 21 (WCAG 2.2, relative luminance)."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)
