"""What an authority is asked where a rule noticed something: a question to the person who sent the figure.

A rule's remedy is addressed to the DBG's analyst; here are the words for the authority's. A question is a question and
not a finding about a service (S0 2.2 i).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ANY = "Please check the figure against your system: is it right as sent? If it is, what lies behind it?"

QUESTIONS: Mapping[str, str] = MappingProxyType({
    "above_its_base": "Please check both figures: are they right as sent? If they are, what lies behind it?",
    "ambiguous_number": "What is the figure? Write digits alone, with a decimal point if it has one.",
    "bad_period": "Which quarter are the figures of? Write the Financial Year as 2025-26 and the Quarter as Q2.",
    "blank_after_figure": "Does the figure that you sent before still hold?",
    "copied_return": "Were an earlier quarter's figures sent again? If these are this quarter's, please say so.",
    "count_too_large": "What is the figure? Digits may have run together.",
    "days_without_children": "How many children is the average of?",
    "duplicate": "Which of the figures is right?",
    "fractional_count": "What is the count? A rate or a percentage may have been sent in its place.",
    "future_period": "Which quarter are the figures of?",
    "jump": "Is the figure right as sent? If it is, what has changed?",
    "measure_conflict": "Which of the two measures is meant?",
    "missing_measure": "What is the figure? Write 0 where nothing happened, or a mark that says why there is none.",
    "missing_return": "When can we expect the return for the quarter?",
    "negative_count": "What is the figure? It cannot be below zero.",
    "note_names_somebody": "Please send the note again without a name. The figure is used, the note is not.",
    "part_above_whole": "Please check both figures: which of them is to be corrected?",
    "percentage_sent": "What is the count? Percentages are made of counts, centrally.",
    "received_before_the_end": "Are the figures of the whole quarter? They came before it was over.",
    "revised_much": "Why did the figure change? The later one is used.",
    "split_number": "What is the figure? Write it without a comma: 1400, not 1,400.",
    "stock_does_not_add_up": "Please check the four figures: children at the end now and before, starts and leavers.",
    "ten_fold": "What is the figure? A digit may be too many or too few.",
    "unknown_measure": "Which measure is meant? Please use the ids of the format.",
    "unknown_name": "Which name should stand in LA Name? The code was used.",
    "unreadable_value": "What is the figure? Write digits alone, or a mark that says why there is none.",
    "zero_after_never_zero": "Did nothing happen (0), or is there no figure (a mark that says why)?",
})  # fmt: skip
"""By the id of a rule. A rule that is not here asks `ANY`, or of a whole return to check it."""


def question_of(rule_id: str, measure: str) -> str:
    """What is asked under a rule, about one measure or (with an empty measure) about a whole return."""
    if rule_id in QUESTIONS:
        return QUESTIONS[rule_id]
    return ANY if measure else "Please check the return against what was seen, and send what is to be corrected."
