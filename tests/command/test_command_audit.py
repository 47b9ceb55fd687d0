"""`tartanrug audit`: what it says, what it writes, how it ends."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from command_line import PERIOD, Command

from analysis.errors import ExitCode
from analysis.reference.neighbours import neighbours
from analysis.reference.periods import Quarter
from analysis.reference.populations import edition_for, population_frame
from analysis.reference.published import published_figures
from analysis.reference.regions import find_region

# Unasked, the command looks for the figures of whatever quarter it finds.
pytestmark = pytest.mark.usefixtures("empty")

CLEAN = "<html><head><title>Report</title></head><body><p>Reading the chart: 826 children.</p></body></html>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "pack"
    made.mkdir()
    (made / "report.html").write_text(CLEAN, encoding="utf-8")
    return made


def test_a_clean_file_passes_and_the_report_stands_beside(tartanrug: Command, folder: Path) -> None:
    done = tartanrug("audit", folder / "report.html", "--reader", "825")
    assert done.code == ExitCode.OK
    assert "PASS for what was tried (not tried: unpublished figures" in done.words
    assert "inference from what is openly said): 1 of 1 files passed" in done.words
    assert (folder / "report.html.audit.txt").read_text(encoding="utf-8").startswith("PASS for what was tried (")
    assert json.loads((folder / "report.html.audit.json").read_text(encoding="utf-8"))["verdict"] == "PASS"


def test_a_folder_fails_with_one_of_its_files(tartanrug: Command, folder: Path) -> None:
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("inner/kent.txt", "Surrey and Slough")
    (folder / "what.xyz").write_text("x", encoding="utf-8")
    done = tartanrug("audit", folder, "--reader", "Bucks", "--region", "south-east")
    assert done.code == ExitCode.LEAK
    assert "1 of 3 files passed" in done.words
    beside = folder.with_name("pack.audit.json").read_text(encoding="utf-8")
    for word in ("Kent", "kent", "Surrey", "Slough"):
        assert word not in done.words + beside
    verdicts = {file["file"]: file["verdict"] for file in json.loads(beside)["files"]}
    assert verdicts == {"more.zip": "FAIL", "report.html": "PASS", "what.xyz": "FAIL"}


def test_who_is_concealed_follows_from_the_reader(tartanrug: Command, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    for said, reader, more, code in (
        ("in Kent", "886", (), ExitCode.OK),
        ("in Kent", "825", (), ExitCode.LEAK),
        ("in Kent", "825", ("--known", "Kent"), ExitCode.OK),
        ("by Jane Smith", "825", (), ExitCode.OK),
        ("by Jane Smith", "825", ("--person", "Jane Smith"), ExitCode.LEAK),
        ("in the Foxtrot draft", "825", ("--word", "foxtrot"), ExitCode.LEAK),
    ):
        file.write_text(said, encoding="utf-8")
        assert tartanrug("audit", file, "--reader", reader, *more).code == code, (said, reader, more)


def test_figures_that_are_given_are_looked_for(tartanrug: Command, tmp_path: Path) -> None:
    values = tmp_path / "values.csv"
    figures = {"886": 412.3, "870": 655.1, "936": 388.4, "850": 503.9, "887": 571.2, "825": 444.4}
    rows = "".join(f"{code},A04,2025-26-Q2,{value}\n" for code, value in figures.items())
    values.write_text("authority,indicator,period,value\n" + rows, encoding="utf-8")
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"x": list(figures.values())}), encoding="utf-8")
    assert tartanrug("audit", file, "--reader", "825", "--values", values).code == ExitCode.LEAK
    file.write_text(json.dumps({"x": [444.4, 440.1, 431.0, 452.8]}), encoding="utf-8")
    assert tartanrug("audit", file, "--reader", "825", "--values", values).code == ExitCode.OK


def test_mistakes_are_told(tartanrug: Command, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert tartanrug("audit", tmp_path / "empty", "--reader", "825").code == ExitCode.BAD_INPUT
    assert tartanrug("audit", tmp_path / "none.html", "--reader", "825").code == ExitCode.USAGE
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    assert tartanrug("audit", tmp_path / "a.txt", "--reader", "Nowhere").code == ExitCode.USAGE


def test_figures_that_are_published_are_looked_for_without_being_given(tartanrug: Command, tmp_path: Path) -> None:
    """Columns lettered A to R, in each of which stands what DfE published of somebody else."""
    table = published_figures()
    members = [code for code in find_region("south-east").everyone if code != "825"]
    table = table[(table["level"] == "authority") & table["area"].isin(members) & table["value"].notna()]
    table = table[table["indicator"] == "A01"]
    figures = table[table["year"] == table["year"].max()]["value"].tolist()
    file = tmp_path / "letters.html"
    bars = "".join(f"<p>{chr(65 + place)}: {value}</p>" for place, value in enumerate(figures))
    file.write_text(f"<html><body>{bars}</body></html>", encoding="utf-8")
    assert tartanrug("audit", file, "--reader", "825").code == ExitCode.LEAK


def test_a_quarter_that_is_named_and_not_there_is_told(tartanrug: Command, folder: Path) -> None:
    done = tartanrug("audit", folder / "report.html", "--reader", "825", "--period", "2025-26-Q2")
    assert done.code == ExitCode.BAD_INPUT


def test_the_name_of_the_file_is_not_said_again(tartanrug: Command, tmp_path: Path) -> None:
    file = tmp_path / "Kent and Surrey.html"
    file.write_text(CLEAN, encoding="utf-8")
    done = tartanrug("audit", file, "--reader", "825")
    assert done.code == ExitCode.LEAK
    written = [path for path in tmp_path.iterdir() if ".audit." in path.name]
    assert {path.suffix for path in written} == {".txt", ".json"}
    for said in (done.words, *(f"{path.name} {path.read_text(encoding='utf-8')}" for path in written)):
        assert "Kent" not in said
        assert "Surrey" not in said


def referral_rates(home: Path) -> dict[str, float]:
    """Referrals of the quarter per 10,000 children, from the returns as they lie there and the population's edition."""
    people = population_frame().set_index(["authority", "mid_year"])["population"]
    found = {}
    for path in sorted((home / "data/raw/made-up/south-east" / PERIOD).glob("[0-9]*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if (row["Financial Year"], row["Quarter"], row["Measure ID"]) == ("2025-26", "Q2", "referrals"):
                    code = row["LA Code"]
                    children = float(people[code, edition_for(Quarter.parse(PERIOD))])
                    if row["Measure Value"].isdigit():
                        found[code] = round(10_000 * int(row["Measure Value"]) / children, 1)
    return found


def review_of(path: Path, figures: Iterable[object]) -> Path:
    """A page with a letter and a figure for each of several."""
    lines = "".join(f"<p>Service {chr(65 + place)} had {figure}.</p>" for place, figure in enumerate(figures))
    path.write_text(f"<html><body>{lines}</body></html>", encoding="utf-8")
    return path


def test_the_figures_of_the_quarter_at_hand_are_looked_for_unasked(
    tartanrug: Command, received: Path, tmp_path: Path
) -> None:
    rates = referral_rates(received)
    others = [rate for code, rate in rates.items() if code != "825"]
    assert len(others) > 12
    of_others = review_of(tmp_path / "others.html", others[:12])
    done = tartanrug("audit", of_others, "--reader", "825")
    assert done.code == ExitCode.LEAK
    assert "12 figures of one indicator agree" in done.words
    assert not any(str(rate) in done.words for rate in others)
    moved = review_of(tmp_path / "moved.html", [rate + 3.4 for rate in others[:12]])
    done = tartanrug("audit", moved, "--reader", "825")
    assert done.code == ExitCode.OK
    assert "unpublished figures" not in done.words


def test_without_returns_the_same_figures_are_told_as_not_looked_for(
    tartanrug: Command, received: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = review_of(tmp_path / "others.html", list(referral_rates(received).values())[:12])
    (tmp_path / "nothing").mkdir()
    monkeypatch.setenv("TARTANRUG_HOME", str(tmp_path / "nothing"))
    done = tartanrug("audit", page, "--reader", "825")
    assert done.code == ExitCode.OK
    assert "unpublished figures of the region, of which none are at hand" in done.words


COUNTED = 1_000


def published_counts(region: str, reader: str) -> list[int]:
    """The counts of referrals of a region's members in the newest year of DfE's table, those of 1,000 and more."""
    table = published_figures()
    members = [code for code in find_region(region).everyone if code != reader]
    table = table[(table["level"] == "authority") & (table["indicator"] == "A01") & table["area"].isin(members)]
    newest = table[table["year"] == table["year"].max()]["numerator"].dropna()
    return [int(count) for count in newest if count >= COUNTED]


def test_published_counts_of_those_who_are_concealed_are_looked_for(tartanrug: Command, tmp_path: Path) -> None:
    counts = published_counts("south-east", "825")
    done = tartanrug("audit", review_of(tmp_path / "a.html", [f"{one:,}" for one in counts[:6]]), "--reader", "825")
    assert done.code == ExitCode.LEAK
    assert "figures of one indicator agree" in done.words


@pytest.mark.parametrize("region", ["north-west", "london", "south-west", "yorkshire-and-the-humber"])
def test_counts_of_other_regions_are_taken_for_what_they_are(tartanrug: Command, tmp_path: Path, region: str) -> None:
    """Real counts of the same kind and size, of nobody who is concealed."""
    near = {one.code for one in neighbours()["825"]}
    members = find_region(region).everyone
    table = published_figures()
    table = table[(table["level"] == "authority") & table["area"].isin(set(members) - near)]
    for place, (_, rows) in enumerate(table[table["year"] == 2025].groupby("indicator")):
        counts = [f"{int(count):,}" for count in rows["numerator"].dropna() if count >= COUNTED]
        review_of(tmp_path / f"{place}.html", counts)
    done = tartanrug("audit", tmp_path, "--reader", "825")
    assert done.code == ExitCode.OK
    assert "published counts under 1,000" in done.words
