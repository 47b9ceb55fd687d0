"""A brief for readers from whom others are concealed: its Word file is read for structure as its page is."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import example_views
import pytest

from analysis.audit.intruder.attack import Pack, structure
from analysis.audit.intruder.counting import Told
from analysis.audit.intruder.page import Page, read_page
from analysis.audit.intruder.structure import Vocabulary
from analysis.audit.result import Result
from analysis.render.brief_page import brief, brief_title
from analysis.render.document import DocumentMeta
from analysis.render.embedded import render_embedded
from analysis.render.ipynb import write_document
from analysis.render.parsing import parse
from analysis.render.prepare import PREPARED, entries_of, front_matter
from analysis.render.show import as_markdown

VIEW = example_views.anonymised_view(made_up=True)
OWN = VIEW.blocks[5].own
WORDS = Vocabulary(
    (f"{OWN.card.number} {OWN.card.title}",), tuple(one.label for one in OWN.histories), (VIEW.heading.authority_name,)
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The brief as a page and as a Word file."""
    folder, heading = tmp_path_factory.mktemp("brief"), VIEW.heading
    meta = DocumentMeta(
        profile=heading.variant,
        title=brief_title(VIEW, OWN.card.id),
        subtitle=heading.subtitle,
        marking=heading.marking,
        made_up=True,
        contents=False,
    )
    texts = [as_markdown(part, folder) for part in brief(VIEW, OWN.card.id)]
    write_document(folder / PREPARED, front_matter(entries_of(meta)), texts)
    parsed = parse(folder / PREPARED, heading.variant, 0)
    return render_embedded(parsed, ("html", "docx"), 0)


def of(page: Page) -> Result:
    return structure([Pack((page,), WORDS, Told((), (), ()))])


def test_both_say_the_same_and_hold_no_mark_of_others(files: dict[str, bytes]) -> None:
    html, word = (read_page(f"brief.{kind}", files[kind]) for kind in ("html", "docx"))
    assert html.tables[0].columns == word.tables[0].columns
    assert html.tables[0].rows == word.tables[0].rows
    assert [len(one.rows) for one in word.tables] == [8]
    assert of(html).statistic == of(word).statistic == 0


@pytest.mark.parametrize("head", ["Authority A", "3", "The island"])
def test_a_row_for_somebody_in_the_word_file_is_a_mark(files: dict[str, bytes], tmp_path: Path, head: str) -> None:
    document = docx.Document(io.BytesIO(files["docx"]))
    cells = document.tables[0].add_row().cells
    cells[0].text, cells[1].text = head, "512.3"
    document.save(tmp_path / "brief.docx")
    result = of(read_page("brief.docx", (tmp_path / "brief.docx").read_bytes()))
    assert (result.statistic, result.passed) == (1, False)
