"""The real public run for every region: every figure on a page is the one that DfE published."""

import csv
from decimal import Decimal
from pathlib import Path

import lxml.html
import pytest
from kit_run import tartanrug

from analysis.reference.regions import regions

pytestmark = pytest.mark.acceptance

ROOT = Path(__file__).resolve().parents[2]
YEAR, PERIOD = 2025, "2024-25"


def published():
    """Values by (indicator, authority), from the kit's own table with a plain reader."""
    with (ROOT / "src/analysis/reference/data/published.csv").open(encoding="utf-8", newline="") as lines:
        return {
            (row["indicator"], row["area"]): row["value"]
            for row in csv.DictReader(lines)
            if row["level"] == "authority" and row["year"] == str(YEAR)
        }


def latest_on_page(path):
    """The rug's latest figure by indicator number."""
    page = lxml.html.fromstring(path.read_bytes())
    [rug] = page.xpath("//*[@id='tbl-rug']//table")
    found = {}
    for row in rug.xpath(".//tbody/tr"):
        number = int(row.xpath("./th")[0].text_content().split()[0])
        found[number] = row.xpath("./td")[0].text_content().strip().replace(",", "")
    return found


@pytest.mark.parametrize("region", sorted(regions()))
def test_every_region_is_made_of_published_figures(region, tmp_path):
    formats = ("html", "pdf") if region == "south-east" else ("html",)
    done = tartanrug(
        tmp_path, "build", "--source", "published", "--year", str(YEAR), "--region", region, "--format", *formats
    )
    assert done.returncode == 0, done.stdout + done.stderr
    folder = tmp_path / "reports" / "out" / "published" / region / PERIOD / "public"
    pages = {path.stem.split("-")[-2]: path for path in folder.glob("*.html")}
    assert set(pages) == set(regions()[region].members)
    values = published()
    compared = 0
    for code, path in pages.items():
        for number, shown in latest_on_page(path).items():
            value = values.get((f"A{number:02d}", code), "")
            if value:
                assert Decimal(shown) == Decimal(value), f"{path.name}, indicator {number}"
                compared += 1
            else:
                assert not shown.replace(".", "").isdigit(), f"{path.name}, indicator {number}"
    assert compared > 10 * len(pages)
    if "pdf" in formats:
        assert len(list(folder.glob("*.pdf"))) == len(pages)
