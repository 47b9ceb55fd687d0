"""Rows of figures and marks in files that were made elsewhere: each form is found, and ordinary pages hold none."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt
from office_parts import docx, pptx, run, shape, xlsx, zipped
from pdf_parts import pdf

from analysis.audit.apart import File, scan_apart
from analysis.audit.deny import Deny
from analysis.audit.intruder.attack import Pack, structure
from analysis.audit.intruder.counting import Told
from analysis.audit.intruder.page import read_page
from analysis.audit.intruder.structure import Vocabulary
from analysis.audit.report import in_words
from analysis.audit.result import Heading, Result
from analysis.audit.unknown import rows_of_several
from analysis.audit.unreadable import DamagedError

FIGURES = (512.3, 488.1, 390.2, 611.0, 702.9, 345.6)
SHADES = ("12436D", "2073BC", "ADD1F1", "F2F2F2", "12436D", "ADD1F1")
LETTERS = "ABCDEF"


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><head><title>Review</title></head><body>{body}</body></html>".encode()


ITEMS = [f"{letter}: {figure} per 10,000" for letter, figure in zip(LETTERS, FIGURES, strict=True)]
COLOURS = "".join(f"<td style='background-color: #{shade}'></td>" for shade in SHADES)
HTML = {
    "list": f"<ul>{''.join(f'<li>{item}</li>' for item in ITEMS)}</ul>",
    "list of whole numbers": f"<ul>{''.join(f'<li>Service {letter}: 17 visits</li>' for letter in LETTERS)}</ul>",
    "list after the page's end": f"</body></html><ul>{''.join(f'<li>{item}</li>' for item in ITEMS)}</ul>",
    "numbered list": f"<ol>{''.join(f'<li>{figure}</li>' for figure in FIGURES)}</ol>",
    "terms": f"<dl>{''.join(f'<dt>A</dt><dd>{figure}</dd>' for figure in FIGURES)}</dl>",
    "paragraph": f"<p>The others had {', '.join(map(str, FIGURES))} referrals.</p>",
    "without blanks": f"<p>{','.join(map(str, FIGURES))}</p>",
    "small counts": "<p>The others had 17, 3, 8, 4 and 11 visits.</p>",
    "paragraphs": "".join(f"<p>{item}</p>" for item in ITEMS),
    "boxes beside each other": f"<div>{''.join(f'<div>{item}</div>' for item in ITEMS)}</div>",
    "cell": f"<table><tr><td>Others</td><td>{' / '.join(map(str, FIGURES))}</td></tr></table>",
    "colours alone": f"<table><tr><th>1 Referrals</th>{COLOURS}</tr></table>",
    "old colours": f"<table><tr>{COLOURS.replace('style=', 'bgcolor=')}</tr></table>",
    "classes": f"<table><tr>{''.join(f'<td class={chr(97 + place)}></td>' for place in range(6))}</tr></table>",
    "boxes of colour": "".join(f"<div style='background: #{shade}; width: 9px'></div>" for shade in SHADES),
    "signs": "<p>● ▲ ● ■ ● ▲</p>",
    "signs in cells": f"<table><tr>{'<td>●</td>' * 5}</tr></table>",
    "drawing": "<svg><circle cx='3' cy='4' r='1'/><circle cx='9' cy='4' r='1'/></svg>",
    "vector picture": "<img src='data:image/svg+xml,x' alt=''>",
}
WORD = {
    "list": "".join(run(item) for item in ITEMS),
    "paragraph": run(f"The others had {', '.join(map(str, FIGURES))} referrals."),
    "colours alone": "<w:tbl><w:tr>"
    + "".join(f"<w:tc><w:tcPr><w:shd w:val='clear' w:fill='{shade}'/></w:tcPr><w:p/></w:tc>" for shade in SHADES)
    + "</w:tr></w:tbl>",
    "rows": "<w:tbl>"
    + "".join(
        f"<w:tr><w:tc>{run(letter)}</w:tc><w:tc>{run(str(figure))}</w:tc></w:tr>"
        for letter, figure in zip(LETTERS, FIGURES, strict=True)
    )
    + "</w:tbl>",
    "shape": "<w:p><w:r><w:drawing><wps:wsp xmlns:wps='urn:wps'/></w:drawing></w:r></w:p>",
}
PLAIN = (
    "<h1>Peer review of a service</h1><p>Referrals were 45.2 per 10,000 in July to September 2025, 48.9 in the same "
    "quarter of 2024-25: a change of -3.7. No band (indicators 1, 2, 5, 7, 12, 14).</p><ol><li>Read the 12 "
    "case files of 3 teams.</li><li>Meet the duty team "
    "by 14 March 2026.</li></ol><table><tr><th>Quarter</th><th>Own figure</th></tr><tr><td>Q1 2025-26</td><td>45.2"
    "</td></tr><tr><td>Q2 2025-26</td><td>44.0</td></tr><tr><td>Q3 2025-26</td><td>46.1</td></tr><tr><td>Q4 2025-26"
    "</td><td>45.0</td></tr><tr><td>Q1 2026-27</td><td>43.8</td></tr></table><p>1. First</p><p>2. Second</p>"
    "<p>3. Third</p><p>4. Fourth</p><p>5. Fifth</p><table><tr><td class='missing'>..</td><td class='missing'>..</td>"
    "<td class='missing'>..</td></tr></table>"
)


def dots() -> bytes:
    with mpl.rc_context({"pdf.compression": 6}):
        figure, axes = plt.subplots()
        axes.plot([1, 2, 3, 4, 5], FIGURES[:5], "o")
        out = io.BytesIO()
        figure.savefig(out, format="pdf")
        plt.close(figure)
    return out.getvalue()


def boxes(*shades: str) -> bytes:
    parts = (tuple(int(shade[place : place + 2], 16) / 255 for place in (0, 2, 4)) for shade in shades)
    return b"\n".join(
        f"{r:.3f} {g:.3f} {b:.3f} rg {20 + 20 * place} 50 18 12 re f".encode() for place, (r, g, b) in enumerate(parts)
    )


PDF = {
    "lines": pdf(raw=b"BT /F1 12 Tf 14 TL 20 180 Td " + b" ".join(f"({one}) Tj T*".encode() for one in ITEMS) + b" ET"),
    "paragraph": pdf(f"The others had {', '.join(map(str, FIGURES))}"),
    "cells of colour": pdf(raw=boxes(*SHADES)),
    "bars": pdf(raw=b"\n".join(f"0 0.3 0.6 rg {20 + 20 * i} 50 18 {10 + 7 * i} re f".encode() for i in range(6))),
    "paths": pdf(raw=b"\n".join(
        f"0 0.3 0.{i} rg {20 * i} 50 m {20 * i + 18} 50 l {20 * i + 18} 70 l {20 * i} 70 l h f".encode()
        for i in range(6)
    )),
    "dots": dots(),
}  # fmt: skip


@pytest.mark.parametrize("form", HTML)
def test_a_page_of_several_is_found_and_no_pack_may_hold_it(form: str) -> None:
    content = page(HTML[form])
    assert rows_of_several(content)
    read = read_page("bad.html", content)
    pack = Pack((read,), Vocabulary(("1 Referrals",), (), ()), Told((), (), ()))
    assert not structure([pack]).passed


@pytest.mark.parametrize("form", WORD)
def test_a_word_file_of_several_is_found(form: str) -> None:
    assert rows_of_several(docx(WORD[form]))


def test_a_chart_in_a_word_file_is_found() -> None:
    assert rows_of_several(docx("", {"word/charts/chart1.xml": "<c/>"}))


@pytest.mark.parametrize("form", PDF)
def test_a_pdf_of_several_is_found(form: str) -> None:
    assert rows_of_several(PDF[form])


def test_ordinary_files_hold_none() -> None:
    assert rows_of_several(page(PLAIN)) == ()
    assert rows_of_several(docx(run("Referrals were 45.2 in July 2025 and 48.9 a year before."))) == ()
    assert rows_of_several(pdf("Referrals were 45.2 in July 2025 and 48.9 a year before.")) == ()
    # The headings of a table's columns: one colour, one height.
    assert rows_of_several(pdf(raw=boxes(*["12436D"] * 6))) == ()


def test_a_word_file_is_read_as_a_page_is() -> None:
    rows = "".join(
        f"<w:tr>{''.join(f'<w:tc>{run(cell)}</w:tc>' for cell in cells)}</w:tr>"
        for cells in (("Indicator", "Latest figure"), ("Authority A", "45.2"))
    )
    read = read_page("a.docx", docx(f"<w:tbl>{rows}</w:tbl>"))
    assert read.tables[0].rows == (("Authority A", "45.2"),)
    pack = Pack((read,), Vocabulary(("1 Referrals",), (), ()), Told((), (), ()))
    assert structure([pack]).statistic == 1


@pytest.mark.parametrize("content", [pptx(shape("A")), xlsx(), zipped({"a.txt": "a"}), b"a: 1", b"\x89PNG\r\n\x1a\n"])
def test_other_kinds_are_not_known_to_be_anything(content: bytes) -> None:
    assert rows_of_several(content) is None


@pytest.mark.parametrize("content", [b"%PDF-1.7 cut short", b"PK\x03\x04 word/document.xml", b"<html>\xff\xfe</html>"])
def test_what_cannot_be_read_is_refused(content: bytes) -> None:
    with pytest.raises(DamagedError):
        rows_of_several(content)


def test_the_report_of_a_file_from_elsewhere_says_that_its_structure_is_not_known(tmp_path: Path, deny: Deny) -> None:
    for name, content in {"a.html": page(PLAIN), "b.html": page(HTML["list"]), "c.pptx": pptx(shape("Review"))}.items():
        (tmp_path / name).write_bytes(content)
    reports = scan_apart([File(path, path.name) for path in sorted(tmp_path.iterdir())], deny)
    assert [one.rows_of_several for one in reports] == [0, 1, None]
    assert all("its structure, which is not known: it cannot pass as anonymised" in one.not_tried for one in reports)
    words = [in_words(one) for one in reports]
    assert "Tried: lists, tables, colours and drawings" in words[0]
    assert "Look: 1 place holds figures" in words[1]
    assert "that is not read in a file of this kind" in words[2]
    known = replace(reports[1], results=(Result("structure", Heading.SINGLING_OUT, "T.", "F.", 0, 0, True),))
    assert not any("structure" in one for one in known.not_tried)
    assert "Look:" not in in_words(known)
