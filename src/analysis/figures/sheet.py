"""A sheet to draw on, and its way to bytes: one style, fixed resolution, no state left behind.

Everything is placed in inches on the sheet itself. matplotlib draws the shapes; its axes and its text would take
five times as long (ticks are laid out several times, text glyph by glyph in Python), so text is laid on by Pillow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import as_file, files
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from PIL import Image

from analysis.figures.alone import Alone
from analysis.figures.fonts import Face, line_count, width_of, wrapped
from analysis.figures.lettering import Across, Up, Writing, lay_on
from analysis.figures.palette import INK, MADE_UP, QUIET
from analysis.figures.pixels import png_bytes
from analysis.figures.vectors import svg_bytes
from analysis.figures.watermark import MADE_UP_TEXT, beneath

DPI = 144
"""Half as many again as a browser counts to an inch: letters stay sharp on screen and paper, and a report with two
pictures for each indicator stays small enough to be sent, also where a region has London's 33 members."""
_TITLE, _SUBTITLE = 10.0, 8.5
"""Points."""
_TITLE_LINE, _SUBTITLE_LINE, _BADGE = 0.185, 0.175, 1.25
"""Inches: the height of a line of title and of subtitle, and the room that MADE-UP DATA takes at the right."""


@cache
def _style() -> dict[str, Any]:
    """The Analysis Function's chart style over matplotlib's own, so that nobody's settings get into a picture."""
    with as_file(files("afcharts") / "afcharts.mplstyle") as path:
        chosen = mpl.rc_params_from_file(path, fail_on_error=True, use_default_template=False)
    drawing = ("agg.", "lines.", "markers.", "patch.", "path.")
    defaults: dict[str, Any] = {key: mpl.rcParamsDefault[key] for key in mpl.rcParamsDefault if key.startswith(drawing)}
    return defaults | {key: chosen[key] for key in chosen}


@dataclass(frozen=True)
class SheetHeading:
    """Title and subtitle, broken to the width of the picture, and the room that they take in inches."""

    title: str
    subtitle: str
    height: float

    @classmethod
    def fit(cls, title: str, subtitle: str, width: float) -> SheetHeading:
        """A heading for a sheet of this width in inches."""
        broken = wrapped(title, "Bold", _TITLE, width - _BADGE)
        below = wrapped(subtitle, "Regular", _SUBTITLE, width - 0.1)
        lines = line_count(below) if below else 0
        return cls(broken, below, 0.07 + line_count(broken) * _TITLE_LINE + lines * _SUBTITLE_LINE)


@dataclass
class Sheet:
    """A picture under construction. All places are inches from the bottom left, all lengths inches."""

    width: float
    height: float
    """Of the picture, without what is written under it."""
    figure: Figure
    alone: Alone | None = None
    png: bytes = b""
    svg: bytes = b""
    _writings: list[Writing] = field(default_factory=list)

    @cached_property
    def below(self) -> float:
        """The height of what is written under the picture."""
        return 0.0 if self.alone is None else self.alone.height(self.width)

    @property
    def whole_height(self) -> float:
        """The height of all of it."""
        return self.height + self.below

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text on the sheet, once."""
        return tuple(dict.fromkeys(writing.words for writing in self._writings))

    def heading(self, heading: SheetHeading) -> None:
        """What the picture shows, at its top left; the badge has the right."""
        self.write(0.05, self.height - 0.03, heading.title, size=_TITLE, face="Bold", up="top")
        if heading.subtitle:
            below = line_count(heading.subtitle) * _SUBTITLE_LINE
            self.write(0.05, self.height - heading.height + below, heading.subtitle, size=_SUBTITLE, up="top")

    def write(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 8,
        face: Face = "Regular",
        colour: str = INK,
        across: Across = "left",
        up: Up = "middle",
        upright: bool = False,
    ) -> None:
        """Text over everything that is drawn.

        Parameters
        ----------
        size
            Points.
        across, up
            Which part of the text, as it stands on the sheet, is at the place.
        upright
            Whether it is turned, its lines beginning at the bottom.
        """
        self._writings.append(Writing(x, y + self.below, words, size, face, colour, across, up, upright))

    def line(self, xs: Sequence[float], ys: Sequence[float], **look: object) -> None:
        """A line through places; NaN leaves a gap. Its look in matplotlib's words."""
        raised = [y + self.below for y in ys]
        self._add(Line2D(xs, raised, transform=self.figure.dpi_scale_trans, **look))  # type: ignore[arg-type]

    def dot(self, x: float, y: float, size: float, colour: str) -> None:
        """A round mark, its size in points."""
        self.line([x], [y], marker="o", markersize=size, color=colour, markeredgewidth=0, zorder=4)

    def box(self, x: float, y: float, width: float, height: float, colour: str, *, zorder: float = 1) -> None:
        """A filled rectangle."""
        inches = self.figure.dpi_scale_trans
        self._add(
            Rectangle(
                (x, y + self.below), width, height, facecolor=colour, linewidth=0, transform=inches, zorder=zorder
            )
        )

    def area(self, corners: Sequence[tuple[float, float]], colour: str, *, zorder: float = 1) -> None:
        """A filled shape."""
        inches = self.figure.dpi_scale_trans
        raised = [(x, y + self.below) for x, y in corners]
        self._add(Polygon(raised, closed=True, facecolor=colour, linewidth=0, transform=inches, zorder=zorder))

    def _add(self, artist: Artist) -> None:
        self.figure.add_artist(artist)

    def finish(self, *, made_up: bool) -> None:
        """Draw it all and keep the bytes."""
        if made_up:
            self._badge()
        if self.alone is not None:
            self.write(0.05, -0.04, self.alone.under(self.width), up="top", colour=QUIET)
        canvas = FigureCanvasAgg(self.figure)
        canvas.draw()  # type: ignore[no-untyped-call]
        drawn = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
        picture = Image.fromarray(drawn).convert("RGB")
        if made_up:
            picture = beneath(picture)
        lay_on(picture, self._writings, DPI)
        self.png = png_bytes(picture, DPI, "\n".join(self.texts))
        if self.alone is not None:
            self.svg = svg_bytes(self.figure, self._writings, self.alone, made_up=made_up)

    def _badge(self) -> None:
        size, pad = 8.0, 0.04
        width = width_of(MADE_UP_TEXT, "Bold", size)
        right, middle = self.width - 0.05, self.height - 0.13
        self.box(
            right - width - 2 * pad, middle - 0.075 - pad, width + 2 * pad, 0.15 + 2 * pad, MADE_UP.background, zorder=9
        )
        self.write(right - pad, middle, MADE_UP_TEXT, size=size, face="Bold", colour=MADE_UP.text, across="right")


@contextmanager
def sheet(width: float, height: float, *, made_up: bool, alone: Alone | None = None) -> Iterator[Sheet]:
    """A sheet to draw on; on leaving, it holds its PNG and the texts in it.

    Parameters
    ----------
    width, height
        Inches.
    made_up
        Whether MADE-UP DATA is burnt into the pixels.
    alone
        For a picture that is a file of its own: what it says beside what it shows. It is there as vectors as well then.
    """
    with mpl.rc_context(_style()):  # type: ignore[arg-type]
        page = Sheet(width, height, Figure(dpi=DPI, facecolor="white"), alone)
        page.figure.set_size_inches(width, page.whole_height)
        yield page
        page.finish(made_up=made_up)
