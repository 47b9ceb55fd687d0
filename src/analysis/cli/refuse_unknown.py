"""What a build is asked for by a name that there is not, told before the libraries of documents are loaded."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.cli.known_word import known_word
from analysis.reference.authorities import find_authority
from analysis.reference.periods import Quarter
from analysis.reference.regions import find_region
from analysis.views.model import Variant


def refuse_unknown(region: str, period: str, variants: Sequence[str], authorities: Sequence[str]) -> None:
    """Look each name up, and do nothing with it: `cli.build.planned` reads the order, seconds later.

    Parameters
    ----------
    region, variants, authorities
        As they were typed.
    period
        A quarter; nothing is said of an empty one.

    Raises
    ------
    UsageError
        If there is no such region, quarter, variant or authority.
    """
    find_region(region)
    for word in variants:
        known_word(word, tuple(Variant), "variant")
    for text in authorities:
        find_authority(text)
    if period:
        Quarter.parse(period)
