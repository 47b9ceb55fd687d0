"""`tartanrug signals`: prompts listed and explained, marked as internal and as made up, and nothing invented."""

from __future__ import annotations

import csv
import io
import re

import pytest
from PIL import Image

from analysis.pipeline.load import load_regional_view

PERIOD = ("--period", "2025-26-Q2")
TARGETS = """\
- indicator: A04
  value: 85
  from: 2025-26-Q1
  source: Made-up improvement plan 2025
  date: 2025-03-20
- indicator: A15
  value: 20
  from: 2025-26-Q1
  source: Made-up improvement plan 2025
  date: 2025-03-20
"""


def test_the_list_names_prompts_and_says_how_much_was_looked_at(tartanrug, received, tmp_path):
    done = tartanrug("signals", "list", *PERIOD, "--csv", tmp_path / "all.csv")
    assert done.code == 0
    assert "MADE-UP DATA" in done.words
    assert "internal and limited use" in done.words
    assert "1026 readings" in done.words
    with (tmp_path / "all.csv").open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 1026
    prompts = sum(row["reading"] in ("higher", "lower") for row in rows)
    assert f"{prompts} prompts" in done.words
    assert all(row["marking"].startswith("MADE-UP DATA. For internal") for row in rows)


def test_flips_tell_which_readings_of_a_draft_did_not_stay(tartanrug, received, tmp_path):
    """The digit too many is mended: the reading is held back no longer, and its authority's figures are the cause."""
    assert "No draft is kept" in tartanrug("signals", "flips", *PERIOD).words
    load_regional_view("2025-26-Q2", "south-east")
    assert "One draft is kept" in tartanrug("signals", "flips", *PERIOD).words
    [sent] = (received / "data" / "raw" / "made-up" / "south-east" / "2025-26-Q2").glob("867*.csv")
    text = sent.read_text(encoding="utf-8")
    assert text.count(",3510,") == 1
    sent.write_text(text.replace(",3510,", ",351,"), encoding="utf-8")
    load_regional_view("2025-26-Q2", "south-east")
    done = tartanrug("signals", "flips", *PERIOD, "--csv", tmp_path / "flips.csv")
    flip = "Bracknell Forest, A03 Assessments completed (new): queried, now too few. Cause: its own figures."
    assert flip in done.words
    assert "2 drafts" in done.words
    assert "MADE-UP DATA" in (tmp_path / "flips.csv").read_text(encoding="utf-8-sig")


def test_why_not_says_what_was_found_and_what_could_have_been(tartanrug, received):
    done = tartanrug("signals", "why-not", "Bracknell Forest", "a03", *PERIOD)
    assert done.code == 0
    assert "A03 Assessments" in done.words
    assert "The figure is being asked about" in done.words
    assert "on the middle one of the quarters before" in done.words
    done = tartanrug("signals", "why-not", "Windsor", "a06", *PERIOD)
    assert done.words.count("four times in five") == 3
    assert done.words.count("Expected: its own pattern") == 3
    assert "where little has moved: between 1 and 4 in 10 such prompts are chance." in done.words
    assert "where little has moved: between 1 and 5 in 10 such prompts are chance." in done.words
    assert "where little has moved: between 2 and 9 in 10 such prompts are chance." in done.words


@pytest.mark.parametrize(
    ("words", "told"),
    [(("Bracknel", "A03"), "did you mean Bracknell"), (("867", "A99"), "no indicator"), (("383", "A03"), "not in the")],
)
def test_a_wrong_name_is_answered(tartanrug, received, words, told):
    done = tartanrug("signals", "why-not", *words, *PERIOD)
    assert done.code in (2, 4)
    assert told in done.words
    assert "Traceback" not in done.err


def chart(tartanrug, *words):
    return tartanrug("signals", "chart", *words, *PERIOD)


def set_targets(workspace, text=TARGETS):
    """A region's targets, where those of made-up returns stand."""
    path = workspace / "data" / "registers" / "made-up" / "south-east" / "targets.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("kind", ["xmr", "funnel"])
def test_a_chart_is_written_the_same_each_time_and_says_in_words_what_it_shows(tartanrug, received, tmp_path, kind):
    files = [tmp_path / name for name in ("one.png", "two.png", "one.svg", "two.svg")]
    for file in files:
        done = chart(tartanrug, "RBWM", "A01", "--kind", kind, "--out", file)
        assert done.code == 0, done.words
    assert "MADE-UP DATA" in done.words
    assert "internal and limited use" in done.words
    assert re.search(r"Windsor and Maidenhead(:| for)?.*[0-9]+\.[0-9]", done.words)
    one, two, drawn, again = (file.read_bytes() for file in files)
    assert one == two
    assert drawn == again
    picture = Image.open(io.BytesIO(one))
    assert picture.format == "PNG"
    # The words that are drawn, and no program, path or person.
    assert set(picture.text) == {"Description"}
    assert "Internal and limited use only" in picture.text["Description"]
    words = drawn.decode("utf-8")
    assert words.startswith("<?xml")
    assert '<svg role="img"' in words
    assert "limits" in re.search("<desc[^>]*>(.*)</desc>", words)[1]
    assert not any(told in words for told in (str(tmp_path), "Matplotlib", "<dc:date>"))


def test_an_indicator_of_12_months_is_drawn_by_quarters(tartanrug, received, tmp_path):
    for indicator in ("A15", "A16", "A17", "A18"):
        done = chart(tartanrug, "Kent", indicator, "--out", tmp_path / "kent.png")
        assert done.code == 0, done.words
        assert "the chart is of its quarters" in done.words
        assert "in the quarter) with the limits of chance" in done.words


def test_a_target_of_the_regions_file_is_drawn_and_said_with_where_it_was_decided(tartanrug, received, tmp_path):
    without = chart(tartanrug, "Brighton and Hove", "A04", "--out", tmp_path / "without.png")
    assert "Target" not in without.words
    set_targets(received)
    done = chart(tartanrug, "Brighton and Hove", "A04", "--out", tmp_path / "with.png")
    assert "Target 85.0 (Made-up improvement plan 2025): a series that goes on like this" in done.words
    assert (tmp_path / "with.png").read_bytes() != (tmp_path / "without.png").read_bytes()
    yearly = chart(tartanrug, "Brighton and Hove", "A15", "--out", tmp_path / "yearly.png")
    assert "Its target is of 12 months, and is not drawn beside quarters." in yearly.words
    assert "Target 20" not in yearly.words


def test_a_wrong_target_is_refused_with_its_line(tartanrug, received, tmp_path):
    set_targets(received, TARGETS.replace("value: 85", "value: 850"))
    done = chart(tartanrug, "Kent", "A04", "--out", tmp_path / "kent.png")
    assert done.code == 3
    assert "a percentage is 100 at most" in done.words
    assert not (tmp_path / "kent.png").exists()


def test_a_figure_that_is_being_asked_about_has_no_part_in_the_limits(tartanrug, received, tmp_path):
    done = chart(tartanrug, "Bracknell Forest", "A03", "--out", tmp_path / "slip.png")
    assert "Being asked about, and no part of mean and limits: Q2 2025-26." in done.words
    # The digit too many makes nearly 1,200 of about 120.
    assert 100 < float(re.search(r"mean ([0-9.]+)", done.words)[1]) < 140
    others = chart(tartanrug, "Wokingham", "A03", "--kind", "funnel", "--out", tmp_path / "slip.png")
    assert "Being asked about, and no part of the group's figure and limits: Bracknell Forest." in others.words
    assert "Bracknell Forest above" not in others.words


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("Bracknel", "A03"), 2, "did you mean Bracknell"),
        (("867", "A99"), 2, "no indicator"),
        (("383", "A03"), 4, "not in the collection"),
        (("867", "A03", "--kind", "funel"), 2, "did you mean funnel"),
        (("867", "A03", "--out", "chart.pdf"), 2, "--out chart.png"),
        (("867", "A16", "--kind", "funnel"), 4, "a return does not say how times spread"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_nothing_is_written(
    tartanrug, received, tmp_path, monkeypatch, words, code, told
):
    monkeypatch.chdir(tmp_path)
    out = () if "--out" in words else ("--out", "chart.png")
    done = chart(tartanrug, *words, *out)
    assert done.code == code
    assert told in done.words
    assert "Traceback" not in done.err
    assert not list(tmp_path.glob("*.p*"))


def test_four_authorities_have_no_funnel(tartanrug, received, tmp_path):
    folder = received / "data" / "raw" / "made-up" / "south-east" / "2025-26-Q2"
    for path in sorted(folder.iterdir())[4:]:
        path.unlink()
    code = sorted(folder.iterdir())[0].stem
    done = chart(tartanrug, code, "A01", "--kind", "funnel", "--out", tmp_path / "few.png")
    assert done.code == 4
    assert "fewer than 5 authorities of South East" in done.words
    assert "--kind xmr" in done.words
