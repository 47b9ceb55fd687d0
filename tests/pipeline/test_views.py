"""Each view holds what its reader may see and nothing else: looked for in the bytes on disk."""

import json
import re
import shutil
from pathlib import Path

import pytest

from analysis.config import Workspace
from analysis.figures import positions_table
from analysis.pipeline import load
from analysis.pipeline.collection import Collection
from analysis.pipeline.load import build_collection
from analysis.reference.authorities import authorities
from analysis.reference.periods import Quarter
from analysis.reference.regions import Group, find_region
from analysis.render.page import indicators
from analysis.views.internal import InternalView
from analysis.views.model import Variant
from analysis.views.sentences import block_sentences

PERIOD = "2025-26-Q2"
READERS = ("825", "921", "936")


@pytest.fixture(scope="module")
def folder(made_up_workspace):
    region = find_region("south-east")
    return load.views_folder(Workspace(made_up_workspace), region, PERIOD, Variant.ANONYMISED, "made-up")


@pytest.fixture(scope="module")
def others():
    """For each reader, the other members' names."""
    region = find_region("south-east")
    return {reader: [authorities()[code].name for code in region.members if code != reader] for reader in READERS}


def text_of(folder: Path, variant: str, reader: str) -> str:
    return (folder / variant / f"{reader}.json").read_text(encoding="utf-8")


def strings(value):
    if isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("variant", ["own", "anonymised"])
@pytest.mark.parametrize("reader", READERS)
def test_no_other_member_is_named(folder, others, variant, reader):
    words = "\n".join(strings(json.loads(text_of(folder, variant, reader))))
    for name in others[reader]:
        if name == "Reading":
            # Also an English word: only the name, not the gerund, begins with a capital inside a sentence.
            assert not re.search(r"(?<![.:;] )(?<!^)\bReading\b", words, re.MULTILINE)
        else:
            assert name not in words


@pytest.mark.parametrize("variant", ["own", "anonymised"])
def test_no_other_members_code_is_held(folder, variant):
    region = find_region("south-east")
    for reader in READERS:
        held = set(strings(json.loads(text_of(folder, variant, reader))))
        assert held.isdisjoint(set(region.members) - {reader})
        ons = {authorities()[code].ons_code for code in region.members if code != reader}
        assert held.isdisjoint(ons)


def test_an_anonymised_view_has_no_place_for_a_rank_or_another_authority(folder):
    """`test_anonymised_views.py` lists what it may hold; these are what no place of it may be called."""
    view = json.loads(text_of(folder, "anonymised", "825"))
    keys = set(re.findall(r'"([a-z_]+)":', json.dumps(view)))
    assert keys.isdisjoint({"rank", "members", "reporting", "region_position", "pooled", "minimum", "maximum"})
    assert keys.isdisjoint({"findings", "p", "q", "z", "residual", "lines", "placed_among"})


def test_the_bands_are_the_same_bytes_in_every_pack(folder):
    region = find_region("south-east")
    packs = {
        json.dumps([block["bands"] for block in json.loads(text_of(folder, "anonymised", code))["blocks"]])
        for code in region.members
    }
    assert len(packs) == 1
    assert '"lower"' in packs.pop()


def test_own_and_anonymised_views_hold_no_unpublished_figure_of_another(folder):
    """The internal view's own figures of every other member do not occur among the reader's own figures."""
    mine = json.loads(text_of(folder, "own", "825"))
    theirs = json.loads(text_of(folder, "internal", "825"))
    for own, internal in zip(mine["blocks"], theirs["blocks"], strict=True):
        assert "members" not in own
        others = {
            round(m["cell"]["value"], 9) for m in internal["members"] if m["authority"] != "825" and m["cell"]["value"]
        }
        held = {round(value, 9) for value in numbers(own) if value not in (0, 1) and value != int(value)}
        assert held.isdisjoint(others), own["own"]["card"]["id"]


def numbers(value):
    if isinstance(value, dict):
        for inner in value.values():
            yield from numbers(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from numbers(inner)
    elif isinstance(value, float):
        yield value


@pytest.mark.parametrize("variant", ["own", "anonymised"])
def test_own_counts_of_one_to_five_are_hidden_with_rate_and_percentage(folder, variant):
    hidden = 0
    for code in find_region("south-east").members:
        for block in json.loads(text_of(folder, variant, code))["blocks"]:
            for history in block["own"]["histories"]:
                for point in history["points"]:
                    value = point["cell"]["value"]
                    assert history["kind"] != "number" or value is None or not 1 <= value <= 5
                    hidden += point["cell"]["status"] == "suppressed"
    assert hidden > 0


def test_the_internal_view_shows_them(folder):
    shown = [
        point["cell"]["value"]
        for code in find_region("south-east").members
        for block in json.loads(text_of(folder, "internal", code))["blocks"]
        for history in block["own"]["histories"]
        for point in history["points"]
        if history["kind"] == "number" and point["cell"]["value"] is not None
    ]
    assert any(1 <= value <= 5 for value in shown)


def test_views_are_kept_while_nothing_has_changed_and_rebuilt_when_a_return_does(folder, made_up_workspace):
    mark = folder / "825-was-here"
    mark.touch()
    load.load_view("825", PERIOD, "internal", source="made-up")
    assert mark.exists()
    extra = made_up_workspace / "data" / "raw" / "made-up" / "south-east" / PERIOD / "note.csv"
    extra.write_text("Region,LA Code\n", encoding="utf-8")
    load.load_view("825", PERIOD, "internal", source="made-up")
    assert not mark.exists()
    extra.unlink()
    load.load_view("825", PERIOD, "internal", source="made-up")


def test_a_note_goes_with_its_figure_to_internal_pages_and_to_no_other(made_up_workspace, tmp_path):
    home = tmp_path / "data" / "raw"
    shutil.copytree(made_up_workspace / "data" / "raw", home)
    note = "Counted with Kent since the shared front door opened"
    path = home / "made-up" / "south-east" / PERIOD / "825.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    [line] = [number for number, row in enumerate(rows) if ",2025-26,Q2,referrals," in row]
    rows[line] = f"{rows[line].rpartition(',')[0]},MADE-UP; {note}"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    folder = load.views_folder(Workspace(tmp_path), find_region("south-east"), PERIOD, Variant.OWN, "made-up")
    for variant in ("internal", "own", "anonymised", "dfe"):
        for code in ("825", "936"):
            expected = variant == "internal" and code == "825"
            assert (note in text_of(folder, variant, code)) == expected, (variant, code)
    view = load.stored_view(folder, Variant.INTERNAL, "825")
    [shown] = [note for block in view.blocks for note in block.notes if block.own.card.id == "A01"]
    assert (shown.periods, shown.measure, shown.text) == ((PERIOD,), "Referrals", note)
    page = [str(part) for part in indicators(view) if isinstance(part, str)]
    assert any(f"July to September 2025, Referrals: {note}" in part.replace("\\", "") for part in page)


def test_a_group_of_the_region_s_own_stands_in_the_reports_of_those_in_it(made_up_workspace):
    coast = Group(id="coast", title="On the coast", members=("846", "851", "852", "921", "845"))
    region = find_region("south-east").model_copy(update={"groups": (coast,)})
    views = build_collection(Collection(Workspace(made_up_workspace), "made-up", region, Quarter.parse(PERIOD)))
    by_code = {code: InternalView.model_validate_json(views[f"internal/{code}.json"]) for code in ("846", "825")}
    [place] = by_code["846"].blocks[0].groups
    assert (place.label, place.members) == ("On the coast", 5)
    assert by_code["825"].blocks[0].groups == ()
    heading = by_code["846"].heading
    assert "On the coast" in positions_table(by_code["846"].blocks[0], heading).html
    assert any("On the coast: position" in sentence for sentence in block_sentences(by_code["846"].blocks[0]))
