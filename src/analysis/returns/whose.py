"""Which authority a text means, looked up without ever repeating the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache

from analysis.reference.authorities import authorities
from analysis.reference.matching import plain, without_filler


@lru_cache(maxsize=8192)
def codes_of(text: str) -> tuple[str, ...]:
    """The DfE codes of the authorities that answer to a text.

    A code (DfE's, or an ONS code old or new), a name or an alias, with or without words such as *council*. More than
    one where a name was used twice (Dorset).
    """
    for form in (plain, without_filler):
        if found := _index(form).get(form(text)):
            return found
    return ()


def one_code_of(text: str) -> str:
    """The DfE code of the one authority that a text means, today's where a name was used twice; empty if none is."""
    codes = codes_of(text)
    today = [code for code in codes if authorities()[code].current]
    for candidates in (codes, today):
        if len(candidates) == 1:
            return candidates[0]
    return ""


@cache
def _index(form: Callable[[str], str]) -> Mapping[str, tuple[str, ...]]:
    """Every code and name in a form of `reference.matching`, and whose it is."""
    found: dict[str, list[str]] = {}
    for code, one in authorities().items():
        names = (code, one.ons_code, *(span.code for span in one.ons_codes), one.name, *one.aliases)
        for name in set(map(form, names)) - {""}:
            found.setdefault(name, []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}
