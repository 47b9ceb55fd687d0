"""What this stage hands on: pictures as bytes and tables as markup, each with the words that belong to it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Drawing:
    """One picture.

    Parameters
    ----------
    label
        Cross-reference id, the same for every authority: `fig-a01-trend`.
    png
        The picture; holds no text chunk, so no software name or path.
    caption
        What it shows, with the marks for missing figures that occur in it.
    alt
        What it says, for somebody who doesn't see it: not the caption again.
    width_in, height_in
        Printed size in inches.
    texts
        Every text drawn in the picture, so that an audit needn't read pixels.
    """

    label: str
    png: bytes
    caption: str
    alt: str
    width_in: float
    height_in: float
    texts: tuple[str, ...]
    svg: bytes = b""
    """The same as vectors, where the picture was made to stand alone."""


@dataclass(frozen=True)
class Table:
    """One table as real markup, which both renderers read again.

    Parameters
    ----------
    label
        Cross-reference id: `tbl-rug`.
    html
        One `<table>` without blank lines, its caption inside. It names its pictures' files.
    caption
        The same caption as plain text.
    pictures
        Those in its cells.
    groups
        Of its rows, by which a web page lets a reader choose.
    """

    label: str
    html: str
    caption: str
    pictures: tuple[Drawing, ...] = ()
    groups: tuple[str, ...] = ()
