"""The rules about forms that come back. A refused row changes nothing; the other rows go on."""

from __future__ import annotations

from analysis.returns.rules.file_rules import IF_CHILD_LEVEL
from analysis.returns.rules.rule import Severity, declare

FORM_UNREADABLE = declare(
    "form_unreadable",
    Severity.REFUSE,
    "file",
    policy="A form comes back as it was sent: a Word document, an Excel workbook or YAML, that opens, and no larger.",
    remedy=f"ask for it once more, saved as it was sent, without a password and without attachments; {IF_CHILD_LEVEL}",
)
FORM_NOT_KNOWN = declare(
    "form_not_known",
    Severity.REFUSE,
    "file",
    policy="Answers come on the form that was sent: its columns, and the lines that say whose form it is.",
    remedy="ask for the form that was sent, in Word, Excel or YAML",
)
FORM_OF_ANOTHER = declare(
    "form_of_another",
    Severity.REFUSE,
    "file",
    policy="A form is of the authority and the quarter that it was sent to and for; an answer is never put to another.",
    remedy="read it as the form of the authority and quarter that it names, or ask who filled it in",
)
QUERY_UNKNOWN = declare(
    "query_unknown",
    Severity.REFUSE,
    "row",
    policy="An answer is to a query that the sheet has, told by its query id.",
    remedy="ask for the answer on the form that was sent; a row may have been added, or its id typed over",
)
QUERY_EDITED = declare(
    "query_edited",
    Severity.REFUSE,
    "row",
    policy="The measure, quarter and figure beside an answer are those that were asked about.",
    remedy="ask for the corrected figure in its own column; the row's other cells stay as they were sent",
)
ANSWERED_TWICE = declare(
    "answered_twice",
    Severity.REFUSE,
    "row",
    policy="A query stands once in a form. Where it stands twice neither answer is used.",
    remedy="ask which of the two answers holds",
)
ANSWER_UNKNOWN = declare(
    "answer_unknown",
    Severity.REFUSE,
    "row",
    policy="The answer is one of the four of the form, and stands beside whatever else is written in the row.",
    remedy="ask for one of the four answers; other words belong under Reason",
)
ANSWER_WITHOUT_FIGURE = declare(
    "answer_without_figure",
    Severity.REFUSE,
    "row",
    policy=""""Corrected figure" comes with a figure that its measure can have and that is another than the one sent, or
    with a mark for a missing one; no other answer comes with a figure.""",
    remedy="ask for the figure in digits alone (412), or for another answer",
)
ANSWER_UNTIL_UNREADABLE = declare(
    "answer_until_unreadable",
    Severity.QUERY,
    "row",
    policy="Valid until is a quarter, or a day, no earlier than the quarter that was asked about.",
    remedy="ask for the last quarter for which the answer holds (2026-27-Q1); until then it silences nothing",
)
ANSWER_TEXT_LEFT_OUT = declare(
    "answer_text_left_out",
    Severity.QUERY,
    "row",
    policy="Reasons name nobody and are short; whoever answers gives a role. What is not so is not kept.",
    remedy="ask for the words without a name; the rest of the answer is kept",
)
ANSWER_INCOMPLETE = declare(
    "answer_incomplete",
    Severity.QUERY,
    "row",
    policy="A corrected figure, or one that is to be accepted for later quarters, comes with a reason and a role.",
    remedy="ask for what is missing; until then nothing is corrected or accepted",
)
QUERY_UNANSWERED = declare(
    "query_unanswered",
    Severity.NOTE,
    "row",
    policy='Every query is answered, if only with "don\'t know yet".',
    remedy="ask again where the figure matters for the report",
)
QUERY_STALE = declare(
    "query_stale",
    Severity.REFUSE,
    "row",
    policy="An answer is about the figure that stands. Once it has been sent again or corrected, the query is over.",
    remedy="tell who answered which figure stands now, and ask anew if it is not the right one",
)
ANSWER_STANDS = declare(
    "answer_stands",
    Severity.NOTE,
    "row",
    policy="The corrected figure of an answer may stand already, since it was sent again or corrected in the meantime.",
    remedy="nothing; the figure is the one that was answered",
)
