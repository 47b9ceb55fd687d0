"""Finding what a person means by a name that they typed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from functools import lru_cache

_FILLER = re.compile(
    r"\b(city of|county of|royal borough of|london borough of|borough of|county council|city council|"
    r"borough council|metropolitan|council|corporation|the)\b"
)


_LONGEST = 200
"""Longer texts are nobody's name: they are not kept in memory to be looked up again."""


def plain(text: str) -> str:
    """A name without case and punctuation; `&` is `and`."""
    return _plain(text) if len(text) <= _LONGEST else _plain.__wrapped__(text)


@lru_cache(maxsize=16384)
def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.casefold().replace("&", " and ").replace("'", "")).split())


def matching(text: str, known: Mapping[str, Collection[str]]) -> list[str]:
    """The keys that answer to a text.

    Parameters
    ----------
    text
        What was typed.
    known
        Key to every name that it goes by.

    Returns
    -------
    list of str
        Those with exactly that name; if none has, those with that name but for words like *council* or *city of*.
    """
    for form in (plain, without_filler):
        wanted = form(text)
        found = [key for key, names in known.items() if wanted and wanted in map(form, names)]
        if found:
            return found
    return []


def nearest(text: str, known: Mapping[str, Collection[str]], most: int = 3) -> list[str]:
    """The keys with the names that come nearest to a text, nearest first; none if nothing is near.

    A code is never offered for a mistyped one: codes that look alike have nothing to do with each other.
    """
    keys = {without_filler(name): key for key, names in known.items() for name in names if not re.search(r"\d", name)}
    near = difflib.get_close_matches(without_filler(text), keys, n=2 * most, cutoff=0.7)
    return list(dict.fromkeys(keys[name] for name in near))[:most]


def without_filler(text: str) -> str:
    """A name in the form of `plain`, without words like *council* or *city of*."""
    return " ".join(_FILLER.sub(" ", plain(text)).split())
