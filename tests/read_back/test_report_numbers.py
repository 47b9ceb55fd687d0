"""Every number on a report, read back from the HTML and the PDF, equals a recomputation from the raw CSV files.

The recomputation shares no line with the kit. A number that it doesn't explain fails the test, so that none escapes.
"""

import ast
import re
import sys
from base64 import b64decode
from pathlib import Path

import pandas as pd
import pytest
from annex_a import Series
from hidden_counts import counts_in
from ledger import Ledger
from page_reading import Page, Words, read_page
from pdf_reading import numbers, read_pdf, without_repeated_headings
from published_pages import YearPages
from quarter_pages import QuarterPages
from raw_files import Cell, quarter_number
from reading import read_document
from reading_pictures import PictureReader
from reading_tables import TableReader
from recompute import Recomputed, present
from stage_tables import Stages

from analysis.config import PACKAGE
from analysis.figures import members, rug_table, small_multiples, trend, xmr_picture
from analysis.pipeline.load import load_view
from analysis.pipeline.public import PublicYear
from analysis.reference.regions import regions

pytestmark = pytest.mark.xdist_group("built")

QUARTER = quarter_number("2025-26", "Q2")
POLICY = PACKAGE / "disclosure" / "policy.yml"
LEAST = {"internal": 1800, "own": 1100, "anonymised": 2500, "dfe": 120, "public": 1200}
"""So many claims at least are held against the recomputation in one document: a reader that reads nothing agrees."""
DOCUMENTS = [(code, variant) for code in ("825", "921") for variant in ("internal", "own", "anonymised", "dfe")]
STANDARD_LIBRARY_ONLY = ("annex_a", "raw_files", "recompute", "standings", "hidden_counts", "published_pages")
STANDARD_LIBRARY_ONLY += ("quarter_pages", "period_phrases", "chance")


def document(folder: Path, code: str, variant: str, ending: str = "html") -> Path:
    (found,) = (folder / variant).glob(f"*-{code}-{variant}.{ending}")
    return found


@pytest.fixture(scope="session")
def pages(returns, cross_regional):
    def expected(code: str, variant: str) -> QuarterPages:
        return QuarterPages(returns, cross_regional, code, QUARTER, variant in {"own", "anonymised"})

    return expected


def assert_agreed(ledger: Ledger, least: int) -> None:
    if ledger.wrong:
        pytest.fail("\n".join(["not as recomputed:", *ledger.messages]), pytrace=False)
    assert ledger.agreed.total() >= least


@pytest.fixture(scope="session")
def stages(built_workspace):
    return lambda code: Stages.of_a_quarter(built_workspace, code)


@pytest.mark.parametrize(("code", "variant"), DOCUMENTS)
def test_every_number_of_a_report_is_as_recomputed(built, pages, stages, code, variant):
    page = read_page(document(built, code, variant))
    # The DfE's summary has no room for readings.
    told = stages(code).of_positions_alone() if variant == "dfe" else stages(code)
    ledger = read_document(page, pages(code, variant), POLICY, told)
    assert_agreed(ledger, LEAST[variant])


def test_every_number_is_as_recomputed_among_published_figures(without_cross_regional, returns):
    expected = QuarterPages(returns, None, "870", QUARTER, hides_small_counts=False)
    page = read_page(document(without_cross_regional, "870", "internal"))
    assert "placed among 2024-25" in " ".join(page.stream)
    stages = Stages.of_a_quarter(without_cross_regional.parents[4], "870")
    assert_agreed(read_document(page, expected, POLICY, stages), LEAST["internal"])


def test_every_number_of_a_public_report_is_as_published(published, reference):
    page = read_page(document(published, "846", "public"))
    positions = PublicYear(regions()["south-east"], 2025).evidence.positions
    stages = Stages(pd.DataFrame(positions.values()), None, "846")
    assert_agreed(read_document(page, YearPages(reference, "846", 2025), POLICY, stages), LEAST["public"])


@pytest.mark.parametrize("variant", ["own", "anonymised"])
def test_a_count_of_1_to_5_is_hidden_with_what_is_made_of_it(built, pages, returns, variant):
    """By the returns alone, without the rules of what else would give a count away."""
    expected = pages("921", variant)
    tables = TableReader(expected, Ledger())
    hidden = 0
    for table in read_page(document(built, "921", variant)).tables:
        if table.label.endswith("-series"):
            columns = tables.columns(table)
            for row, at in zip(table.rows, expected.periods.values(), strict=True):
                for (series, stretch), (words,) in zip(columns, row.cells, strict=True):
                    small = [1 <= count <= 5 for count in present(counted(returns, series, stretch, at))]
                    assert words.text in {"c", "z"} or not any(small), f"{table.label}, {row.head[0].text}"
                    hidden += any(small)
    assert hidden > 20


def counted(returns: Recomputed, series: Series, stretch: str, at: int) -> list[Cell]:
    return [returns.over("921", at, measure, stretch) for measure in counts_in(series)]


@pytest.mark.parametrize(("code", "variant"), [*DOCUMENTS, ("846", "public")])
def test_the_pdf_has_the_numbers_of_the_html(request, code, variant):
    folder = request.getfixturevalue("published" if variant == "public" else "built")
    page = read_page(document(folder, code, variant))
    pdf = read_pdf(document(folder, code, variant, "pdf"))

    headings = [" ".join(head.text for head in table.heads) for table in page.tables]
    texts = without_repeated_headings(pdf.pages, headings)
    assert [number for text in texts for number in numbers(text)] == [
        number for text in page.stream for number in numbers(text)
    ]
    assert not rows_not_in(page, " ".join(texts))
    assert sorted(pdf.alternatives) == sorted(piece.words.text for piece in page.pieces if piece.kind == "alt")
    assert pdf.numbered == [(number, len(pdf.pages)) for number in range(1, len(pdf.pages) + 1)]
    for title, number in pdf.contents:
        assert squeezed(title) in squeezed(pdf.pages[number - 1])


def rows_not_in(page: Page, text: str) -> list[str]:
    """The rows of tables whose cells, marks and signs do not stand in a text one after the other."""
    left, missing = squeezed(text), []
    for table in page.tables:
        for row in table.rows:
            words = squeezed(" ".join(line.text for cell in (row.head, *row.cells) for line in cell))
            _, found, after = left.partition(words)
            if found:
                left = after
            else:
                missing.append(words)
    return missing


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(("code", "variant"), [("825", "internal"), ("921", "anonymised")])
def test_every_number_in_the_pictures_is_as_recomputed(
    built_workspace, built, pages, stages, monkeypatch, code, variant
):
    """Pixels aren't read back: the same picture is drawn again, byte for byte, and its texts are read."""
    monkeypatch.setenv("TARTANRUG_HOME", str(built_workspace))
    view = load_view(code, "2025-26-Q2", variant, source="made-up")
    drawings = [small_multiples(view), *(trend(block, view.heading) for block in view.blocks)]
    small = rug_table(view).pictures
    if variant == "anonymised":
        drawings += [xmr_picture(block.chart, view.heading) for block in view.blocks if block.chart is not None]
    if variant == "internal":
        drawings += [members(block, view.heading) for block in view.blocks]
    page = read_page(document(built, code, variant))
    assert page.pictures.keys() == {drawing.label for drawing in (*drawings, *small)}

    expected = pages(code, variant)
    read_document(page, expected, POLICY, stages(code))  # says which figures the page may hide and does
    ledger = Ledger()
    reader = PictureReader(expected, ledger)
    for drawing in (*small, *drawings):
        assert b64decode(page.pictures[drawing.label].partition(",")[2]) == drawing.png
        reader.read(drawing.label, drawing.texts)
    assert_agreed(ledger, 3 * len(drawings))


@pytest.mark.parametrize("which", ["first", "last"])
def test_a_wrong_digit_anywhere_is_found(built, pages, stages, which):
    page = read_page(document(built, "825", "internal"))
    mutated = [words for words in figures_of(page) if put_wrong(words, which)]
    found = {wrong.words for wrong in read_document(page, pages("825", "internal"), POLICY, stages("825")).wrong}
    assert len(mutated) > 1200
    assert [f"{words.place}: {words.text}" for words in mutated if words not in found] == []


def figures_of(page: Page) -> list[Words]:
    """Cells of tables, sentences, captions and alternative texts."""
    kinds = {"li", "figcaption", "caption", "alt", "aria-label"}
    cells = [line for table in page.tables for row in table.rows for cell in row.cells for line in cell]
    return cells + [piece.words for piece in page.pieces if piece.kind in kinds]


def put_wrong(words: Words, which: str) -> bool:
    """Make the last digit of a text's first or last number another one; False where it has none."""
    found = list(re.finditer(r"\d+(?:[.,]\d+)*", words.text))
    if found:
        end = found[0 if which == "first" else -1].end()
        digit = str((int(words.text[end - 1]) + 1) % 10)
        words.text = words.left = words.text[: end - 1] + digit + words.text[end:]
    return bool(found)


@pytest.mark.parametrize("name", STANDARD_LIBRARY_ONLY)
def test_the_recomputation_uses_python_alone(name):
    tree = ast.parse((Path(__file__).parent / f"{name}.py").read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {module.partition(".")[0] for module in imported} <= sys.stdlib_module_names | {*STANDARD_LIBRARY_ONLY}
