"""Words that give an authority away: the names of others, and what describes one without its name (the island)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache


def describing_words(text: str, listed: Sequence[str]) -> tuple[str, ...]:
    """Which of the policy's describing words stand in a text, whole and in any case, in the list's order.

    Parameters
    ----------
    text
        One paragraph.
    listed
        Words or phrases (`disclosure/policy.yml`).
    """
    plain = _spaced(text)
    return tuple(word for word in listed if _spaced(word) in plain)


def names_another(text: str, own: Iterable[str], others: Iterable[str]) -> bool:
    """Whether a text holds the name of somebody other than its writer, whole and in any case.

    Parameters
    ----------
    text
        One paragraph.
    own
        Names of the writer: they may stand in it, and what they hold of another name does not count (West Berkshire).
    others
        Names of everybody else. `reading` is one of them: a text that is refused for an English word is reworded.
    """
    plain = _spaced(text)
    for name in sorted({_spaced(one) for one in own}, key=len, reverse=True):
        plain = plain.replace(name, " | ")
    return any(_spaced(name) in plain for name in others)


@lru_cache(maxsize=5_000)
def _spaced(text: str) -> str:
    """Letters and digits alone, in lower case, one space around each word: without accents or marks of no width."""
    parted = unicodedata.normalize("NFKD", text)
    seen = "".join(sign for sign in parted if unicodedata.category(sign) not in ("Cf", "Mn"))
    words = re.split(r"[\W_]+", seen.casefold())
    return f" {' '.join(words).strip()} "
