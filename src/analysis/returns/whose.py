"""Which authority a text means, looked up without ever repeating the text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from analysis.reference.authorities import authorities
from analysis.reference.changes.made import Made, made_here
from analysis.reference.matching import matching, plain
from analysis.reference.periods import Quarter


def codes_of(text: str) -> tuple[str, ...]:
    """The DfE codes of the authorities that answer to a text.

    A code (DfE's, or an ONS code old or new), a name or an alias, with or without words such as *council*. More than
    one where a name was used twice (Dorset).
    """
    return _codes_of(text, made_here())


@lru_cache(maxsize=8192)
def _codes_of(text: str, made: Made) -> tuple[str, ...]:
    exact = _index(made).get(plain(text))
    return exact if exact is not None else tuple(matching(text, _names(made)))


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
def _names(made: Made) -> Mapping[str, tuple[str, ...]]:
    """By code; `made` says for which reorganisations."""
    return {code: one.every_name for code, one in authorities().items()}


@lru_cache(maxsize=16)
def _index(made: Made) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code, names in _names(made).items():
        for name in {plain(name) for name in names}:
            found.setdefault(name, []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}
