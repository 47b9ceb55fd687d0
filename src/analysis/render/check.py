"""The gate behind both renderers: what an HTML document must hold, and what it must not."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from analysis.render.document import MADE_UP_WORDS, DocumentMeta
from analysis.render.outline import Outline, read_outline
from analysis.render.pandoc import RenderError
from analysis.render.parsing import Parsed

# What Quarto, papermill and Jupyter have been seen to leave behind.
_TRACES = ("papermill", "ipykernel", "quarto-embedded-source-code", "data-quarto-private", ".ipynb")


def check_html(html: bytes, meta: DocumentMeta, parsed: Parsed) -> None:
    """Refuse an HTML document that is not whole, calls out, or holds what it should not.

    Parameters
    ----------
    html
        The document.
    meta
        What it must say of itself.
    parsed
        The tree it was made from: its number of pictures and tables, and the texts that were to be hidden.

    Raises
    ------
    RenderError
        With everything that is wrong.
    """
    outline = read_outline(html)
    wrong = [*_incomplete(outline, meta, parsed), *_surplus(html, outline, parsed)]
    if wrong:
        raise RenderError("the HTML is not fit to leave: " + "; ".join(wrong))


def _incomplete(outline: Outline, meta: DocumentMeta, parsed: Parsed) -> Iterator[str]:
    if outline.lang.lower() != meta.lang.lower():
        yield f"its language is {outline.lang!r}"
    if [words for tag, words in outline.headings if tag == "h1"] != [_plain(meta.title)]:
        yield "its only level-one heading is not the title"
    if _plain(meta.title) not in outline.title:
        yield "its title element is not the title"
    if _plain(meta.marking) not in outline.text:
        yield "the marking is missing"
    if _plain(meta.stamp) not in outline.text:
        yield "the content id is missing"
    if (MADE_UP_WORDS in outline.title) != meta.made_up:
        yield f"{MADE_UP_WORDS} {'is missing' if meta.made_up else 'stands where all figures are real'}"
    if outline.landmarks != 1:
        yield f"it has {outline.landmarks} main elements"
    pictures, tables = parsed.count("html")
    if len(outline.alternatives) != pictures:
        yield f"it has {len(outline.alternatives)} of {pictures} pictures"
    if not all(outline.alternatives):
        yield "a picture without alternative text"
    if len(outline.tables) != tables:
        yield f"it has {len(outline.tables)} of {tables} tables"


def _surplus(html: bytes, outline: Outline, parsed: Parsed) -> Iterator[str]:
    outside = [address for address in outline.addresses if not address.startswith(("#", "data:"))]
    if outside:
        yield f"it calls for {', '.join(address[:80] for address in outside)}"
    for words in parsed.hidden:
        if len(words) > 3 and " ".join(words.split()) in outline.text:
            yield "text that its profile hides"
    markup = re.sub(rb'data:[^"\')\s]*', b"", html).decode("utf-8")
    lowered = markup.lower()
    yield from (f"a trace of the work: {trace}" for trace in _TRACES if trace in lowered)
    yield from (f"a path: {path}" for path in _machine_paths() if path in markup)


def _machine_paths() -> Iterator[str]:
    for folder in {Path.home(), Path(tempfile.gettempdir()), Path(tempfile.gettempdir()).resolve()}:
        if len(folder.parts) > 1:
            yield from {f"{folder}/", f"{folder.as_posix()}/", f"{folder}\\"}


def _plain(words: str) -> str:
    return " ".join(words.split())
