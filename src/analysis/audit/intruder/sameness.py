"""What is said of the group must be the same, to the letter, in every pack of a quarter: two that differ are a sum."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.audit.intruder.page import Page

OF_THE_GROUP = ("Middle half of the group", "Median of the group")


def spoken(page: Page) -> tuple[tuple[str, ...], ...]:
    """The bands as sentences, in their order: what every format of a pack says."""
    return tuple((one.group, one.at_least, one.lower, one.median, one.upper) for one in page.bands if not one.period)


def shown(page: Page) -> tuple[object, ...]:
    """All that a page's tables, captions and alternative texts say of the group, in its order."""
    over_time = tuple(one for one in page.bands if one.period)
    columns = tuple(
        (table.label, row[0], row[table.columns.index(name)])
        for table in page.tables
        for name in OF_THE_GROUP
        if name in table.columns
        for row in table.rows
    )
    return (over_time, columns, page.said)


def differing(pages: Sequence[Page]) -> tuple[str, ...]:
    """The names of the pages that do not say the same of the group as the first of their kind, or say nothing."""
    silent = {page.name for page in pages if not spoken(page)}
    others = {page.name for page in pages if spoken(page) != spoken(pages[0])}
    with_tables = [page for page in pages if page.tables]
    others |= {page.name for page in with_tables if shown(page) != shown(with_tables[0])}
    return tuple(sorted(silent | others))
