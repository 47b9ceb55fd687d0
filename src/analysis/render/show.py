"""The show layer: the one way in which a notebook puts something on the page.

Each call emits exactly one `text/markdown` output. A `text/html` output would make Quarto pull scripts from a CDN,
at render and again in the reader's browser (`docs/quarto-features.md`).
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from IPython.display import Markdown, display

from analysis.figures.drawing import Drawing, Table
from analysis.render.document import FIGURE_FOLDER
from analysis.render.plain import plain

_LABEL = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")


def show(thing: Drawing | Table | str) -> None:
    """Put a picture, a table or Markdown text on the page.

    Parameters
    ----------
    thing
        A picture is also written to `figures/` beside the notebook, which is the working folder. A `str` is Markdown
        of the kit's own; words from outside go through `plain` first.

    Raises
    ------
    ValueError
        If a picture has no alternative text, or a label is not a plain identifier.
    """
    display(Markdown(as_markdown(thing)))  # type: ignore[no-untyped-call]


def as_markdown(thing: Drawing | Table | str, folder: Path = Path()) -> str:
    """The Markdown that `show` displays; writes the picture's file.

    Parameters
    ----------
    folder
        Where the picture's folder stands; the working folder, if left out.
    """
    if isinstance(thing, str):
        return thing
    if not _LABEL.fullmatch(thing.label):
        raise ValueError(f"label {thing.label!r} is not in the form fig-a01-trend")
    if isinstance(thing, Table):
        for picture in thing.pictures:
            _write(picture, folder)
        return f"{_choice(thing)}{_table(thing)}"
    path = _write(thing, folder)
    size = f"width={thing.width_in:.2f}in"
    return f'![{plain(thing.caption)}]({path.as_posix()}){{#{thing.label} fig-alt="{plain(thing.alt)}" {size}}}'


def _write(picture: Drawing, folder: Path) -> Path:
    if not picture.alt.strip():
        raise ValueError(f"picture {picture.label} has no alternative text")
    path = Path(FIGURE_FOLDER) / f"{picture.label}.png"
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).write_bytes(picture.png)
    return path


def _choice(table: Table) -> str:
    """On a web page: which group of rows is shown. The style sheet does it, without a script."""
    if not table.groups:
        return ""
    options = "\n".join(
        f'<label><input type="radio" name="choice" id="choice-{number}"'
        f"{'' if number else ' checked'}> {escape(words)}</label>"
        for number, words in enumerate(["All groups", *table.groups])
    )
    choice = f'<fieldset class="choice">\n<legend>Indicators shown</legend>\n{options}\n</fieldset>'
    return f'::: {{.content-visible when-format="html"}}\n```{{=html}}\n{choice}\n```\n:::\n\n'


def _table(table: Table) -> str:
    # A region that can be scrolled by keyboard: a wide table on a small screen would else be cut off (WCAG 2.1.1).
    label = escape(table.caption, quote=True)
    inside = "\n".join(line for line in table.html.splitlines() if line.strip())
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", inside)), default=0))
    opening = f'<div class="table-scroll" id="{table.label}" role="region" aria-label="{label}" tabindex="0">'
    return f"{fence}{{=html}}\n{opening}\n{inside}\n</div>\n{fence}"
