"""Which authority a text means, looked up without ever repeating the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from analysis.reference.authorities import authorities
from analysis.reference.changes.made import Made, made_here
from analysis.reference.matching import plain, without_filler
from analysis.reference.periods import Quarter


def codes_of(text: str) -> tuple[str, ...]:
    """The DfE codes of the authorities that answer to a text.

    A code (DfE's, or an ONS code old or new), a name or an alias, with or without words such as *council*. More than
    one where a name was used twice (Dorset).
    """
    made = made_here()
    for form in (plain, without_filler):
        if found := _index(form, made).get(form(text)):
            return found
    return ()


def one_code_of(text: str, period: str = "") -> str:
    """The DfE code of the one authority that a text means; empty if none is.

    Parameters
    ----------
    period
        The quarter of the figure. A new council may bear the name of one that it follows: where the workspace has a
        reorganisation, the one that was there then is meant. Else today's is (Dorset).
    """
    codes = codes_of(text)
    if len(codes) < 2:
        return next(iter(codes), "")
    known = authorities()
    dated = period and made_here().reorganisations
    then = [code for code in codes if known[code].in_year(Quarter.parse(period).year_ending)] if dated else []
    today = [code for code in codes if known[code].current]
    return next((found[0] for found in (then, today) if len(found) == 1), "")


@lru_cache(maxsize=16)
def _index(form: Callable[[str], str], made: Made) -> Mapping[str, tuple[str, ...]]:
    """Every code and name in a form of `reference.matching`, and whose it is; `made` says for which reorganisations."""
    found: dict[str, list[str]] = {}
    for code, one in authorities().items():
        for name in set(map(form, one.every_name)) - {""}:
            found.setdefault(name, []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}
