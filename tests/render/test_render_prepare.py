"""What reaches a renderer is prose and nothing else."""

import json

import pytest
import yaml
from small_notebooks import code_cell, markdown_cell, shown

from analysis.render.document import DocumentMeta
from analysis.render.prepare import UnfitNotebookError, prepare


def cells_of(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def test_a_prepared_notebook_holds_no_code_no_stream_and_no_trace(prepared):
    text = prepared.read_text(encoding="utf-8")
    assert {cell["cell_type"] for cell in cells_of(prepared)} == {"raw", "markdown"}
    assert all(cell["metadata"] == {} for cell in cells_of(prepared))
    for trace in ("papermill", "printed on the way", "checked_parameters", "901", "execution", "2025-26-Q2", "tags"):
        assert trace not in text
    assert sorted(path.name for path in prepared.parent.rglob("*.*")) == [
        "fig-a01-trend.png",
        "fig-a02-trend.png",
        "report.ipynb",
    ]


def test_the_front_matter_says_what_the_document_is(prepared, meta):
    front = cells_of(prepared)[0]["source"]
    assert front.startswith("---\n")
    assert front.endswith("\n---")
    entries = yaml.safe_load(front.strip("-"))
    assert entries["lang"] == "en-GB"
    assert entries["marking"] == meta.marking
    assert (entries["made-up"], entries["landscape"], entries["contents"]) == (True, False, True)


def test_a_notebook_that_was_not_executed_is_refused(notebook, meta, tmp_path):
    """Quarto renders it with return code 0 and no outputs."""
    path = notebook([code_cell("show(x)", ran=False)])
    with pytest.raises(UnfitNotebookError, match="cell 1 was not executed"):
        prepare(path, meta, tmp_path / "p")


def test_a_blank_cell_needs_no_execution(notebook, meta, tmp_path):
    prepare(notebook([code_cell("  \n", ran=False), markdown_cell("text")]), meta, tmp_path / "p")


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ({"output_type": "error", "ename": "KeyError", "evalue": "x", "traceback": []}, "cell 1 failed: KeyError"),
        ({"output_type": "execute_result", "data": {"text/plain": "<Secret>"}, "metadata": {}}, "shows text/plain"),
        ({"output_type": "display_data", "data": {"text/html": "<b>", "text/plain": ""}, "metadata": {}}, "text/html"),
        (shown("---\ntitle: other\n---"), "edge of a metadata block"),
    ],
    ids=["error", "bare value", "html", "metadata"],
)
def test_an_output_that_is_no_markdown_is_refused(notebook, meta, tmp_path, output, told):
    with pytest.raises(UnfitNotebookError, match=told):
        prepare(notebook([code_cell("x", output)]), meta, tmp_path / "p")


def test_streams_are_left_behind(notebook, meta, tmp_path):
    """Quarto prints what cells write to stderr."""
    stream = {"output_type": "stream", "name": "stderr", "text": ["Isle of Wight"]}
    path = prepare(notebook([code_cell("x", stream, shown("words"))]), meta, tmp_path / "p")
    assert [cell["source"] for cell in cells_of(path)[1:]] == ["words"]


def test_a_second_preparation_leaves_no_old_picture(executed, meta, tmp_path):
    stale = tmp_path / "figures" / "fig-old.png"
    stale.parent.mkdir()
    stale.write_bytes(b"")
    prepare(executed, meta, tmp_path)
    assert not stale.exists()


def test_a_document_without_a_profile_or_marking_cannot_be_described():
    known = {"title": "T", "marking": "M", "made_up": False}
    wrong = [{}, {"profile": "anonymized"}, {"profile": "own", "marking": " "}, {"profile": "own", "title": "a\nb"}]
    for change in wrong:
        with pytest.raises(ValueError, match="validation error"):
            DocumentMeta(**known | change)
