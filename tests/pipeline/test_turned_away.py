"""A child-level file among the returns: removed, told, and remembered; the others go on (S1 14; S0 5.3)."""

import shutil

import pytest

from analysis.config import Workspace
from analysis.pipeline import load
from analysis.pipeline.sources import choose_source
from analysis.reference.periods import Quarter
from analysis.reference.regions import find_region
from analysis.views.model import Variant

PERIOD = "2025-26-Q2"
CHILDREN = "Child ID,Forename,DOB,Postcode\n90017,Zebedee,04/05/2017,GU34 1AB\n90018,Philomena,11/09/2014,GU34 2CD\n"
TRACES = ("Zebedee", "Philomena", "90017", "GU34", "04/05/2017")


@pytest.fixture
def workspace(tmp_path, made_up_workspace):
    home = tmp_path / "data" / "raw" / "returns" / "south-east" / PERIOD
    home.mkdir(parents=True)
    for code in ("825", "936"):
        shutil.copy(made_up_workspace / "data" / "raw" / "made-up" / "south-east" / PERIOD / f"{code}.csv", home)
    (home / "Philomena list.csv").write_text(CHILDREN, encoding="utf-8")
    return Workspace(tmp_path)


def built(workspace):
    region = find_region("south-east")
    return load.views_folder(workspace, region, PERIOD, Variant.INTERNAL, "returns")


def everything_on_disk(root):
    names = "\n".join(path.name for path in root.rglob("*"))
    contents = b"\n".join(path.read_bytes() for path in root.rglob("*") if path.is_file())
    return names + contents.decode("utf-8", errors="replace")


def test_nothing_of_it_is_left_on_disk_and_the_others_go_on(workspace):
    folder = built(workspace)
    held = everything_on_disk(workspace.root)
    assert not [trace for trace in TRACES if trace in held]
    assert {path.stem for path in (folder / "internal").glob("*.json")} == {"825", "936"}


def test_the_refusal_is_told_when_it_is_gone(workspace):
    built(workspace)
    collection = load.Collection(workspace, "returns", find_region("south-east"), Quarter.parse(PERIOD))
    told = collection.findings[collection.findings["rule"].str.startswith("child_level")]
    assert len(told) == 1
    assert "data-protection officer" in told.iloc[0]["remedy"]
    assert "removed (sha256" in told.iloc[0]["file"]


def test_a_region_whose_only_file_was_turned_away_does_not_fall_back_on_made_up_returns(workspace):
    home = workspace.raw / "returns" / "south-east" / PERIOD
    for code in ("825", "936"):
        (home / f"{code}.csv").unlink()
    for _ in range(2):
        with pytest.raises(load.UserError, match="child-level data was turned away") as error:
            built(workspace)
        assert "data-protection officer" in error.value.remedy
        assert not [trace for trace in TRACES if trace in str(error.value)]
    assert choose_source(workspace, find_region("south-east"), Quarter.parse(PERIOD)) == "returns"


def test_a_mapping_beside_the_returns_reads_another_template_without_code(workspace):
    home = workspace.raw / "returns" / "south-east"
    (home / "templates").mkdir()
    text = (home / PERIOD / "825.csv").read_text(encoding="utf-8")
    own_words = text.replace("LA Code", "Council").replace("Measure Value", "How many")
    (home / PERIOD / "825.csv").write_text(own_words, encoding="utf-8")
    names = ("Region", "LA Name", "Financial Year", "Quarter", "Measure ID", "Measure Name", "Measure Quality")
    lines = [
        "id: council-words",
        "title: Other words",
        "layout: long",
        "columns:",
        "  LA Code: Council",
        "  Measure Value: How many",
    ]
    (home / "templates" / "council-words.yml").write_text(
        "\n".join([*lines, *(f"  {name}: {name}" for name in names), ""]), encoding="utf-8"
    )
    assert (built(workspace) / "internal" / "825.json").is_file()
