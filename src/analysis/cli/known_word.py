"""A word from the command line among those that exist, or an error that offers the nearest."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from analysis.errors import UsageError


def known_word(word: str, known: Sequence[str], kind: str) -> str:
    """The word as the kit writes it, whatever its case.

    Raises
    ------
    UsageError
        If there is no such word.
    """
    found = next((name for name in known if name == word.lower()), None)
    if found is None:
        near = get_close_matches(word.lower(), known, n=1)
        raise UsageError(
            f"there is no {kind} {word!r}" + (f": did you mean {near[0]}?" if near else ""),
            remedy=f"choose from {', '.join(known)}",
        )
    return found
