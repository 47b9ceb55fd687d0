"""From drawn shapes to SVG bytes: letters as outlines, so that no reader's fonts change them; the same bytes each time.

matplotlib writes its name, its version and the hour into a file unless it is told not to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from io import BytesIO

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from analysis.figures.alone import Alone
from analysis.figures.fonts import FONT_FOLDER, Face, font, width_of
from analysis.figures.lettering import Writing
from analysis.figures.palette import WATERMARK
from analysis.figures.watermark import MADE_UP_TEXT, SLOPE, letter_length

_EM = 100
"""Pixels at which the height of letters is measured."""
_PART = {"left": 0.0, "centre": 0.5, "right": 1.0}
"""How much of a line lies to the left of its place."""
_OVER_ALL, _UNDER_ALL = 10, 0
_NOTHING = {"Date": None, "Creator": None, "Format": None, "Type": None}


def svg_bytes(figure: Figure, writings: Iterable[Writing], alone: Alone, *, made_up: bool) -> bytes:
    """The picture as vectors, with its title and what it says for readers who don't see it.

    Parameters
    ----------
    figure
        With its shapes, and no text; the letters are added to it.
    writings
        The texts over it.
    alone
        Its title and its alternative text.
    made_up
        Whether the large pale letters lie under it.
    """
    if made_up:
        _watermark(figure)
    for item in writings:
        _write(figure, item)
    out = BytesIO()
    # Ids within the file are hashes with a salt, of chance where none is given.
    with mpl.rc_context({"svg.hashsalt": "tartanrug"}):
        FigureCanvasSVG(figure).print_svg(out, metadata=_NOTHING)  # type: ignore[no-untyped-call]
    return _described(out.getvalue().decode("utf-8"), alone).encode("utf-8")


def _described(drawn: str, alone: Alone) -> str:
    """With title and description, as a reader of pages aloud looks for them."""
    # What is written under the picture is outlines, which nobody reads aloud: caption and marking are said as well.
    said = escape(f"{alone.alt} {alone.foot}")
    words = f'<title id="title">{escape(alone.title)}</title><desc id="desc">{said}</desc>'
    named = drawn.replace("<svg ", '<svg role="img" aria-labelledby="title desc" ', 1)
    return re.sub(r"(<svg [^>]*>)", lambda found: f"{found[1]}\n {words}", named, count=1)


def _write(figure: Figure, item: Writing) -> None:
    """One text, placed as `lettering.lay_on` places it.

    Raises
    ------
    ValueError
        If it is a turned one: no picture that stands alone has any.
    """
    if item.upright:
        raise ValueError(f"a turned text has no outlines: {item.words}")
    above, below = (part / _EM * item.size / 72 for part in font(item.face, _EM).getmetrics())
    step = above + 0.02 * item.size / 72
    lines = item.words.split("\n")
    first = {
        "top": -above,
        "middle": (below - above) / 2 + (len(lines) - 1) * step / 2,
        "bottom": below + (len(lines) - 1) * step,
    }[item.up]
    for number, line in enumerate(lines):
        left = -_PART[item.across] * width_of(line, item.face, item.size)
        place = Affine2D().translate(item.x + left, item.y + first - number * step)
        _letters(figure, line, item.face, item.size, item.colour, place, _OVER_ALL)


def _watermark(figure: Figure) -> None:
    """The large pale letters of `watermark.beneath`, under all that is drawn."""
    width, height = (float(inches) for inches in figure.get_size_inches())
    points = letter_length(width, height) / width_of(MADE_UP_TEXT, "Bold", 1)
    middle = Affine2D().translate(-width_of(MADE_UP_TEXT, "Bold", points) / 2, -0.36 * points / 72)
    place = middle.rotate_deg(SLOPE).translate(width / 2, height / 2)
    _letters(figure, MADE_UP_TEXT, "Bold", points, WATERMARK, place, _UNDER_ALL)


def _letters(figure: Figure, words: str, face: Face, points: float, colour: str, place: Affine2D, zorder: int) -> None:
    """The outlines of one line; `place` moves it in inches."""
    properties = FontProperties(fname=FONT_FOLDER / f"OpenSans-{face}.ttf")
    # A dollar is a dollar, and no beginning of mathematics.
    outline = TextPath((0, 0), words.replace("$", r"\$"), size=points, prop=properties)
    inches = Affine2D().scale(1 / 72) + place + figure.dpi_scale_trans
    figure.add_artist(PathPatch(outline, facecolor=colour, linewidth=0, transform=inches, zorder=zorder))
