"""The sheet as a page to read and to print; answers come back in the Word or Excel form."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analysis.queries.form import ANSWERED, GUIDANCE, MARKING, NOTHING_ASKED, Column, about, cells, title
from analysis.queries.sheet import Sheet
from analysis.render.document import MADE_UP_WORDS
from analysis.render.html import styles

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    # Whatever stands in a return is text here and never markup.
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    keep_trailing_newline=True,
)


def write_page(sheet: Sheet) -> str:
    """The sheet as one HTML file that calls out to nothing."""
    count = len(sheet.queries)
    return _PAGES.get_template("sheet_page.html").render(
        title=title(sheet),
        made_up=MADE_UP_WORDS if sheet.made_up else "",
        marking=MARKING,
        about=about(sheet),
        guidance=GUIDANCE,
        caption=f"{count} quer{'y' if count == 1 else 'ies'} about {sheet.authority_name}'s own figures",
        columns=[str(column) for column in Column],
        rows=[cells(query) for query in sheet.queries],
        open_columns=len(ANSWERED),
        nothing=NOTHING_ASKED,
        styles=styles(),
    )
