"""Where the figures come from: real returns first, made-up ones only where there is nothing else, and marked by row."""

import shutil

import pytest

from analysis.config import Workspace
from analysis.errors import UserError
from analysis.pipeline.collection import MADE_UP, RETURNS, Collection
from analysis.pipeline.sources import choose_source
from analysis.reference.periods import Quarter
from analysis.reference.regions import find_region

QUARTER = Quarter.parse("2025-26-Q2")


@pytest.fixture
def region():
    return find_region("south-east")


def a_return(made_up_workspace):
    return made_up_workspace / "data" / "raw" / "made-up" / "south-east" / str(QUARTER) / "825.csv"


def put(root, source, period, file):
    folder = root / "data" / "raw" / source / "south-east" / period
    folder.mkdir(parents=True)
    shutil.copy(file, folder)


def test_made_up_returns_serve_where_none_was_ever_received(tmp_path, region, made_up_workspace):
    put(tmp_path, "made-up", str(QUARTER), a_return(made_up_workspace))
    assert choose_source(Workspace(tmp_path), region, QUARTER) == MADE_UP


def test_one_real_return_of_any_quarter_ends_that(tmp_path, region, made_up_workspace):
    put(tmp_path, "made-up", str(QUARTER), a_return(made_up_workspace))
    put(tmp_path, "returns", "2025-26-Q3", a_return(made_up_workspace))
    assert choose_source(Workspace(tmp_path), region, QUARTER) == RETURNS


def test_nothing_at_all_is_said_with_the_place_and_the_remedy(tmp_path, region):
    with pytest.raises(UserError, match="nothing was received from South East") as error:
        choose_source(Workspace(tmp_path), region, QUARTER)
    assert "data/raw/returns/south-east/2025-26-Q2" in error.value.where
    assert "tartanrug synth --region south-east" in error.value.remedy


def test_made_up_rows_mark_the_collection_wherever_the_file_lies(tmp_path, region, made_up_workspace):
    put(tmp_path, "returns", str(QUARTER), a_return(made_up_workspace))
    assert Collection(Workspace(tmp_path), RETURNS, region, QUARTER).made_up


def test_rows_without_the_mark_are_not_made_up(tmp_path, region, made_up_workspace):
    text = a_return(made_up_workspace).read_text(encoding="utf-8")
    plain = tmp_path / "825.csv"
    plain.write_text(text.replace("MADE-UP", "as agreed"), encoding="utf-8")
    put(tmp_path, "returns", str(QUARTER), plain)
    assert not Collection(Workspace(tmp_path), RETURNS, region, QUARTER).made_up


def test_a_later_folder_is_not_read_for_an_earlier_quarter(tmp_path, region, made_up_workspace):
    put(tmp_path, "returns", "2025-26-Q1", a_return(made_up_workspace))
    put(tmp_path, "returns", "2025-26-Q3", a_return(made_up_workspace))
    received = Collection(Workspace(tmp_path), RETURNS, region, QUARTER).returns
    assert [period for period, _ in received] == ["2025-26-Q1"]
