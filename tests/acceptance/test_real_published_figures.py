"""The real public run for every region: every figure on a page is the one that DfE published."""

import csv
import re
from decimal import Decimal
from pathlib import Path

import lxml.html
import pytest
from kit_run import tartanrug

from analysis.reference.authorities import authorities
from analysis.reference.regions import regions

pytestmark = pytest.mark.acceptance

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "src" / "analysis" / "reference" / "data" / "published.csv"
TIDY = ROOT.parent / "shared" / "reference" / "published_indicators.csv"
YEAR, PERIOD = 2025, "2024-25"
MARKS = {"suppressed": "c", "not_available": "x", "not_applicable": "z", "unreliable": "u", "": "x", "-": "x"}
ENGLAND = "E92000001"


def of_the_kit():
    """Values and counts as text, or the mark of what is missing, with a plain reader of the kit's own table."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {
            (row["indicator"], row["area"], int(row["year"]), part): row[part] or MARKS[row[f"{part}_status"]]
            for row in csv.DictReader(lines)
            for part in ("value", "numerator")
        }


def of_the_source():
    """The same from the tidy file that the kit's table was made from, under the area code of regions."""
    with TIDY.open(encoding="utf-8", newline="") as lines:
        return {
            (row["indicator_id"], row["old_la_code"] or row["area_code"], int(row["year"]), part): row[part]
            or MARKS.get(row[f"{part}_status"].strip(), row[f"{part}_status"].strip())
            for row in csv.DictReader(lines)
            for part in ("value", "numerator")
        }


@pytest.fixture(scope="module")
def published():
    """What was published, by indicator, area, year and part."""
    values = of_the_kit()
    if TIDY.is_file():
        source = of_the_source()
        different = {key for key, value in values.items() if not same(value, source.get(key, "x"))}
        assert different == set()
    return values


def same(shown, value):
    """Whether a figure on a page is the one published, or its mark the one for what is missing."""
    try:
        return Decimal(shown.replace(",", "")) == Decimal(value)
    except ArithmeticError:
        return shown == value


def rows_of(page, label):
    """The rows of a table: the words of each cell, without what stands in smaller print under them."""
    [table] = page.xpath(f"//*[@id='{label}']//table")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in table.xpath(".//tbody/tr")]


def indicators_on(page):
    """The ids of the indicators, from the labels of their tables."""
    labels = page.xpath("//*[starts-with(@id, 'tbl-a') and substring(@id, string-length(@id) - 6) = '-series']/@id")
    return [re.fullmatch(r"tbl-(a\d+)-series", label)[1] for label in labels]


def wrong_in(path, code, published):
    """Every figure of the page that isn't DfE's, and how many were compared."""
    page = lxml.html.fromstring(path.read_bytes())
    here = authorities()[code]
    compared, wrong = 0, []

    def hold(what, shown, key):
        nonlocal compared
        compared += 1
        if not same(shown, published.get(key, "x")):
            wrong.append(f"{path.name}, {what}: {shown} for {published.get(key)}")

    found = indicators_on(page)
    rug = {int(row[0].split()[0]): row for row in rows_of(page, "tbl-rug")}
    assert {f"a{number:02d}" for number in rug} == set(found)
    for label in found:
        indicator = label.upper()
        hold(f"{indicator} in the rug", rug[int(label[1:])][1], (indicator, code, YEAR, "value"))
        for period, *shown in rows_of(page, f"tbl-{label}-series"):
            year = int(period[:4]) + 1
            for text, part in zip(shown, ("value", "numerator"), strict=False):
                hold(f"{indicator} {part} of {period}", text, (indicator, code, year, part))
        groups = {row[0]: row for row in rows_of(page, f"tbl-{label}-positions")}
        assert set(groups) <= {here.region, "Statistical neighbours", "England"}
        for name, area in ((here.region, here.region_code), ("England", ENGLAND)):
            _, _, own, pooled, *_ = groups[name]
            hold(f"{indicator} placed in {name}", own, (indicator, code, YEAR, "value"))
            hold(f"{indicator} of {name}", pooled, (indicator, area, YEAR, "value"))
    return wrong, compared


@pytest.mark.parametrize("region", sorted(regions()))
def test_every_region_is_made_of_published_figures(region, tmp_path, published):
    formats = ("html", "pdf") if region == "north-east" else ("html",)
    done = tartanrug(
        tmp_path, "build", "--source", "published", "--year", str(YEAR), "--region", region, "--format", *formats
    )
    assert done.returncode == 0, done.stdout + done.stderr
    folder = tmp_path / "reports" / "out" / "published" / region / PERIOD / "public"
    pages = {path.stem.split("-")[-2]: path for path in folder.glob("*.html")}
    assert set(pages) == set(regions()[region].members)
    wrong, compared = [], 0
    for code, path in pages.items():
        more, count = wrong_in(path, code, published)
        wrong += more
        compared += count
    assert not wrong, "\n".join(wrong[:20])
    assert compared > 200 * len(pages)
    if "pdf" in formats:
        assert len(list(folder.glob("*.pdf"))) == len(pages)
