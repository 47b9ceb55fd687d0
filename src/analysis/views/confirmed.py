"""What a page says of an authority's answer about its own figures, and of readings that wait for it."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.registers.confirmations import Answered, Confirmation
from analysis.returns.chasing import day_words

OUTSTANDING = "confirmation outstanding"
"""The mark where an authority is silent. Its figures go to the DfE all the same; silence is no consent."""


def answer_words(found: Confirmation, numbers: Mapping[str, int]) -> str:
    """The answer as one sentence.

    Parameters
    ----------
    numbers
        Of the indicators on the page, by id: a query about another one is told without a number.
    """
    if found.state is Answered.CONFIRMED and found.said is not None:
        return f"The authority confirmed these figures on {day_words(found.said)}."
    if found.state is Answered.QUERIED and found.said is not None:
        named = sorted(numbers[one] for one in found.queried if one in numbers)
        of = f" of {', '.join(map(str, named))}" if named else ""
        return f"The authority queries its own figures{of} ({day_words(found.said)}): {OUTSTANDING}."
    if found.state is Answered.OUTSTANDING and found.asked is not None:
        return f"{OUTSTANDING.capitalize()}: the authority was asked on {day_words(found.asked)} and has not answered."
    again = "these figures, which are not those it was asked about before" if found.changed_since else "these figures"
    return f"{OUTSTANDING.capitalize()}: the authority was not asked about {again}."


def waiting_words(count: int) -> str:
    """That readings wait; empty where none does."""
    if not count:
        return ""
    readings = "1 reading waits" if count == 1 else f"{count} readings wait"
    return f"{readings} until the authority has had time to say what lies behind (2025-26, 4.4.4)."
