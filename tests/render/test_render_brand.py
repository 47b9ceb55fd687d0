"""The region's brand: what of it is refused, and that both renderers and Word take it on."""

import io
import re
import shutil
from pathlib import Path

import matplotlib as mpl
import pikepdf
import pytest
from docx import Document
from made_document import made_document
from PIL import Image
from pypdf import PdfReader

from analysis.config import Workspace, workspace
from analysis.errors import BadReferenceError
from analysis.render import pdf
from analysis.render.brand import PAPER, contrast, read_brand
from analysis.render.check import check_html
from analysis.render.embedded import render_embedded
from analysis.render.project import brand, template_files
from analysis.render.quarto import Job, lay_out_project
from analysis.views.model import Variant

DEJAVU = Path(mpl.get_data_path(), "fonts", "ttf")
OWN = """
meta: {name: South West & Wye}
logo: ours.png
color:
  palette: {green: '#0B5D1E'}
  primary: green
  link: '#6a1b4d'
typography:
  fonts:
    - family: DejaVu Sans
      source: file
      files: [DejaVuSans.ttf, DejaVuSans-Bold.ttf]
  base: DejaVu Sans
"""


def written(folder, text):
    path = folder / "_brand.yml"
    path.write_text(text, encoding="utf-8")
    Image.new("RGB", (60, 40), "#0B5D1E").save(folder / "ours.png")
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
        shutil.copyfile(DEJAVU / name, folder / name)
    return path


def test_the_kits_own_brand_is_legible():
    assert contrast(read_brand(workspace().quarto_project / "_brand.yml").primary, PAPER) >= 7


@pytest.mark.parametrize(
    ("colour", "expected"),
    # From the WCAG's own definition: black 21, white 1; #767676 is the palest grey that passes, #777777 doesn't.
    [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54), ("#777777", 4.48), ("#ff0000", 4.0)],
)
def test_contrast_is_that_of_wcag(colour, expected):
    assert contrast(colour, PAPER) == contrast(PAPER, colour) == pytest.approx(expected, abs=0.005)


def test_a_colour_may_be_named_or_written(tmp_path):
    text = "color:\n  palette: {green: '#0B5D1E'}\n  primary: green\n"
    assert read_brand(written(tmp_path, text)).primary == "#0b5d1e"
    assert read_brand(written(tmp_path, "color: {primary: '#801650'}\nelsewhere: x\n")).primary == "#801650"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("color: {primary: '#ffdd00'}", "color: primary: #ffdd00 can't be read on #ffffff: 1.34:1"),
        # Dark enough on the page, and not in the box of the contents, where headings and links stand too.
        ("color: {primary: '#000000', link: '#767676'}", "color: link: #767676 can't be read on #eef3f8: 4.06:1"),
        ("color: {primary: navy}", "navy is no colour"),
        ("color: {primary: '#123'}", "#123 is no colour"),
        ("color: {primary: '#12345g'}", "is no colour"),
        ("color: {}", "primary"),
        ("colour: {primary: '#000000'}", "color"),
        ("color: [", "not YAML"),
        ("", "_brand.yml"),
        ("color: {primary: '#000000'}\nlogo: ours.png", "a logo without a name"),
        ("color: {primary: '#000000'}\nmeta: {name: A}\nlogo: none.png", "no file none.png"),
        ("color: {primary: '#000000'}\nmeta: {name: A}\nlogo: ../../etc/hosts", "no file"),
        ("color: {primary: '#000000'}\nmeta: {name: A}\nlogo: DejaVuSans.ttf", "is no PNG"),
        ("color: {primary: '#000000'}\nmeta: {name: '<b>'}", "meta"),
        ("color: {primary: '#000000'}\ntypography: {base: Arial}", "no files of Arial"),
        (OWN.replace("DejaVu Sans", "DejaVu Serif"), "holds the font DejaVu Sans, not DejaVu Serif"),
        (OWN.replace("[DejaVuSans.ttf", "[ours.png"), "ours.png is no font"),
    ],
)
def test_a_brand_that_cant_be_read_or_used_is_refused(tmp_path, text, told):
    with pytest.raises(BadReferenceError) as refused:
        read_brand(written(tmp_path, text))
    words = str(refused.value)
    assert told in words
    assert "_brand.yml" in words
    assert refused.value.remedy


@pytest.fixture
def branded(tmp_path, monkeypatch):
    """The project with a brand of a region's own, in place of the kit's."""
    project = tmp_path / "reports"
    shutil.copytree(workspace().quarto_project, project, ignore=shutil.ignore_patterns("out"))
    written(project, OWN)
    monkeypatch.setattr(Workspace, "quarto_project", project)
    for kept in (brand, pdf._fonts):
        kept.cache_clear()
    yield
    for kept in (brand, pdf._fonts):
        kept.cache_clear()


@pytest.mark.usefixtures("branded")
def test_every_format_takes_the_brand_on(parsed, meta, tmp_path):
    made = render_embedded(parsed, ["html", "pdf"], epoch=1_700_000_000)
    check_html(made["html"], meta, parsed)
    page = made["html"].decode("utf-8")
    assert '<p class="brand">South West &amp; Wye</p>' in page
    for rule in ("--primary: #0b5d1e", "a { color: #6a1b4d; }", 'font-family: "DejaVu Sans"', "data:image/png;base64,"):
        assert rule in page
    content = io.BytesIO(made["pdf"])
    assert "South West & Wye" in PdfReader(content).pages[0].extract_text()
    with pikepdf.open(content) as document:
        held = [one for one in document.objects if isinstance(one, pikepdf.Dictionary)]
        fonts = {str(one.BaseFont) for one in held if "/BaseFont" in one}
        pictures = [one for one in document.objects if isinstance(one, pikepdf.Stream)]
        sizes = {(int(one.Width), int(one.Height)) for one in pictures if one.get("/Subtype") == "/Image"}
    assert (60, 40) in sizes
    assert fonts
    assert all("DejaVuSans" in font for font in fonts)
    content = render_embedded(made_document(tmp_path), ["docx"], epoch=1_700_000_000)["docx"]
    word = Document(io.BytesIO(content))
    assert word.styles["Normal"].font.name == word.styles["Heading 1"].font.name == "DejaVu Sans"
    assert str(word.styles["Heading 1"].font.color.rgb) == "0B5D1E"
    assert word.sections[0].footer.paragraphs[0].text.startswith("South West & Wye, page ")


@pytest.mark.usefixtures("branded")
@pytest.mark.parametrize("wanted", ["html", "pdf"])
def test_quarto_is_given_the_same_brand(prepared, parsed, meta, tmp_path, wanted):
    folder = tmp_path / "project"
    folder.mkdir()
    (name,) = lay_out_project(folder, [Job(prepared, meta, parsed)], meta.profile, wanted)
    held = (folder / name / "report.ipynb").read_text("utf-8")
    if wanted == "html":
        assert re.search(r"published-by.*South West & Wye", held)
        assert "--primary: #0b5d1e" in (folder / name / "document.css").read_text("utf-8")
    else:
        assert re.search(r"mainfont.*DejaVu Sans", held)
        assert {"DejaVuSans.ttf", "DejaVuSans-Bold.ttf"} <= {path.name for path in (folder / name / "fonts").iterdir()}
        margins = (folder / name / "margins.typ").read_text("utf-8")
        assert "South West & Wye" in margins
        assert "#0b5d1e" in margins


@pytest.mark.usefixtures("branded")
def test_every_file_of_the_brand_counts_for_the_content_id():
    names = {path.name for path in template_files(Variant.ANONYMISED)}
    assert {"_brand.yml", "ours.png", "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"} <= names
