"""Both renderers side by side."""

import pytest

from analysis.errors import ExitCode
from analysis.render.compare import Difference, compare_renderers, differences
from analysis.render.outline import Outline
from analysis.render.quarto import Job
from analysis.render.quarto_tool import NoQuartoError


@pytest.fixture
def job(prepared, meta, parsed):
    return Job(prepared, meta, parsed)


def test_renderers_that_agree_have_no_difference(stand_in, job):
    assert compare_renderers([job], stand_in.environment(), epoch=0) == []


def test_a_difference_is_told_with_both_sides(stand_in, job, meta):
    assert compare_renderers([job], stand_in.environment("another caption"), epoch=0) == [
        Difference(meta.title, "captions", "Figure 2: Re-referrals", "Figure 2. Re-referrals")
    ]


def test_a_document_that_quarto_fails_on_is_a_difference(stand_in, job):
    [found] = compare_renderers([job], stand_in.environment("warns"), epoch=0)
    assert (found.kind, found.embedded) == ("document", "is made")
    assert "WARNING" in found.quarto


def test_without_quarto_nobody_is_told_that_they_agree(job, tmp_path):
    with pytest.raises(NoQuartoError) as caught:
        compare_renderers([job], {"PATH": str(tmp_path / "nothing")}, epoch=0)
    assert caught.value.exit_code is ExitCode.NO_QUARTO


def test_headings_tables_and_alternative_texts_are_compared_in_order():
    ours = Outline(headings=[("h1", "T"), ("h2", "A")], tables=[[["a", "1"], ["b", "2"]]], alternatives=["x", "y"])
    theirs = Outline(headings=[("h1", "T"), ("h3", "A")], tables=[[["a", "1"], ["b", "3"]]], alternatives=["x"])
    assert [(each.kind, each.embedded, each.quarto) for each in differences("T", ours, theirs)] == [
        ("headings", "h2 A", "h3 A"),
        ("tables", "table 1: b | 2", "table 1: b | 3"),
        ("alternatives", "y", ""),
    ]
