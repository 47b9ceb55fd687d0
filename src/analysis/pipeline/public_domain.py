"""Whether a public report rests on published figures alone (S0 5.5.3 iv): one cell that doesn't voids all of it.

Input cells are looked up in the published file itself, read anew and by other means than the report was made by. What
is derived from them (changes, positions, means) is worked out again from that file alone.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from analysis.audit.result import Heading, Result
from analysis.errors import ExitCode, UserError
from analysis.pipeline.public import PUBLISHED_FILE, PublicYear
from analysis.reference.data_folder import DATA
from analysis.reference.periods import financial_year
from analysis.reference.sources import sources
from analysis.views.model import Cell
from analysis.views.public import PublicBlock, PublicView, build

ENGLAND = "E92000001"
Key = tuple[str, str, str]
"""Published id, area, financial year."""


class NotPublicError(UserError):
    """A figure that nobody has published stands in what was to be public."""

    exit_code = ExitCode.LEAK


def public_domain(view: PublicView, year: PublicYear, file: Path = DATA / PUBLISHED_FILE) -> tuple[Result, ...]:
    """The tests of the public-domain exception on one view.

    Parameters
    ----------
    view
        As it is shown.
    year
        The published year that it is of.
    file
        The published figures, whose SHA-256 and edition stand in `sources.yml`.

    Returns
    -------
    tuple
        `public-source`, `public-inputs` and `public-derived`; the exception holds where all three passed.
    """
    source, content = sources()[PUBLISHED_FILE], file.read_bytes()
    told = {one.sha256 for block in view.blocks for one in block.published} | {source.sha256}
    files = told ^ {hashlib.sha256(content).hexdigest()}
    rows = _rows(content)
    cells = [one for block in view.blocks for one in _inputs(block, view.heading.authority, year)]
    strange = sum(not _is_in(rows, key, part, cell) for key, part, cell in cells)
    derived = build(year.evidence, view.heading.authority) == view
    return (
        _result("public-source", f"The file is that of {source.edition}, by its SHA-256.", len(files)),
        _result("public-inputs", f"{len(cells)} cells were looked up in the file.", strange if cells else 1),
        _result("public-derived", "All else was worked out again from the file alone.", int(not derived)),
    )


def refuse_unless_public(view: PublicView, year: PublicYear) -> None:
    """Let a public view pass.

    Raises
    ------
    NotPublicError
        If the exception does not hold; the message tells how many cells, and not which.
    """
    failed = [one for one in public_domain(view, year) if not one.passed]
    if failed:
        raise NotPublicError(
            "this report would hold figures that are not published, and so none of it is public (S0 5.5.3 iv)",
            where=f"{view.heading.authority_name}: " + "; ".join(f"{one.id}: {one.found}" for one in failed),
            remedy="remove the stored views (data/processed/views) and build again",
        )


def _result(name: str, tried: str, wrong: int) -> Result:
    return Result(name, Heading.INFERENCE, tried, f"{wrong} that are not so.", float(wrong), 0.0, wrong == 0)


def _rows(content: bytes) -> Mapping[Key, Mapping[str, str]]:
    lines = csv.DictReader(content.decode("utf-8").splitlines())
    return {(row["indicator"], row["area"], financial_year(int(row["year"]))): row for row in lines}


def _inputs(block: PublicBlock, authority: str, year: PublicYear) -> Iterator[tuple[Key, str, Cell]]:
    """Every cell that is shown as it was published: where it stands in the file, which part of the row, the cell."""
    indicator, own, now = year.registry.indicators[block.own.card.id], block.own, financial_year(year.year)
    published = indicator.published.id if indicator.published else ""
    for part, history in zip(("value", "numerator"), own.histories, strict=False):
        for point in history.points:
            yield (published, authority, point.period), part, point.cell
    for period, cell in ((now, own.latest), (now, own.rolling), (financial_year(year.year - 1), own.year_ago)):
        yield (published, authority, period), "value", cell
    for member in block.members:
        yield (published, member.authority, now), "value", member.cell
    whose = (authority, year.evidence.authorities[authority].region_code, ENGLAND)
    for area, figure in zip(whose, block.published, strict=False):
        yield (published, area, figure.year), "value", figure.cell


def _is_in(rows: Mapping[Key, Mapping[str, str]], key: Key, part: str, cell: Cell) -> bool:
    row = rows.get(key)
    if cell.value is None:
        return row is None or row[part] == ""
    return row is not None and row[part] != "" and float(row[part]) == cell.value
