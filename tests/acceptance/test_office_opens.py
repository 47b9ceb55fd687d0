"""Reports as Word and Excel, opened by a program that we did not write: LibreOffice."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn
from kit_run import PERIOD, tartanrug

from analysis.render.outline import read_outline

pytestmark = pytest.mark.acceptance


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("office")
    wanted = ("--authority", "869", "--format", "html", "docx", "xlsx")
    for words in (("synth", "--period", PERIOD), ("build", "--period", PERIOD, *wanted)):
        done = tartanrug(home, *words)
        assert done.returncode == 0, done.stdout + done.stderr
    return home / "reports" / "out" / "made-up" / "south-east" / PERIOD


def converted(file: Path, kind: str, folder: Path) -> Path:
    office = shutil.which("soffice")
    assert office, "install libreoffice-writer-nogui and libreoffice-calc-nogui"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{file.stem}.{kind}"


def told(content: bytes) -> tuple[list[list[list[str]]], list[str], str]:
    """Tables, alternative texts and the header of a Word file."""
    document = Document(io.BytesIO(content))
    tables = [[["".join(cell.text.split()) for cell in row.cells] for row in table.rows] for table in document.tables]
    described = [found.get("descr") for found in document.element.iter(qn("wp:docPr"))]
    return tables, described, document.sections[0].header.paragraphs[0].text


@pytest.mark.parametrize("variant", ["internal", "own", "anonymised"])
def test_word_goes_through_libreoffice_without_loss(variant: str, built: Path, tmp_path: Path) -> None:
    (file,) = (built / variant).glob("*.docx")
    before = told(file.read_bytes())
    # By another format, so that nothing is handed on unread.
    after = told(converted(converted(file, "odt", tmp_path), "docx", tmp_path).read_bytes())
    assert after == before
    page = read_outline(file.with_suffix(".html").read_bytes())
    assert before[1] == page.alternatives
    assert before[0] == [[["".join(cell.split()) for cell in row] for row in table] for table in page.tables]
    assert "MADE-UP DATA." in before[2]
    assert "Content id" in before[2]


@pytest.mark.parametrize("variant", ["internal", "dfe"])
def test_excel_holds_the_page_s_figures_and_libreoffice_reads_them(variant: str, built: Path, tmp_path: Path) -> None:
    (file,) = (built / variant).glob("*.xlsx")
    assert not any("vba" in name.lower() for name in zipfile.ZipFile(file).namelist())
    ours, theirs = (
        pd.read_excel(path, sheet_name="Figures", header=3, dtype={"As shown": str}, keep_default_na=False)
        for path in (file, converted(converted(file, "ods", tmp_path), "xlsx", tmp_path))
    )
    pd.testing.assert_frame_equal(ours, theirs)
    page = read_outline(file.with_suffix(".html").read_bytes())
    # A line of quarters is a picture, without a word: it has no place among figures.
    cells = [pair for table in page.tables for row in table[1:] for pair in [*zip(table[0], row, strict=True)][1:]]
    assert {text for head, text in cells if head == "Last 12 quarters"} <= {""}
    shown = ["".join(text.split()) for head, text in cells if head != "Last 12 quarters"]
    assert ["".join(text.split()) for text in ours["As shown"]] == shown
    read = ours[ours["Figure"] != ""]
    assert len(read) >= 2 * 18, "a figure and its change for each indicator at least"
    for figure, text in zip(read["Figure"], read["As shown"], strict=True):
        assert float(figure) == float(text.replace(",", "").replace("−", "-"))
