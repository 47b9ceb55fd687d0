"""A report made again from its view: the same parts as its notebook's, and a finished file that holds more is told."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from example_views import anonymised_view, internal_view, own_view, public_view
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from analysis.audit.of_view import is_of_view, of_view
from analysis.figures.variants import View
from analysis.render import page
from analysis.render.again import made_again
from analysis.render.report_page import report

NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / "report.ipynb"
STAMP = "For the authority's partners and inspectors. Content id 0123456789abcdef. For use until 31 March 2027."
EPOCH = 1_759_190_400


@pytest.mark.parametrize("view", [anonymised_view(), internal_view(), own_view(), public_view()])
def test_the_list_of_parts_is_what_the_notebook_shows(view: View) -> None:
    shown: list[object] = []
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"][2:]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            shown.append(source)
        else:
            exec(source, {"page": page, "view": view, "show": shown.append})
    assert list(report(view)) == shown


@pytest.fixture(scope="module")
def html() -> bytes:
    return made_again(anonymised_view(made_up=True), "html", STAMP, 0)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return made_again(anonymised_view(made_up=True), "pdf", STAMP, EPOCH)


def test_a_page_of_the_view_is_known_whatever_its_stamp_says(html: bytes, pdf: bytes) -> None:
    view = anonymised_view(made_up=True)
    assert STAMP.replace("'", "&#39;").encode() in html
    assert is_of_view(html, view)
    assert is_of_view(pdf, view)
    assert not is_of_view(html, anonymised_view())
    assert not is_of_view(pdf, anonymised_view())


@pytest.mark.parametrize(
    "more",
    [
        "<p>The others have 512.3, 488.1, 390.2, 611.0 and 702.9.</p>",
        "<ul><li>A: 512.3</li><li>B: 488.1</li></ul>",
        "<table><tr><td style='background-color: #12436D'></td></tr></table>",
        "<svg><circle cx='3'/></svg>",
        "<div style='width: 51%'></div>",
        "<!-- 512.3 -->",
        " ",
    ],
)
def test_a_page_that_holds_anything_more_is_told(html: bytes, more: str) -> None:
    assert not is_of_view(html.replace(b"</main>", more.encode() + b"</main>"), anonymised_view(made_up=True))


def drawn_on(pdf: bytes, operations: bytes) -> bytes:
    """The PDF with more drawn on its first page."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    stream, first = DecodedStreamObject(), writer.pages[0]
    stream.set_data(first.get_contents().get_data() + operations)
    first[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def with_comment(pdf: bytes) -> bytes:
    return pdf + b"% 512.3\n"


def with_boxes(pdf: bytes) -> bytes:
    return drawn_on(pdf, b"\nq 0.07 0.26 0.43 rg 20 20 9 9 re f 0.9 0.9 0.9 rg 30 20 9 9 re f Q")


@pytest.mark.parametrize("change", [with_comment, with_boxes])
def test_a_pdf_that_holds_anything_more_is_told(pdf: bytes, change: Callable[[bytes], bytes]) -> None:
    changed = change(pdf)
    assert changed != pdf
    assert not is_of_view(changed, anonymised_view(made_up=True))


def test_a_page_by_quarto_is_known_where_that_quarto_is_at_hand(
    html: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = anonymised_view(made_up=True)
    page = html.replace(b"</body>", b"<!-- as another renderer sets it --></body>")
    (tmp_path / "page.html").write_bytes(page)
    program = tmp_path / "quarto"
    program.write_text(
        '#!/bin/sh\n[ "$1" = --version ] && echo 1.7.34 && exit\n'
        f'mkdir -p out/d001 && cp "{tmp_path}/page.html" out/d001/report.html\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    assert not is_of_view(page, view)
    monkeypatch.setenv("QUARTO_PATH", str(program))
    monkeypatch.delenv("TARTANRUG_RENDERER", raising=False)
    assert is_of_view(page, view)
    assert is_of_view(html, view), "whoever built without Quarto"
    assert not is_of_view(page.replace(b"another", b"an other"), view)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7 cut short", b"<html>\xff</html>", b"<html></html>"])
def test_whatever_cannot_be_read_is_not_known(content: bytes) -> None:
    assert not is_of_view(content, anonymised_view(made_up=True))


def test_one_file_that_is_not_known_fails_its_pack_and_so_does_none_at_all() -> None:
    assert of_view([True, True]).passed
    assert not of_view([True, False]).passed
    assert not of_view([]).passed
