"""What people may write into a register: plain words that name nobody, and figures or marks for a missing one."""

from __future__ import annotations

import math
import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from analysis.errors import UsageError
from analysis.reference.authorities import authorities
from analysis.reference.periods import Quarter
from analysis.reference.status import Status
from analysis.returns.door.personal import born, is_name, names_somebody, nhs_numbers, postcode_like, upn_like
from analysis.returns.reading.interpret import plain_text
from analysis.returns.reading.values import read_value

LONGEST = 1000
"""Characters of a reason."""
_ADDRESS = re.compile(r"\b([\w.+-]+)@[\w-]+\.[\w.-]+")


def names_a_person(text: str) -> bool:
    """Whether a text seems to name somebody: a first name and a surname together, also in an address, or one alone."""
    alone = text.strip()
    if alone.isalpha() and is_name(alone):
        return True
    parts = (re.sub(r"[^a-z]+", " ", name.casefold()).title() for name in _ADDRESS.findall(text))
    return names_somebody(text) or any(map(names_somebody, parts))


def identifies_a_child(text: str) -> bool:
    """Whether a text holds what looks like a UPN, an NHS number, a postcode or a date of birth."""
    return upn_like(text) or bool(nhs_numbers(text)) or postcode_like(text) or born(text)


def plain_words(text: str) -> str:
    """A person's words as one plain paragraph: markup, links and control characters dropped, however deep they lie."""
    while (plainer := plain_text(text)) != text:
        text = plainer
    return text


def number_text(figure: float) -> str:
    """A figure as it would be typed: `1204`, `95.5`; never with an exponent."""
    return f"{figure:.0f}" if figure.is_integer() else f"{figure:.10f}".rstrip("0")


def figure_of(text: str, kind: str = "") -> tuple[float | None, Status]:
    """The figure that a text says (None without one) and its status.

    Parameters
    ----------
    text
        As a return may have it.
    kind
        The measure's kind, where it is known.

    Raises
    ------
    ValueError
        If it is neither a number nor a mark for a missing one, or is below zero.
    """
    said = read_value(text, kind)
    if said.fault or said.figure < 0:
        raise ValueError("write digits alone (412, or 95.5 for days), or a mark for a missing figure (x)")
    return (None if math.isnan(said.figure) else said.figure), said.status


def figure_text(text: str, kind: str = "") -> str:
    """A figure or a mark for a missing one, in the one way in which the kit writes it.

    Raises
    ------
    ValueError
        As `figure_of`.
    """
    figure, status = figure_of(text, kind)
    return status.symbol if figure is None else number_text(figure)


def _as_text(value: object) -> object:
    # YAML makes numbers of digits. `true` is a number to Python.
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _canonical(text: str) -> str:
    return figure_text(text)


def _words(text: str) -> str:
    text = plain_words(text)
    if names_a_person(text) or identifies_a_child(text):
        raise ValueError("it seems to name or identify a person: write roles, and nothing about single children")
    if len(text) > LONGEST:
        raise ValueError(f"at most {LONGEST} characters")
    return text


def _quarter(text: str) -> str:
    try:
        return str(Quarter.parse(text))
    except UsageError:
        raise ValueError("it is not a quarter: write 2025-26-Q2") from None


def _code(text: str) -> str:
    if text not in authorities():
        raise ValueError("no authority has this code: use DfE's three digits, in quotes")
    return text


Figure = Annotated[str, BeforeValidator(_as_text), AfterValidator(_canonical)]
"""A figure or a mark for a missing one, as text."""
Words = Annotated[str, AfterValidator(_words)]
"""A plain paragraph that names nobody."""
QuarterText = Annotated[str, AfterValidator(_quarter)]
"""A quarter as `2025-26-Q2`."""
Code = Annotated[str, BeforeValidator(_as_text), AfterValidator(_code)]
"""An authority's DfE code."""
