"""The README's first command over a whole region: what is there, what it says of itself, and what it doesn't hold."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import lxml.html
import pikepdf
import pypdf
import pytest

from analysis.reference.authorities import authorities
from analysis.reference.regions import find_region

pytestmark = pytest.mark.acceptance

REGION = find_region("south-east")
MARKINGS = {
    "internal": "Internal and limited use only",
    "own": "Unaudited management data of this authority",
    "anonymised": "Other authorities concealed",
    "dfe": "for the DBG to check",
}
SCRIPTS = Path(__file__).resolve().parent


def documents(region, ending):
    return sorted(region.glob(f"*/*.{ending}"))


def text_of_html(path):
    return " ".join(lxml.html.fromstring(path.read_bytes()).text_content().split())


def everything_in_html(path):
    """Text, attributes (alternative texts, labels) and comments."""
    page = lxml.html.fromstring(path.read_bytes())
    attributes = [value for one in page.iter() for name, value in one.items() if not value.startswith("data:")]
    return "\n".join([path.name, page.text_content(), *attributes])


def everything_in_pdf(path):
    reader = pypdf.PdfReader(io.BytesIO(path.read_bytes()))
    with pikepdf.open(path) as pdf:
        alternatives = [str(one.get("/Alt", "")) for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        metadata = str(pdf.open_metadata())
    return "\n".join([path.name, *(page.extract_text() for page in reader.pages), *alternatives, metadata])


def test_every_document_is_there_in_both_formats(region):
    for ending in ("html", "pdf"):
        counts = {variant: len(list((region / variant).glob(f"*.{ending}"))) for variant in MARKINGS}
        assert counts == {"internal": 19 + 1, "own": 19, "anonymised": 19, "dfe": 19}


def test_no_web_page_calls_out_or_tells_where_it_was_made(region):
    for path in documents(region, "html"):
        page = path.read_text(encoding="utf-8")
        called = re.findall(
            r"""(?:src|srcset|data-src)=["']?(?!data:|#)[^"'\s>]+|url\((?!data:)[^)]+\)|@import""", page
        )
        assert not called, path.name
        assert not re.findall(r"""<link[^>]+href=["'](?!data:)""", page), path.name
        for trace in ("papermill", "ipykernel", str(region), ".ipynb", "making-"):
            assert trace not in page, f"{path.name}: {trace}"


def test_every_page_of_every_pdf_is_marked(region):
    for path in documents(region, "pdf"):
        reader = pypdf.PdfReader(io.BytesIO(path.read_bytes()))
        for number, page in enumerate(reader.pages, start=1):
            text = " ".join(page.extract_text().split())
            assert "MADE-UP DATA" in text, f"{path.name}, page {number}"
            assert MARKINGS[path.parent.name] in text, f"{path.name}, page {number}"


def test_every_web_page_is_marked(region):
    for path in documents(region, "html"):
        text = text_of_html(path)
        assert "MADE-UP DATA" in text, path.name
        assert MARKINGS[path.parent.name] in text, path.name


def test_every_pdf_is_tagged_and_accessible(region):
    for path in documents(region, "pdf"):
        with pikepdf.open(path) as pdf:
            assert "1" in str(pdf.open_metadata().get("pdfuaid:part")), path.name
            assert pdf.Root.MarkInfo.Marked, path.name
            assert str(pdf.Root.Lang).lower() == "en-gb", path.name


def test_every_dfe_summary_is_one_page(region):
    for path in sorted((region / "dfe").glob("*.pdf")):
        assert len(pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages) == 1, path.name


@pytest.mark.parametrize("variant", ["own", "anonymised"])
def test_no_other_authority_can_be_read_in_what_leaves_the_group(region, variant):
    """S0 5.5.3 iii, in text, attributes, alternative texts, file names and metadata of both formats."""
    readers = {"html": everything_in_html, "pdf": everything_in_pdf}
    for code in REGION.members:
        others = [authorities()[other] for other in REGION.members if other != code]
        for ending, read in readers.items():
            [path] = (region / variant).glob(f"*-{code}-{variant}.{ending}")
            held = read(path)
            for other in others:
                for name in (other.name, other.ons_code, *(alias for alias in other.aliases if len(alias) > 3)):
                    # "Reading" is also an English word: only the name stands alone before a verb or a comma.
                    pattern = (
                        rf"\b{re.escape(name)}\b" if name != "Reading" else r"\bReading (?:Borough|council|is|has)\b"
                    )
                    assert not re.search(pattern, held), f"{path.name}: {name}"
                assert not re.search(rf"(?:DfE code|authority|-){other.code}\b", held), f"{path.name}: {other.code}"


def test_axe_finds_nothing_wrong_with_a_page_of_each_kind(region, tmp_path):
    node, npm = shutil.which("node"), shutil.which("npm")
    assert node, "Node is needed: apt-get install nodejs"
    assert npm, "npm is needed: apt-get install npm"
    assert shutil.which("chromium"), "Chromium is needed: apt-get install chromium"
    for name in ("axe.mjs", "package.json", "package-lock.json"):
        shutil.copyfile(SCRIPTS / name, tmp_path / name)
    subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=tmp_path, check=True, capture_output=True)
    pages = [next((region / variant).glob("*-921-*.html")) for variant in MARKINGS]
    pages.append(next((region / "internal").glob("*-south-east-*.html")))
    for page in pages:
        shutil.copyfile(page, tmp_path / page.name)
        done = subprocess.run([node, "axe.mjs", page.name], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{page.name}\n{done.stdout}{done.stderr}"
