"""Colours: those of the government's Analysis Function, in fixed pairs of fill and text.

Continuous shading fails WCAG AA on the middle blues, so a rug has six *bands*, each with its own text colour;
all pairs reach 4.5:1, and the bands stay in order when printed in grey. Colour never carries a message alone:
the position is printed in the cell.
"""

from __future__ import annotations

from dataclasses import dataclass

from afcharts.af_colours import get_af_colours


@dataclass(frozen=True)
class Fill:
    """A cell's background and the text colour that is legible on it."""

    background: str
    text: str


WHITE = "#FFFFFF"
BLACK = "#000000"
_TEXT = (WHITE, WHITE, WHITE, BLACK, BLACK, BLACK)

_blues: list[str] = get_af_colours("sequential", number_of_colours=5, include_grey=True)
SIXTHS = tuple(Fill(background, text) for background, text in zip(_blues, _TEXT, strict=True))
"""Position 1 is in the first, the darkest. Blue: a position is not a judgement (DESIGN 2.7)."""

_GREYS = ("#262626", "#4A4A4A", "#6E6E6E", "#A6A6A6", "#CCCCCC", "#F2F2F2")
NEUTRAL_SIXTHS = tuple(Fill(background, text) for background, text in zip(_GREYS, _TEXT, strict=True))
"""For indicators of which neither end is counted as better; the first holds the highest."""

FOURTHS = {
    "highest": SIXTHS[1],
    "upper-middle": SIXTHS[2],
    "lower-middle": SIXTHS[4],
    "lowest": SIXTHS[5],
    "upper-half": SIXTHS[2],
    "lower-half": SIXTHS[4],
}
"""For the reader's own place against the group's bands."""

OWN = _blues[1]
OWN_LIGHT = _blues[3]
MIDDLE_HALF = _blues[4]
MEDIAN = _blues[2]
OTHERS = "#BFBFBF"
INK = "#1A1A1A"
QUIET = "#595959"
RULE = "#D6D6D6"
AXIS = "#8C8C8C"
GAP = "#F2F2F2"
IMPROVEMENT = Fill(OWN, WHITE)
CONCERN = Fill(get_af_colours("categorical", number_of_colours=4)[3], BLACK)
NEITHER = Fill(QUIET, WHITE)
"""For marks of what is more than chance; the letter in the mark says high or low (NHS England's blue, orange, grey)."""
MADE_UP = Fill("#801650", WHITE)
WATERMARK = "#EDEDED"

FLAT = (
    WHITE, BLACK, OWN, OWN_LIGHT, MIDDLE_HALF, MEDIAN, OTHERS, INK, QUIET, RULE, AXIS, GAP, WATERMARK,
    MADE_UP.background, CONCERN.background, *(fill.background for fill in SIXTHS + NEUTRAL_SIXTHS),
)  # fmt: skip
"""What a picture may be filled with: kept exactly when it is written with few colours."""


def sixth(position: int, reporting: int) -> int | None:
    """Which of six bands a position falls in (0 holds position 1), or None with fewer than six figures to place.

    Parameters
    ----------
    position
        1 to `reporting`; ties share the smaller number.
    reporting
        How many have a figure.
    """
    if reporting < len(SIXTHS):
        return None
    return (position - 1) * len(SIXTHS) // reporting
