"""What a notebook puts on the page."""

import re

import pytest

from analysis.figures.drawing import Drawing, Table
from analysis.render.show import as_markdown


def drawing(**change):
    given = {"label": "fig-a01-trend", "png": b"bytes", "caption": "Referrals", "alt": "Level", "width_in": 6.0}
    return Drawing(**{**given, "height_in": 2.0, "texts": (), **change})


@pytest.fixture(autouse=True)
def _in_own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_a_picture_is_written_beside_the_notebook_and_shown_with_its_words(tmp_path):
    shown = as_markdown(drawing())
    assert shown == '![Referrals](figures/fig-a01-trend.png){#fig-a01-trend fig-alt="Level" width=6.00in}'
    assert (tmp_path / "figures" / "fig-a01-trend.png").read_bytes() == b"bytes"


def test_a_picture_without_alternative_text_is_refused():
    with pytest.raises(ValueError, match="no alternative text"):
        as_markdown(drawing(alt="  "))


@pytest.mark.parametrize("label", ["../fig-a", "fig a", "Fig-A", "fig", 'fig-a"onload=', "", "fig-a.png"])
def test_a_label_that_is_no_plain_name_is_refused(label, tmp_path):
    with pytest.raises(ValueError, match="label"):
        as_markdown(drawing(label=label))
    assert not (tmp_path / "figures").exists()


def test_a_table_stands_in_a_region_that_the_keyboard_reaches():
    table = Table("tbl-rug", "<table>\n<caption>A &amp; B</caption>\n\n<tr><td>```</td></tr>\n</table>", "A & B")
    shown = as_markdown(table)
    assert shown.startswith("````{=html}\n")
    assert shown.endswith("\n````")
    assert '<div class="table-scroll" id="tbl-rug" role="region" aria-label="A &amp; B" tabindex="0">' in shown
    assert not re.search(r"\n\s*\n", shown), "a blank line would end a raw block in some readers"


def test_text_is_markdown_as_it_is():
    assert as_markdown("a *b*") == "a *b*"
