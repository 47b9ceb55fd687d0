"""The words and columns of the form, the same in Word, HTML, Excel and YAML."""

from __future__ import annotations

from enum import StrEnum

from analysis.queries.sheet import Query, Sheet
from analysis.registers.answers import Choice
from analysis.returns.spreadsheet import neutral_cell
from analysis.views.model import Variant
from analysis.views.words import MARKINGS

FORM = "query form 1"
"""What the form calls itself; another layout gets another number."""


class Column(StrEnum):
    """The columns, in their order: what the DBG fills in, then what the authority does."""

    NUMBER = "No."
    ID = "Query id"
    MEASURE = "Measure"
    PERIOD = "Quarter"
    SENT = "What was sent"
    SEEN = "What was seen"
    ASKED = "What is asked"
    ANSWER = "Answer"
    FIGURE = "Corrected figure"
    REASON = "Reason"
    ROLE = "Answered by (role)"
    UNTIL = "Valid until"


ASKED = (Column.NUMBER, Column.ID, Column.MEASURE, Column.PERIOD, Column.SENT, Column.SEEN, Column.ASKED)
ANSWERED = (Column.ANSWER, Column.FIGURE, Column.REASON, Column.ROLE, Column.UNTIL)
PLACEHOLDERS = {
    Column.ANSWER: "Choose",
    Column.FIGURE: "Figure",
    Column.REASON: "Reason",
    Column.ROLE: "Role",
    Column.UNTIL: "Quarter",
}
"""What stands in a field of the Word form until something is typed."""
CHOICES = tuple(str(choice) for choice in Choice)

MARKING = f"{MARKINGS[Variant.INTERNAL]} This sheet holds this authority's own figures and nobody else's."
GUIDANCE = (
    f"Answer each query in its own row. Choose one answer: {'; '.join(CHOICES)}. Leave the columns to the left of the "
    "answer as they are.",
    "Where a figure is to be corrected, write it under Corrected figure in digits alone (412), or as a mark for a "
    "missing one (x, c or z), with the reason.",
    "Where a figure is right and will stay unusual, write under Valid until the last quarter for which your answer "
    "holds (2026-27-Q1), with the reason: you are not asked again until then.",
    "Under Answered by give a role and not a name. Write nothing about single children: no names, no dates of birth, "
    "no reference numbers.",
    "Worries about a child's safety, or about a service, do not belong in this form. They go to the director, from "
    "person to person (regional memorandum 2025-26, 4.4.1). Where a child may be in danger, follow your safeguarding "
    "procedures at once.",
)
NOTHING_ASKED = "There is nothing to ask about this quarter's return. Thank you."


def title(sheet: Sheet) -> str:
    """The title of the sheet."""
    return f"Query sheet: {sheet.authority_name}, {sheet.quarter.words}"


def about(sheet: Sheet) -> dict[str, str]:
    """What the form says of itself, and by which its answers are matched: label to text."""
    return {
        "Authority": f"{sheet.authority_name} ({sheet.authority})",
        "Quarter": sheet.period,
        "Region": f"{sheet.region_name} ({sheet.region})",
        "Form": FORM,
    }


def cells(query: Query) -> tuple[str, ...]:
    """The cells of `ASKED`, none of which a spreadsheet would calculate."""
    texts = (
        str(query.number), query.id, query.name, query.period, query.sent, query.seen, query.asked,
    )  # fmt: skip
    # In quotation marks, which read better than the apostrophe of a spreadsheet and stop a formula as well.
    return tuple(text if neutral_cell(text) == text else f"“{text.strip()}”" for text in texts)
