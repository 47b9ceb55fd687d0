"""The region's brand, from `reports/_brand.yml`: name, logo, colours and font, each refused where it can't be used."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from fontTools.ttLib import TTFont, TTLibError
from PIL import Image
from pydantic import BaseModel, StringConstraints

from analysis.reference.yaml_file import YamlFile, read_yaml

_ENOUGH = 4.5
"""Contrast of text that WCAG 2.2 asks for at level AA (1.4.3)."""
PAPER, TINT = "#ffffff", "#eef3f8"
"""What text stands on: the page, and the box of the contents."""
_HEX = r"^#[0-9a-fA-F]{6}$"
_MOST = 100_000
"""Bytes of a logo, which each page carries."""

Colour = Annotated[str, StringConstraints(pattern=_HEX)]
# They stand in the source of four formats, so nothing that is markup in one of them.
Name = Annotated[str, StringConstraints(pattern=r"^[\w ,.&’()-]+$", min_length=1, max_length=60)]
Family = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9 -]+$", min_length=1, max_length=40)]


class _Meta(BaseModel):
    name: Name = ""


class _Colours(BaseModel):
    palette: dict[str, Colour] = {}
    primary: str
    link: str = ""


class _Font(BaseModel):
    family: Family
    source: Literal["file"]
    files: list[str]


class _Typography(BaseModel):
    fonts: list[_Font] = []
    base: Family = ""


class _Brand(BaseModel):
    # Open, unlike other files of ours: the format is Quarto's, and its other keys are for Quarto alone.
    meta: _Meta = _Meta()
    logo: str = ""
    color: _Colours
    typography: _Typography = _Typography()


@dataclass(frozen=True)
class Brand:
    """What a region's documents look like; colours as `#12436d`.

    Parameters
    ----------
    name
        Stands over the title; empty for none.
    logo
        A PNG, which stands beside the name; None for none.
    primary
        Headings, rules and heads of tables.
    link
        Links on screen; empty for the kit's own.
    family
        The font of all text; empty for the kit's own.
    fonts
        The files of that font.
    """

    name: str
    logo: Path | None
    primary: str
    link: str
    family: str
    fonts: tuple[Path, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        """The files beside the brand file that documents are made with."""
        return (*((self.logo,) if self.logo else ()), *self.fonts)


def read_brand(path: Path) -> Brand:
    """The brand that a file describes.

    Parameters
    ----------
    path
        A brand file in Quarto's format; the files that it names lie beside it.

    Raises
    ------
    BadReferenceError
        With file, line and remedy, if a colour can't be read where it stands (WCAG 2.2, level AA), a logo is no small
        PNG, or a font is named and not there.
    """
    brand = read_yaml(path, _Brand)
    said = brand.content
    if said.logo and not said.meta.name:
        raise brand.refuse("a logo without a name", "logo", remedy="set meta: name, for those who don't see the logo")
    return Brand(
        name=said.meta.name,
        logo=_logo(brand) if said.logo else None,
        primary=_colour(brand, "primary", said.color.primary),
        link=_colour(brand, "link", said.color.link) if said.color.link else "",
        family=said.typography.base,
        fonts=_fonts(brand) if said.typography.base else (),
    )


def contrast(one: str, other: str) -> float:
    """The contrast of two colours written `#rrggbb`, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _colour(brand: YamlFile[_Brand], key: str, written: str) -> str:
    colour = brand.content.color.palette.get(written, written)
    if not re.fullmatch(_HEX, colour):
        remedy = "name one of the palette, or write it as #rrggbb"
        raise brand.refuse(f"color: {key}: {written} is no colour", "color", key, remedy=remedy)
    for under in (PAPER, TINT):
        reached = contrast(colour, under)
        if reached < _ENOUGH:
            # Rounded down: a contrast that fails must not be told as one that passes.
            told = f"color: {key}: {colour} can't be read on {under}: {int(reached * 100) / 100}:1"
            remedy = f"choose a darker colour; {_ENOUGH}:1 or more is needed (WCAG 2.2, AA)"
            raise brand.refuse(told, "color", key, remedy=remedy)
    return colour.lower()


def _beside(brand: YamlFile[_Brand], name: str, *place: str | int) -> Path:
    path = brand.path.parent / name
    inside = path.resolve().is_relative_to(brand.path.parent.resolve())
    if not inside or not path.is_file():
        raise brand.refuse(f"there is no file {name} beside it", *place, remedy="put it into reports/, or correct it")
    return path


def _logo(brand: YamlFile[_Brand]) -> Path:
    path = _beside(brand, brand.content.logo, "logo")
    try:
        with Image.open(path, formats=("PNG",)) as picture:
            picture.verify()
    except (OSError, SyntaxError):
        raise brand.refuse(f"{path.name} is no PNG", "logo", remedy="save the logo as PNG") from None
    if path.stat().st_size > _MOST:
        what = f"{path.name} has more than {_MOST:,} bytes, which each page would carry"
        raise brand.refuse(what, "logo", remedy="save it smaller: it is shown a centimetre high")
    return path


def _fonts(brand: YamlFile[_Brand]) -> tuple[Path, ...]:
    family = brand.content.typography.base
    listed = [
        _beside(brand, file, "typography", "fonts", number, "files", place)
        for number, font in enumerate(brand.content.typography.fonts)
        if font.family == family
        for place, file in enumerate(font.files)
    ]
    remedy = "list its files (TTF or OTF: regular, bold, italic) under typography: fonts"
    if not listed:
        raise brand.refuse(f"typography: base: no files of {family} are named", "typography", "base", remedy=remedy)
    for path in listed:
        try:
            with path.open("rb") as file, TTFont(file) as font:
                held = font["name"].getBestFamilyName()
        except (TTLibError, OSError):
            raise brand.refuse(f"{path.name} is no font", "typography", "base", remedy=remedy) from None
        if held != family:
            raise brand.refuse(
                f"{path.name} holds the font {held}, not {family}", "typography", "base", remedy=f"write {held}"
            )
    return tuple(listed)
