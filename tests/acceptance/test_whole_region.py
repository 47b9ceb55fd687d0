"""The README's first command over a whole region: what is there, what it says of itself, and what it doesn't hold."""

import base64
import json
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import lxml.etree
import lxml.html
import pikepdf
import pytest
from in_a_browser import BESIDE_REPORTS, browser_in, looked_at, pages_beside_reports

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


def pages_of(path):
    """The text of each page, as Poppler reads it."""
    program = shutil.which("pdftotext")
    assert program, "Poppler is needed: apt-get install poppler-utils"
    done = subprocess.run([program, "-enc", "UTF-8", path, "-"], capture_output=True, encoding="utf-8", check=True)
    return done.stdout.split("\f")[:-1]


@cache
def everything_in_pdf(path):
    """Text, alternative texts and metadata."""
    with pikepdf.open(path) as pdf:
        alternatives = [str(one.get("/Alt", "")) for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        metadata = str(pdf.open_metadata())
    return "\n".join([path.name, *pages_of(path), *alternatives, metadata])


def test_every_document_is_there_in_both_formats(region):
    for ending in ("html", "pdf"):
        counts = {variant: len(list((region / variant).glob(f"*.{ending}"))) for variant in MARKINGS}
        assert counts == {"internal": 19 + 1, "own": 19, "anonymised": 19, "dfe": 19}


def test_every_page_is_small_enough_to_be_sent(region):
    for path in documents(region, "html"):
        most = 2_500_000 if path.parent.name == "anonymised" else 1_500_000
        assert path.stat().st_size <= most, f"{path.name}: {path.stat().st_size}"


def pointers_in(page):
    """Whatever a web page points to, in attributes and style sheets."""
    names = ("src", "srcset", "href", "action", "formaction", "poster", "data", "cite", "background", "content")
    found = [(name, node.get(name)) for node in page.iter(lxml.etree.Element) for name in names if node.get(name)]
    styles = [node.text_content() for node in page.iter("style")] + page.xpath("//@style")
    for style in styles:
        found += [("url()", address.strip("\"' ")) for address in re.findall(r"url\(([^)]*)\)", style)]
        found += [("@import", address) for address in re.findall(r"@import\s+(\S+)", style)]
    return found


def test_no_web_page_points_out_of_itself(region):
    for path in documents(region, "html"):
        page = lxml.html.fromstring(path.read_bytes())
        pointers = pointers_in(page)
        assert ("src", "data") in {(name, address[:4]) for name, address in pointers}, path.name
        for name, address in pointers:
            if name == "content":
                assert "//" not in address, f"{path.name}: {address}"
            else:
                assert address.startswith(("#", "data:")), f"{path.name}: {name} {address[:80]}"
        targets = set(page.xpath("//@id"))
        links = {address[1:] for name, address in pointers if name == "href" and address.startswith("#")}
        assert links <= targets, path.name


def test_no_document_tells_where_or_how_it_was_made(region):
    home = region.parents[4]
    places = {
        str(home),
        str(Path.home()),
        str(Path(sys.prefix)),
        str(SCRIPTS.parents[1]),
        str(Path.cwd()),
        "/tmp/",
        "\\Users\\",
    }
    tools = {"papermill", "ipykernel", ".ipynb", ".py", "making-", "reports/out", "data/raw", "site-packages"}
    for path in (*documents(region, "html"), *documents(region, "pdf")):
        held = path.read_bytes().decode("latin-1") if path.suffix == ".html" else everything_in_pdf(path)
        # A picture's bytes, as text, may hold anything.
        held = re.sub(r"data:[a-z/-]+;base64,[A-Za-z0-9+/=]+", "", held)
        assert not [trace for trace in places | tools if trace in held], path.name
    for path in documents(region, "html"):
        for picture in pictures_in(path):
            assert not [trace for trace in places if trace.encode() in picture], path.name


def pictures_in(path):
    """The bytes of each picture of a web page."""
    sources = lxml.html.fromstring(path.read_bytes()).xpath("//img/@src")
    return [base64.b64decode(source.partition("base64,")[2]) for source in sources]


def test_every_picture_is_told_in_words(region):
    for path in documents(region, "html"):
        told = lxml.html.fromstring(path.read_bytes()).xpath("//img/@alt")
        assert len(told) == len(pictures_in(path)) > 0, path.name
        assert all(len(words.split()) > 5 for words in told), path.name
        with pikepdf.open(path.with_suffix(".pdf")) as pdf:
            figures = [one for one in elements(pdf) if one.S == "/Figure"]
            alternatives = [str(one.get("/Alt", "")) for one in figures]
        assert [" ".join(words.split()) for words in alternatives] == [" ".join(words.split()) for words in told], (
            path.name
        )


def elements(pdf):
    """The elements of the tree of tags, in the order of reading."""
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        thing = waiting.pop(0)
        if isinstance(thing, pikepdf.Array):
            waiting = [*thing, *waiting]
        elif isinstance(thing, pikepdf.Dictionary):
            if "/S" in thing:
                yield thing
            if "/K" in thing:
                waiting.insert(0, thing.K)


def test_every_page_of_every_pdf_is_marked(region):
    for path in documents(region, "pdf"):
        with pikepdf.open(path) as pdf:
            count = len(pdf.pages)
        texts = pages_of(path)
        assert len(texts) == count, path.name
        for number, page in enumerate(texts, start=1):
            text = " ".join(page.split())
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
        assert len(pages_of(path)) == 1, path.name


@pytest.mark.parametrize("variant", ["own", "anonymised"])
def test_no_other_authority_can_be_read_in_what_leaves_the_group(region, variant):
    """S0 5.5.3 iii, in text, attributes, alternative texts, file names and metadata of both formats."""
    readers = {"html": everything_in_html, "pdf": everything_in_pdf}
    for code in REGION.members:
        for ending, read in readers.items():
            [path] = (region / variant).glob(f"*-{code}-{variant}.{ending}")
            held = " ".join(read(path).split())
            assert named_in(held, code) == set(), path.name
            # A code is a number like another: it is one only where nothing else can stand.
            for other in set(REGION.members) - {code}:
                assert not re.search(rf"(?:DfE code|authority|[-_]){other}\b", held), f"{path.name}: {other}"


def named_in(held, code):
    """The other authorities of England that a text names, by name, alias or ONS code."""
    own = authorities()[code]
    allowed = {own.name, *own.aliases, own.region}
    found = set()
    for other in authorities().values():
        if other.code in {code, *own.predecessors}:
            continue
        names = {other.name, *other.aliases, other.ons_code, *(each.code for each in other.ons_codes)}
        for name in (name for name in names - allowed if len(name) > 2 and name in held):
            # "Reading" is also an English word, and the kit's own for what a test says: at the head of a sentence only.
            pattern = rf"\b{re.escape(name)}\b" if name != "Reading" else r"(?<![.:] )(?<!^)\bReading\b(?!s)"
            found |= {name} if re.search(pattern, held) else set()
    return found


def test_a_name_would_be_found():
    for text in ("than in West Sussex,", "of RBWM.", "E06000037", "in Reading and elsewhere", "County Durham"):
        assert named_in(text, "825"), text
    assert named_in("Buckinghamshire. Reading the table. South East, England", "825") == set()


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    return browser_in(tmp_path_factory.mktemp("browser"))


def test_axe_finds_nothing_wrong_with_a_page_of_each_kind_and_none_of_its_words_are_cut_off(region, browser):
    """Last of those that look at all documents of the region, since it makes more of them."""
    pages = [next((region / variant).glob("*-921-*.html")) for variant in MARKINGS]
    pages.append(next((region / "internal").glob("*-south-east-*.html")))
    pages += pages_beside_reports(region.parents[4]).values()
    done = looked_at(browser, "axe.mjs", *pages)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(f"{len(MARKINGS) + 1 + len(BESIDE_REPORTS)} documents at 1280 and 360 pixels")


def test_the_rug_can_be_walked_through_and_narrowed_down_by_keyboard(region, browser):
    done = looked_at(browser, "keyboard.mjs", next((region / "anonymised").glob("*-921-*.html")))
    assert done.returncode == 0, done.stderr
    walk = json.loads(done.stdout)
    stops = [stop["what"] for stop in walk["stops"]]
    start = stops.index("choice-0")
    assert stops[0] == "#main"
    assert stops[start + 1 : start + 20] == ["tbl-rug", *(f"#indicator-{number}" for number in range(1, 19))]
    assert [stop["what"] for stop in walk["stops"] if not (stop["seen"] and stop["on_screen"])] == []
    assert all(walk["before"])
    assert walk["after"] == [name == "group-2" for name in walk["groups"]]
    assert 0 < sum(walk["after"]) < len(walk["after"])
    assert walk["target"] == f"#indicator-{walk['groups'].index('group-2') + 1}"
