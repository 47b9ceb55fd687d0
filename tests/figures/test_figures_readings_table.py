"""What was asked and found, as a table: each reading's words, the colour of a prompt, and what silence is worth."""

from __future__ import annotations

import re

import example_views as examples
import pytest
from lxml import html as lxml_html

from analysis.figures import readings_table
from analysis.signals.tiers import Tier

VIEW = examples.internal_view(made_up=True)
BLUE, ORANGE, GREY = ("#12436D", "#FFFFFF"), ("#F46A25", "#000000"), ("#595959", "#FFFFFF")
"""The Analysis Function's dark blue and orange, each with the text colour that is legible on it."""
WORDS = {
    ("new", "higher"): "higher",
    ("sustained", "lower"): "lower",
    ("drift", "higher"): "moving upwards",
    ("drift", "lower"): "moving downwards",
    ("new", "quiet"): "within its pattern",
    ("new", "queried"): "being asked about",
    ("sustained", "too_short"): "too few quarters",
    ("drift", "no_figure"): "no figure",
    ("new", "few_authorities"): "too few authorities",
    ("sustained", "too_few"): "cannot say",
}


def cells(view=VIEW) -> list[list[lxml_html.HtmlElement]]:
    return [row.xpath("./td") for row in lxml_html.fromstring(readings_table(view).html).xpath("./tbody/tr")]


def lines_of(cell: lxml_html.HtmlElement) -> list[str]:
    return [text.strip() for text in cell.itertext() if text.strip()]


def colours(cell: lxml_html.HtmlElement) -> tuple[str, ...]:
    return tuple(re.findall("#[0-9A-F]{6}", cell.get("style") or ""))


def with_reading(tier: Tier, reading: str, **changed: object):
    """The first row's answer to one question, with this reading."""
    first = VIEW.readings[0]
    tiers = tuple(
        one.model_copy(update={"reading": reading, **changed}) if one.test == tier.value else one for one in first.tiers
    )
    return VIEW.model_copy(update={"readings": (first.model_copy(update={"tiers": tiers}),)})


def test_columns_are_the_three_questions_and_rows_the_indicators_by_number() -> None:
    tree = lxml_html.fromstring(readings_table(VIEW).html)
    assert [head.text_content() for head in tree.xpath("./thead//th")] == [
        "Indicator",
        "This quarter apart from those before?",
        "The last four quarters apart?",
        "Moving other than the region?",
    ]
    heads = [head.text_content().strip() for head in tree.xpath("./tbody/tr/th")]
    assert heads == [f"{number} {title[0]}" for number, title in enumerate(examples.INDICATORS, start=1)]


def test_each_reading_stands_under_its_question_with_its_words_and_what_is_beneath() -> None:
    seen = set()
    for row, told in zip(cells(), VIEW.readings, strict=True):
        for cell, reading in zip(row, told.tiers, strict=True):
            expected = WORDS.get((reading.test, reading.reading))
            if expected is not None:
                seen.add((reading.test, reading.reading))
                assert lines_of(cell) == [expected, *([reading.beneath] if reading.beneath else [])]
    assert len({reading for _, reading in seen}) == 8


def test_a_prompt_is_coloured_by_which_way_is_better_and_silence_is_not() -> None:
    by_shade = {"better": BLUE, "worse": ORANGE, "neither": GREY, "": ()}
    found = set()
    for row, told in zip(cells(), VIEW.readings, strict=True):
        for cell, reading in zip(row, told.tiers, strict=True):
            assert colours(cell) == by_shade[reading.shade.value]
            found.add(reading.shade.value)
    assert found == set(by_shade)


@pytest.mark.parametrize("reading", ["queried", "too_short", "no_figure", "few_authorities"])
def test_what_was_not_tested_has_one_line_and_no_empty_one(reading: str) -> None:
    view = with_reading(Tier.NEW, reading, word=WORDS.get(("new", reading), reading), beneath="", shade="")
    [row] = cells(view)
    assert len(lines_of(row[0])) == 1
    assert "<span" not in lxml_html.tostring(row[0], encoding="unicode")


def test_the_caption_says_whose_it_is_how_it_is_read_and_that_it_is_made_up() -> None:
    caption = readings_table(VIEW).caption
    assert caption.startswith("What was asked and found, Brackwater and Holme, July to September 2025.")
    assert "Blue: the way that is counted as better; orange: the other way; grey: neither is." in caption
    assert "four times in five" in caption
    assert "Cannot say: too few children, or a series too restless" in caption, "restless series are no few children"
    assert "MADE-UP DATA" in caption
    assert "MADE-UP" not in readings_table(examples.internal_view()).caption
