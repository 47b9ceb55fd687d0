"""What was received and what the checks asked: about the data, never about a service (S1 7)."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.figures.captions import full_caption
from analysis.figures.drawing import Table
from analysis.figures.markup import Column, Entry, Row, table, words
from analysis.figures.timeline import short_period
from analysis.views.internal import Finding
from analysis.views.model import Heading
from analysis.views.regional import NamedFinding, RegionalView

_CHECK = Column("Check", number=False, share=14)
_FINDING = (
    Column("Severity", number=False, share=9),
    Column("Period", number=False, share=11),
    Column("Measure", number=False, share=14),
    Column("What was seen", number=False, share=26),
    Column("What to do", number=False, share=26),
)


def findings_table(findings: Sequence[Finding] | Sequence[NamedFinding], heading: Heading) -> Table:
    """The queries and notes on returns, with the authority where they are of several.

    Parameters
    ----------
    findings
        At least one: a document without any says so in a sentence.
    heading
        The heading of the same view.

    Raises
    ------
    ValueError
        If there is none.
    """
    if not findings:
        raise ValueError("a table of findings needs at least one")
    named = isinstance(findings[0], NamedFinding)
    about = (Column("Authority", number=False, share=14), _CHECK) if named else (_CHECK,)
    rows = [_finding_row(item) for item in findings]
    name = heading.authority_name or heading.region_name
    caption = full_caption(f"Queries and notes on the returns, {name}, {heading.period_words}.", heading)
    return table("tbl-findings", "findings", caption, [*about, *_FINDING], rows)


def _finding_row(item: Finding | NamedFinding) -> Row:
    finding = item.finding if isinstance(item, NamedFinding) else item
    cells = (
        finding.severity,
        short_period(finding.period),
        finding.measure.replace("_", " "),
        finding.seen,
        finding.remedy,
    )
    entries = tuple(words(text or "not given") for text in cells)
    if isinstance(item, NamedFinding):
        return Row(words(item.name), (words(finding.rule), *entries))
    return Row(words(finding.rule), entries)


def submissions_table(view: RegionalView) -> Table:
    """What each member sent for the quarter, in alphabetical order."""
    columns = [
        Column("Authority", number=False),
        Column("Return", number=False),
        Column("Figures given"),
        Column("Figures expected"),
        Column("Queries"),
        Column("Notes"),
        Column("Placed in the region", number=False),
    ]
    rows = [
        Row(
            words(item.name),
            (
                words(item.state),
                *(
                    Entry((f"{count:,}",))
                    for count in (item.cells_given, item.cells_expected, item.queries, item.notes)
                ),
                words("yes" if item.in_rank_set else "no: joined from outside"),
            ),
        )
        for item in sorted(view.submissions, key=lambda item: item.name)
    ]
    sentence = f"Returns received, {view.heading.region_name}, {view.heading.period_words}."
    return table("tbl-submissions", "submissions", full_caption(sentence, view.heading), columns, rows)
