"""The gate that every HTML document passes, whichever renderer made it."""

import tempfile
from pathlib import Path

import pytest

from analysis.render.check import check_html
from analysis.render.pandoc import RenderError


@pytest.fixture(scope="module")
def good(pages):
    return pages["own"].decode("utf-8")


def test_a_good_document_passes(good, meta, parsed):
    check_html(good.encode(), meta, parsed)


CHANGES = {
    "script from a network": ("</head>", '<script src="https://cdn.example/require.js"></script></head>', "calls for"),
    "protocol-free address": ("</head>", '<link href="//cdn.example/x.css"></head>', "calls for"),
    "style from a network": ("</style>", "@import 'https://fonts.example/x';</style>", "calls for https://fonts"),
    "file beside": ("</main>", '<img src="figures/a.png" alt="x"></main>', "calls for figures/a.png"),
    "style attribute": ("<main", '<main style="background: url(http://x.example/y)"', "calls for http://x"),
    "picture without words": ('="Level throughout"', '=""', "without alternative text"),
    "picture gone": ("<img ", "<span ", "pictures"),
    "table gone": ("<table", "<div", "tables"),
    "second main": ("</main>", "</main><main></main>", "2 main elements"),
    "language": ('lang="en-GB"', 'lang="en"', "language"),
    "papermill": ("<main", '<main data-x="papermill"', "trace of the work: papermill"),
    "embedded source": ("</main>", '<div id="quarto-embedded-source-code"></div></main>', "quarto-embedded"),
    "notebook's name": ("</main>", "slough_2024.ipynb</main>", "ipynb"),
    "hidden words": ("</main>", "<p>This sentence is for the\ninternal reader only.</p></main>", "profile hides"),
    "home folder": ("</main>", f"<!-- {Path.home()}/x --></main>", "a path"),
    "temporary folder": ("</main>", f"<!-- {tempfile.gettempdir()}/x --></main>", "a path"),
}


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_a_changed_document_is_refused(good, meta, parsed, name):
    before, after, told = CHANGES[name]
    assert before in good
    with pytest.raises(RenderError, match=told):
        check_html(good.replace(before, after).encode(), meta, parsed)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": "Another"}, "level-one heading is not the title"),
        ({"marking": "Another"}, "marking is missing"),
        ({"made_up": False}, "MADE-UP DATA stands where all figures are real"),
    ],
)
def test_another_documents_words_are_refused(good, meta, parsed, change, told):
    with pytest.raises(RenderError, match=told):
        check_html(good.encode(), meta.model_copy(update=change), parsed)


def test_made_up_must_be_said(good, meta, parsed):
    with pytest.raises(RenderError, match="MADE-UP DATA is missing"):
        check_html(good.replace("MADE-UP DATA", "").encode(), meta, parsed)
