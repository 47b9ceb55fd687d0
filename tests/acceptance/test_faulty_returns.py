"""One faulty return doesn't stop the other authorities' reports, whatever is wrong with it."""

import csv
import shutil

import pandas as pd
import pytest
from kit_run import PERIOD, tartanrug

from analysis.reference.regions import regions

pytestmark = pytest.mark.acceptance

RETURNS = f"data/raw/returns/south-east/{PERIOD}"
MEMBERS = regions()["south-east"].members
WHOLE, ONE_FIGURE = "846", "886"
"""Whose return is well, and whose has one figure that can't be."""


def garbage(text):
    return bytes(range(256)) * 64


def wrong_header(text):
    return ("First,Second,Third\n" + text.partition("\n")[2]).encode()


def empty(text):
    return b""


def child_level(text):
    return b"Forename,Surname,DOB\nAmelia,Jones,14/03/2012\nZebedee,Quartermain,09/11/2015\n"


def numerator_above_denominator(text):
    rows = list(csv.reader(text.splitlines()))
    value, measure, year, quarter = (
        rows[0].index(name) for name in ("Measure Value", "Measure ID", "Financial Year", "Quarter")
    )
    for row in rows:
        if (row[measure], f"{row[year]}-{row[quarter]}") == ("re_referrals", PERIOD):
            row[value] = "99999"
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode()


FAULTS = {
    "825": garbage,
    "826": wrong_header,
    "850": empty,
    "921": child_level,
    ONE_FIGURE: numerator_above_denominator,
}
REFUSED = {
    "825": {"unreadable_file", "unknown_layout"},
    "826": {"unknown_layout"},
    "850": {"unreadable_file", "unknown_layout", "empty_file"},
    "921": {"child_level_columns"},
}


@pytest.fixture(scope="module")
def homes(tmp_path_factory):
    """A workspace where every return is well, and one where five are not."""
    home = tmp_path_factory.mktemp("faulty")
    well, faulty = home / "well", home / "faulty"
    assert tartanrug(well, "synth", "--period", PERIOD).returncode == 0
    shutil.copytree(well / "data/raw/made-up/south-east" / PERIOD, well / RETURNS)
    shutil.rmtree(well / "data/raw/made-up")
    shutil.copytree(well, faulty)
    for code, fault in FAULTS.items():
        path = faulty / RETURNS / f"{code}.csv"
        path.write_bytes(fault(path.read_text(encoding="utf-8")))
    return well, faulty


@pytest.fixture(scope="module")
def told(homes):
    """The findings, as the DBG would open them."""
    _, faulty = homes
    done = tartanrug(faulty, "validate", "--period", PERIOD, "--csv", str(faulty / "found.csv"))
    assert done.returncode == 4, done.stdout + done.stderr
    return pd.read_csv(faulty / "found.csv", dtype=str, keep_default_na=False)


def test_each_fault_is_told(told):
    refused = told[told["severity"] == "refuse"]
    for code, rules in REFUSED.items():
        about = refused[
            refused["file"].str.contains(f"{code}.csv", regex=False) | refused["rule"].str.startswith("child_level")
        ]
        assert set(about["rule"]) & rules, f"{code}\n{refused.to_string()}"
        assert (about["remedy"] != "").all()
    impossible = told[(told["authority"] == ONE_FIGURE) & (told["period"] == PERIOD)]
    assert any("re_referrals" in f"{row.measure} {row.seen}" for row in impossible.itertuples())


def test_the_others_get_their_reports(homes, told):
    well, faulty = homes
    order = (
        "build",
        "--period",
        PERIOD,
        "--variant",
        "own",
        "--format",
        "html",
        "--authority",
        WHOLE,
        ONE_FIGURE,
        "825",
    )
    done = tartanrug(faulty, *order)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no report: Buckinghamshire, Hampshire, Isle of Wight, Milton Keynes" in " ".join(sorted_names(done.stdout))
    folder = faulty / "reports" / "out" / "returns" / "south-east" / PERIOD / "own"
    assert {path.name for path in folder.glob("*.html")} == {
        f"tartan-rug-{PERIOD}-{code}-own.html" for code in (WHOLE, ONE_FIGURE)
    }
    views = {path.stem for path in (faulty / "data/processed/views/returns/south-east" / PERIOD / "own").glob("*.json")}
    assert views == set(MEMBERS) - set(REFUSED)

    # What the others' figures are doesn't hang on the faulty ones.
    assert tartanrug(well, *order[:-3], WHOLE).returncode == 0
    tables = [
        pd.read_parquet(home / f"data/processed/indicators/returns/south-east/{PERIOD}.parquet") for home in homes
    ]
    unspoilt = set(MEMBERS) - set(FAULTS)
    first, second = (table[table["authority"].isin(unspoilt)].reset_index(drop=True) for table in tables)
    pd.testing.assert_frame_equal(first, second)


def sorted_names(text):
    """The line about missing reports, its names in the order of the alphabet."""
    for line in text.splitlines():
        head, found, names = line.partition("so no report: ")
        if found:
            yield head + found + ", ".join(sorted(names.rstrip(".").split(", ")))
