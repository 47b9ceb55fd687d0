"""Tables as real markup: a caption, a heading for each column and each row, nothing merged, nothing empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from analysis.figures.drawing import Drawing, Table
from analysis.figures.palette import Fill
from analysis.views.model import Cell
from analysis.views.words import change_text, figure_text


@dataclass(frozen=True)
class Column:
    """A column's heading, whether it holds figures, and how wide it is beside the others (0: as its text needs)."""

    words: str
    number: bool = True
    share: int = 0


@dataclass(frozen=True)
class Entry:
    """What stands in one cell: its lines, how they are set, and what they stand on."""

    lines: tuple[str, ...]
    number: bool = True
    missing: bool = False
    fill: Fill | None = None
    picture: Drawing | None = None
    """In place of words."""
    link: str = ""
    """The place in the document that its first line leads to."""

    @property
    def classes(self) -> str:
        """Names for a style sheet."""
        return " ".join(name for name, holds in (("number", self.number), ("missing", self.missing)) if holds)


@dataclass(frozen=True)
class Row:
    """A row: what it is about, and its cells."""

    head: Entry
    cells: tuple[Entry, ...]
    own: bool = False
    group: int = 0
    """Which of the table's groups it belongs to, from 1; 0 where it has none."""

    @property
    def classes(self) -> str:
        """Names for a style sheet."""
        return " ".join(["own"] * self.own + [f"group-{self.group}"] * bool(self.group))


def words(*lines: str, fill: Fill | None = None, link: str = "") -> Entry:
    """A cell of text; lines after the first are set small."""
    return Entry(lines, number=False, fill=fill, link=link)


def figure(cell: Cell, decimals: int, fill: Fill | None = None) -> Entry:
    """A cell with a figure, or the mark of its kind of missing."""
    return Entry((figure_text(cell, decimals),), missing=cell.value is None, fill=fill)


def line(picture: Drawing) -> Entry:
    """A cell with a picture."""
    return Entry((), number=False, picture=picture)


def change(cell: Cell, decimals: int) -> Entry:
    """A cell with a signed change. No arrow and no colour: it describes (DESIGN 2.6)."""
    return Entry((change_text(cell, decimals),), missing=cell.value is None)


def table(
    label: str, kind: str, caption: str, columns: Sequence[Column], rows: Sequence[Row], groups: Sequence[str] = ()
) -> Table:
    """The table as one piece of HTML without blank lines.

    Parameters
    ----------
    label
        Cross-reference id.
    kind
        The table's class: `rug`, `series`, ...
    caption
        Plain text.
    columns
        All columns, that of the row headings first.
    rows
        Each with one cell fewer than there are columns.
    groups
        Titles of the groups that rows belong to.

    Raises
    ------
    ValueError
        If a row has another number of cells, or a heading is empty.
    """
    if any(len(row.cells) != len(columns) - 1 for row in rows):
        raise ValueError(f"a row of {label} hasn't {len(columns) - 1} cells")
    if not all(column.words for column in columns) or not all(row.head.lines[0] for row in rows):
        raise ValueError(f"{label} has an empty heading")
    html = _template().render(kind=kind, caption=caption, columns=columns, rows=rows, widths=_widths(columns))
    pictures = tuple(cell.picture for row in rows for cell in row.cells if cell.picture is not None)
    return Table(label=label, html=html, caption=caption, pictures=pictures, groups=tuple(groups))


def _widths(columns: Sequence[Column]) -> list[int]:
    """Whole percentages that sum to 100; none where a column has no share.

    A page needs them: left to itself, typst gives long headings their room before the titles of the rows.
    """
    shares = [column.share for column in columns]
    if not all(shares):
        return []
    ends = [round(100 * sum(shares[: place + 1]) / sum(shares)) for place in range(len(shares))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("analysis.figures"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("table.html.j2")
