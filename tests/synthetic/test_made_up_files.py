"""The files: the format of a return, marked as made up in every row, the same bytes on each run."""

from __future__ import annotations

import csv
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import BadReferenceError, UsageError
from analysis.reference.regions import regions
from analysis.reference.registry import registry
from analysis.returns.checked import check_returns
from analysis.synthetic.assumptions import FOLDER, assumptions
from analysis.synthetic.plan import plan
from analysis.synthetic.streams import uniforms
from analysis.synthetic.world import World
from analysis.synthetic.write import write_exchange, write_returns, write_truth

HEADER = "Region,LA Code,LA Name,Financial Year,Quarter,Measure ID,Measure Name,Measure Value,Measure Quality"
SOUTH_EAST = regions()["south-east"].members


@pytest.fixture(scope="module")
def folder(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("made-up")
    write_returns(world, home, SOUTH_EAST)
    write_exchange(world, home / "exchange.csv")
    write_truth(world, home / "truth.csv")
    return home


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_one_file_for_each_authority_holds_all_its_quarters(folder: Path) -> None:
    files = sorted((folder / "2025-26-Q2").iterdir())
    assert [path.name for path in files] == [f"{code}.csv" for code in sorted(SOUTH_EAST)]
    for path in files:
        assert path.read_text(encoding="utf-8").splitlines()[0] == HEADER
        assert b"\r" not in path.read_bytes()
        assert {row["LA Code"] for row in rows(path)} == {path.stem}
        assert {row["Region"] for row in rows(path)} == {"South East"}


def test_every_row_says_made_up(folder: Path) -> None:
    """Wherever a file is copied to, its rows say what they are."""
    for path in (*(folder / "2025-26-Q2").iterdir(), folder / "exchange.csv"):
        assert all(row["Measure Quality"].startswith("MADE-UP") for row in rows(path))


def test_files_hold_exactly_the_world(world: World, folder: Path) -> None:
    table = world.returns.set_index(["authority", "period", "measure"])
    marks = {"": "not_submitted", "z": "not_applicable"}
    written_rows = rows(folder / "exchange.csv")
    for row in written_rows[::19]:
        cell = table.loc[(row["LA Code"], f"{row['Financial Year']}-{row['Quarter']}", row["Measure ID"])]
        written = row["Measure Value"]
        assert cell["status"] == marks.get(written, "given")
        assert written in marks or float(written) == cell["value"]
        assert row["Measure Name"] == registry().measures[row["Measure ID"]].name
    nothing = table.groupby(["authority", "period"])["status"].agg(lambda s: (s == "not_submitted").all())
    assert len(written_rows) == len(table) - int(nothing.sum()) * len(registry().measures)


def test_a_quarter_of_which_nothing_was_sent_has_no_rows(folder: Path) -> None:
    quarters = {f"{row['Financial Year']}-{row['Quarter']}" for row in rows(folder / "2025-26-Q2" / "868.csv")}
    assert "2023-24-Q4" not in quarters
    assert len(quarters) <= 19


def test_a_single_missing_cell_is_blank(folder: Path) -> None:
    missing = [
        row["Measure ID"]
        for row in rows(folder / "2025-26-Q2" / "872.csv")
        if (row["Financial Year"], row["Quarter"], row["Measure Value"]) == ("2025-26", "Q2", "")
    ]
    assert missing == ["a1_days", "a1_children", "a2_days", "a2_children", "a3_under_14_months", "a3_children"]


def test_measures_stand_in_the_order_of_the_registry(folder: Path) -> None:
    latest = [
        row["Measure ID"] for row in rows(folder / "2025-26-Q2" / "825.csv") if row["Financial Year"] == "2025-26"
    ]
    assert latest[: len(registry().measures)] == list(registry().measures)


def test_the_returns_reader_finds_the_world_again_and_refuses_nothing(world: World, folder: Path) -> None:
    """Every cell with its status and its quality; the slip passes as well."""
    paths = [("2025-26-Q2", path) for path in sorted((folder / "2025-26-Q2").iterdir())]
    checked = check_returns(paths, regions()["south-east"], world.period, registry())
    assert {receipt.state for receipt in checked.files} == {"received"}
    assert "refuse" not in set(checked.findings["severity"])
    keys = ["authority", "period", "measure"]
    made = world.returns[world.returns["authority"].isin(SOUTH_EAST)]
    both = checked.checked.merge(made, on=keys, suffixes=("", "_made"))
    assert len(both) == len(made) == len(checked.checked)
    assert (both["status"] == both["status_made"]).all()
    assert (both["value"].fillna(-1) == both["value_made"].fillna(-1)).all()
    given = both[both["status"] == "given"]
    assert (given["quality"] == given["quality_made"]).all()


def test_the_truth_file_holds_every_truth(world: World, folder: Path) -> None:
    read = pd.read_csv(folder / "truth.csv", dtype={"authority": str})
    pd.testing.assert_frame_equal(read, world.truth, check_dtype=False)


def test_an_authority_that_does_not_exist_is_refused(world: World, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no made-up returns of 837"):
        write_returns(world, tmp_path, ["825", "837"])
    assert not list(tmp_path.iterdir())


def test_writing_again_changes_no_byte_and_leaves_nothing_beside(world: World, folder: Path, tmp_path: Path) -> None:
    write_returns(world, tmp_path, SOUTH_EAST)
    for path in (tmp_path / "2025-26-Q2").iterdir():
        assert path.read_bytes() == (folder / "2025-26-Q2" / path.name).read_bytes()
    assert len(list((tmp_path / "2025-26-Q2").iterdir())) == len(SOUTH_EAST)


def test_another_process_with_another_hash_seed_makes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from analysis.reference.periods import Quarter\n"
        "from analysis.synthetic.world import make_world\n"
        "from analysis.synthetic.write import write_returns, write_truth\n"
        "made = make_world(20251, Quarter(2025, 2)); home = Path(sys.argv[1])\n"
        "write_returns(made, home, sys.argv[2:]); write_truth(made, home / 'truth.csv')\n"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), *SOUTH_EAST],
        check=True,
        env=os.environ | {"PYTHONHASHSEED": "4711"},
        timeout=120,
    )
    for name in ("truth.csv", *(f"2025-26-Q2/{authority}.csv" for authority in SOUTH_EAST)):
        ours, theirs = ((home / name).read_bytes() for home in (folder, tmp_path))
        assert hashlib.sha256(ours).hexdigest() == hashlib.sha256(theirs).hexdigest()


def test_another_seed_makes_other_figures(world: World, bare: World) -> None:
    assert world.seed == bare.seed
    assert uniforms(1, "referrals", (3,)).tolist() != uniforms(2, "referrals", (3,)).tolist()
    assert uniforms(1, "referrals", (3,)).tolist() != uniforms(1, "assessments", (3,)).tolist()


def test_chance_is_the_generator_that_numpy_promises_to_keep() -> None:
    """PCG64 seeded with [1, crc32("referrals")]: these numbers must not change with a version or a platform."""
    assert uniforms(1, "referrals", (3,)).tolist() == PINNED


PINNED = [0.9047151841600742, 0.5997211213251524, 0.31954528826477513]


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        pytest.param("calibration.yml", "phi: 0.9", "phi: 1.9", "a number below 1", id="phi"),
        pytest.param("calibration.yml", "epoch: 2013-14-Q1", "epoch: spring", "not a quarter", id="epoch"),
        pytest.param(
            "calibration.yml", "    spread: 0.17\n", "", "like another and has a spread", id="flow without level"
        ),
        pytest.param("calibration.yml", "    level: 0.4\n", "", "has a level and a spread", id="share without level"),
        pytest.param("calibration.yml", "pull: 0.3", "pul: 0.3", "pul", id="unknown key"),
    ],
)
def test_a_bad_settings_file_is_refused_by_line(tmp_path: Path, name: str, old: str, new: str, said: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
    with pytest.raises((BadReferenceError, UsageError), match=said):
        assumptions(tmp_path / name)


def test_a_truth_without_a_size_is_refused_by_line(tmp_path: Path) -> None:
    text = (FOLDER / "truths.yml").read_text(encoding="utf-8").replace("    size: 10\n", "", 1)
    (tmp_path / "truths.yml").write_text(text, encoding="utf-8", newline="\n")
    with pytest.raises(BadReferenceError, match="every other truth has a size") as caught:
        plan(tmp_path / "truths.yml")
    assert "truths.yml, line 8" in caught.value.where


def test_the_page_about_made_up_returns_explains_every_kind_of_truth(world: World) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "made-up-returns.md").read_text(encoding="utf-8")
    assert all(f"| `{kind}` |" in page for kind in world.truth["kind"].unique())
    assert all(f"{multiplier:g}" in page for multiplier in assumptions().season.multipliers)
    south_east = [planted for planted in plan().planted if planted.authority in SOUTH_EAST]
    assert len(south_east) == 10
    assert "Ten truths lie in the South East" in page
