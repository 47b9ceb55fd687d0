"""What an anonymised view holds on disk, key by key: own figures, bands, public figures, checked words."""

import hashlib
import io
import json
import shutil
from pathlib import Path

import pytest
from rich.console import Console

from analysis.cli.findings import tell_findings
from analysis.config import Workspace
from analysis.figures import Drawing
from analysis.pipeline import load
from analysis.pipeline.collection import Collection
from analysis.pipeline.commentary import commentary_of
from analysis.reference.periods import Quarter
from analysis.reference.regions import find_region
from analysis.render import page
from analysis.views.anonymised import AnonymisedView
from analysis.views.internal import InternalView
from analysis.views.model import Variant
from analysis.views.own_chart import side_of
from analysis.views.questions import questions

PERIOD = "2025-26-Q2"
REGION = find_region("south-east")

CELL = {"value", "status"}
CARD = {
    "id", "number", "annex_a", "title", "group", "kind", "polarity", "polarity_words", "unit", "decimals", "window",
    "window_words", "method", "choices",
}  # fmt: skip
HISTORY = {"series", "kind", "label", "unit", "decimals", "window", "points", "breaks"}
ALLOWED = {
    "": {"heading", "policy_sha256", "bands_notes", "blocks", "sources", "commentary", "named"},
    "heading": {
        "variant", "title", "subtitle", "authority", "authority_name", "region", "region_name", "period",
        "period_words", "made_up", "indicator_set", "marking", "context",
    },
    "blocks": {
        "own", "interval", "bands", "no_bands_reason", "fourth", "fourths", "chart", "no_chart_reason", "published",
        "wide", "no_wide_reason", "wide_fourth",
        "commentary", "named",
    },
    "blocks.own": {"card", "latest", "rolling", "year_ago", "change", "histories"},
    "blocks.own.card": CARD,
    "blocks.own.latest": CELL,
    "blocks.own.rolling": CELL,
    "blocks.own.year_ago": CELL,
    "blocks.own.change": CELL,
    "blocks.own.histories": HISTORY,
    "blocks.own.histories.points": {"period", "cell"},
    "blocks.own.histories.points.cell": CELL,
    "blocks.own.histories.breaks": {"period", "words"},
    "blocks.interval": {"lower", "upper"},
    "blocks.bands": {"label", "at_least", "bands", "definitions_differ", "way", "cut_short"},
    "blocks.bands.bands": {"period", "lower", "median", "upper"},
    "blocks.wide": {"label", "at_least", "bands", "definitions_differ", "way", "cut_short"},
    "blocks.wide.bands": {"period", "lower", "median", "upper"},
    "blocks.fourths": {"period", "fourth"},
    "blocks.chart": {
        "card", "history", "marks", "variations", "segments", "target", "target_source", "assurance", "basis",
        "being_asked",
    },
    "blocks.chart.card": CARD,
    "blocks.chart.history": HISTORY,
    "blocks.chart.history.points": {"period", "cell"},
    "blocks.chart.history.points.cell": CELL,
    "blocks.chart.history.breaks": {"period", "words"},
    "blocks.chart.segments": {"first", "mean", "lower", "upper", "near_lower", "near_upper", "trial"},
    "blocks.published": {
        "label", "year", "cell", "unit", "decimals", "source", "edition", "sha256", "like_for_like", "difference",
    },
    "blocks.published.cell": CELL,
    "blocks.commentary": {"indicator", "text", "sha256", "checked"},
    "commentary": {"indicator", "text", "sha256", "checked"},
    "named": {"authority", "name", "permission", "until"},
    "blocks.named": {"authority", "name", "history"},
    "blocks.named.history": HISTORY,
    "blocks.named.history.points": {"period", "cell"},
    "blocks.named.history.points.cell": CELL,
    "blocks.named.history.breaks": {"period", "words"},
}  # fmt: skip
"""Every place of a view and the keys that it may have. A key that is not here is a leak until somebody has thought."""

TEXT = "Referrals rose when the new front door opened in May."


@pytest.fixture(scope="module")
def folder(made_up_workspace):
    return load.views_folder(Workspace(made_up_workspace), REGION, PERIOD, Variant.ANONYMISED, "made-up")


@pytest.fixture(scope="module")
def views(folder):
    return {
        code: json.loads((folder / "anonymised" / f"{code}.json").read_text(encoding="utf-8"))
        for code in REGION.members
    }


def keys_by_place(value, place=""):
    if isinstance(value, list):
        for inner in value:
            yield from keys_by_place(inner, place)
    elif isinstance(value, dict):
        yield place, set(value)
        for key, inner in value.items():
            yield from keys_by_place(inner, f"{place}.{key}".strip("."))


def test_a_view_has_no_key_but_those_that_were_thought_of(views):
    for view in views.values():
        for place, keys in keys_by_place(view):
            assert keys <= ALLOWED.get(place, set()), place


def test_no_chart_has_a_target_or_a_query(views):
    charts = [block["chart"] for view in views.values() for block in view["blocks"] if block["chart"]]
    assert len(charts) > 100
    assert all(chart["target"] is None and not chart["being_asked"] for chart in charts)


def test_a_series_with_a_hidden_figure_has_no_limits(views):
    without = 0
    for view in views.values():
        for block in view["blocks"]:
            shown = [point["cell"]["status"] for point in block["own"]["histories"][0]["points"]]
            charted = (
                [point["cell"]["status"] for point in block["chart"]["history"]["points"]] if block["chart"] else []
            )
            assert "suppressed" not in charted
            if "suppressed" in shown:
                assert block["chart"] is None
                assert block["no_chart_reason"]
                without += block["own"]["card"]["window"] == "quarter"
    assert without > 0


def test_a_hidden_figure_has_neither_interval_nor_fourth(views):
    hidden = 0
    for view in views.values():
        for block in view["blocks"]:
            statuses = {point["period"]: point["cell"]["status"] for point in block["own"]["histories"][0]["points"]}
            for placed in block["fourths"]:
                if statuses[placed["period"]] == "suppressed":
                    assert placed["fourth"] == ""
                    hidden += 1
            if block["own"]["latest"]["status"] == "suppressed":
                assert block["interval"] is None
    assert hidden > 0


def test_the_words_about_the_median_are_the_same_in_every_pack(views):
    for number in range(len(views["825"]["blocks"])):
        assert len({view["blocks"][number]["bands"]["way"] for view in views.values()}) == 1


def test_questions_and_bands_are_on_the_page_of_outside_readers_alone(folder):
    texts = {
        variant: [
            part.caption if isinstance(part, Drawing) else str(part)
            for view in [load.stored_view(folder, variant, "825")]
            for part in (*page.asked(view), *page.rug(view), *page.indicators(view))
        ]
        for variant in (Variant.ANONYMISED, Variant.OWN, Variant.INTERNAL)
    }
    for words in ("Questions the data raises", "How to read the bands", "no test: where nothing changes"):
        held = {variant for variant, parts in texts.items() if any(words in part for part in parts)}
        assert held == {Variant.ANONYMISED}, words


def test_nothing_is_asked_because_of_the_chart_of_the_own_history(folder):
    """A latest figure far outside its limits, as one digit too many would make it, raises no question of its own."""
    view = load.stored_view(folder, Variant.ANONYMISED, "825")
    apart = [block.chart is not None and side_of(block.chart) != "within the limits" for block in view.blocks]
    assert any(apart), "the made-up quarter has a figure outside its limits"
    without = tuple(block.model_copy(update={"chart": None}) for block in view.blocks)
    assert questions(view.blocks) == questions(without)


@pytest.fixture(scope="module")
def commented(made_up_workspace, tmp_path_factory):
    """A workspace in which people wrote commentary: checked, not checked, changed since, and about somebody else."""
    root = tmp_path_factory.mktemp("commented")
    shutil.copytree(made_up_workspace / "data" / "raw", root / "data" / "raw")
    said = [
        entry("825", "A01", TEXT),
        entry("825", "", "We moved to one recording system in spring."),
        entry("825", "A02", "Nobody has read this one yet.", check=False),
        entry("825", "A03", "It was read, and rewritten afterwards.", read="It was read."),
        entry("825", "A04", "As in Kent, a team left in summer."),
        entry("825", "A05", "Smaller than the county next to us."),
        entry("846", "A05", "Our city opened a hub.", about_us="[city]"),
    ]
    path = root / "data" / "registers" / "made-up" / "south-east" / "commentary" / f"{PERIOD}.yml"
    path.parent.mkdir(parents=True)
    path.write_text("".join(said), encoding="utf-8")
    return Collection(Workspace(root), "made-up", REGION, Quarter.parse(PERIOD))


def entry(code, indicator, text, *, check=True, read="", about_us="[]"):
    digest = hashlib.sha256("\n".join((code, PERIOD, indicator, read or text)).encode()).hexdigest()
    lines = [
        f'- authority: "{code}"',
        f'  indicator: "{indicator}"',
        f"  text: {text}",
        "  written_by: Head of quality",
    ]
    lines += ["  date: 2025-11-03"]
    if check:
        lines += ["  check:", "    name: J. Smith", "    date: 2025-11-05", f"    sha256: {digest}"]
        lines += [f"    about_us: {about_us}"]
    return "\n".join(lines) + "\n"


def test_only_what_a_person_checked_as_it_stands_is_shown(commented):
    told = commentary_of(commented)
    shown = {(code, one.indicator, one.text) for code, held in told.shown.items() for one in held}
    assert shown == {
        ("825", "A01", TEXT),
        ("825", "", "We moved to one recording system in spring."),
        ("846", "A05", "Our city opened a hub."),
    }
    read = {(code, one.indicator, one.check.name) for code, held in told.checks.items() for one in held}
    assert read == {("825", "A01", "J. Smith"), ("825", "", "J. Smith"), ("846", "A05", "J. Smith")}
    rows = told.findings[["rule", "line", "authority"]].to_numpy().tolist()
    assert rows == [
        ["commentary_not_checked", 21, "825"],
        ["commentary_check_outdated", 26, "825"],
        ["commentary_names_others", 36, "825"],
        ["commentary_names_others", 46, "825"],
    ]
    assert set(told.findings["file"]) == {f"commentary/{PERIOD}.yml"}
    assert "Kent" not in " ".join(told.findings["seen"])


def test_whatever_the_scan_finds_keeps_a_text_from_the_page(commented):
    told = commentary_of(commented, lambda text, _: ["something"] if "front door" in text else [])
    assert TEXT not in {one.text for held in told.shown.values() for one in held}


def test_the_build_says_what_is_not_shown_where_it_stands_and_what_to_do(commented, tmp_path):
    out = io.StringIO()
    tell_findings(commented, Workspace(tmp_path), Console(file=out, width=200))
    text = out.getvalue()
    assert f"commentary/{PERIOD}.yml, 21" in text
    assert "have somebody other than the writer read it" in text


def test_words_are_in_the_writers_own_documents_and_for_readers_outside_only_what_was_checked(commented):
    views = load.build_collection(commented)

    def holding(text):
        return {name for name, view in views.items() if text.encode() in view}

    inside = {"internal/825.json", "own/825.json", "dfe/825.json", "dfe-pack.json"}
    assert holding(TEXT) == {*inside, "anonymised/825.json"}
    assert holding("Nobody has read this one yet.") == inside
    assert holding("As in Kent, a team left in summer.") == {"internal/825.json"}, "it names another authority"
    assert holding("Smaller than the county next to us.") == inside
    told = "".join(str(part) for part in page.indicators(InternalView.model_validate_json(views["internal/825.json"])))
    assert told.count("In the authority's own words") == 5
    view = AnonymisedView.model_validate_json(views["anonymised/825.json"])
    parts = [str(part) for part in (*page.asked(view), *page.indicators(view))]
    held = [part for part in parts if "In the authority's own words" in part]
    assert len(held) == 2
    assert "recording system" in held[0]
    assert "front door" in held[1]
    assert not any("J. Smith" in part or "J\\. Smith" in part for part in parts)
    assert not any(b"Smith" in view for view in views.values())


def test_what_was_said_is_part_of_what_the_documents_were_made_from(commented):
    before = load.fingerprint_of(commented)
    path = Path(next(iter((commented.registers / "commentary").glob("*.yml"))))
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "# a remark\n", encoding="utf-8")
    assert load.fingerprint_of(commented.afresh()) != before
    path.write_text(text, encoding="utf-8")
