"""A picture that is a file of its own: what a document says above and below it is in it, or it would be lost."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.figures.fonts import line_count, wrapped
from analysis.views.model import Card, Heading

_SIZE, _LINE = 8.0, 0.125
"""Points, and inches from one line to the next."""


@dataclass(frozen=True)
class Alone:
    """The words of such a picture.

    Parameters
    ----------
    title
        Of what it is, whose, and of which quarter.
    alt
        What it says, for somebody who doesn't see it: it travels in a file of vectors.
    foot
        What is written under it: its caption, and the limit of use.
    """

    title: str
    alt: str
    foot: str

    def under(self, width: float) -> str:
        """The foot, broken to the width of the picture in inches."""
        return wrapped(self.foot, "Regular", _SIZE, width - 0.1)

    def height(self, width: float) -> float:
        """The room that the foot takes, in inches."""
        return 0.12 + _LINE * line_count(self.under(width))


def alone(card: Card, caption: str, alt: str, heading: Heading) -> Alone:
    """The words of a picture with this caption and alternative text, with the marking of its reader's variant."""
    title = f"{card.number} {card.title}: {heading.authority_name or heading.region_name}, {heading.period_words}"
    return Alone(title, alt, f"{caption} {heading.marking}")
