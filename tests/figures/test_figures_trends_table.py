"""The region as a whole as a table: what was tested and what was only described, with signs, shares and nets."""

from __future__ import annotations

import example_views as examples
from lxml import html as lxml_html

from analysis.figures import trends_table
from analysis.signals.region import Course

VIEW = examples.regional_view(made_up=True)


def rows(view=VIEW) -> list[list[str]]:
    body = lxml_html.fromstring(trends_table(view).html).xpath("./tbody/tr")
    return [["|".join(text.strip() for text in cell.itertext() if text.strip()) for cell in row] for row in body]


def only(**changed: object):
    """The overview with the first row alone, changed."""
    return VIEW.model_copy(update={"trends": (VIEW.trends[0].model_copy(update=changed),)})


def test_rows_are_the_indicators_in_their_order_with_their_units() -> None:
    expected = [f"{number} {one[0]}|{one[3]}" for number, one in enumerate(examples.INDICATORS, start=1)]
    assert [row[0] for row in rows()] == expected


def test_each_course_has_its_words_and_flows_alone_a_share_of_chance() -> None:
    told = {
        Course.RISING: ("rising", "3.2%"),
        Course.FALLING: ("falling", "less than 0.1%"),
        Course.NO_TREND: ("no trend to be told from chance", "48.0%"),
        Course.DESCRIBED: ("described, not tested", "not tested"),
        Course.TOO_SHORT: ("too few figures to test", "not tested"),
    }
    found = {}
    for row, one in zip(rows(), VIEW.trends, strict=True):
        assert (row[2], row[3]) == told[Course(one.course)]
        found.setdefault(one.course, row)
    assert set(found) == {course.value for course in Course}


def test_a_change_has_its_sign_and_one_place_more_than_the_figure() -> None:
    by_number = {one.number: row[1] for one, row in zip(VIEW.trends, rows(), strict=True)}
    assert by_number[1] == "+1.31"  # of 131.4, one place
    assert by_number[6] == "-0.45"
    assert by_number[16] == "-4.0"  # of days, no place
    assert by_number[17] == "x"


def test_a_missing_change_is_marked_and_the_mark_explained() -> None:
    made = trends_table(VIEW)
    assert lxml_html.fromstring(made.html).xpath("./tbody/tr[17]/td[1]/@class") == ["number missing"]
    assert "x = " in made.caption
    assert "x = " not in trends_table(only()).caption


def test_who_started_less_who_left_is_said_with_how_many_count_both_and_else_that_nobody_counted() -> None:
    net = [row[5] for row in rows()]
    assert net[7] == "-1,204 children|in 17 authorities"
    assert net[11] == "+37 children|in 1 authority"
    assert {each for place, each in enumerate(net) if place not in (7, 11)} == {"not counted"}


def test_a_net_of_nothing_has_no_sign() -> None:
    [row] = rows(only(net=examples.Cell(value=0.0), net_of=5))
    assert row[5] == "0 children|in 5 authorities"


def test_nothing_is_coloured_and_no_cell_is_empty() -> None:
    """A course of a whole region is no judgement: unlike a prompt it has no colour."""
    assert "background" not in trends_table(VIEW).html
    assert all(cell for row in rows() for cell in row)


def test_the_caption_names_the_region_and_says_what_a_test_does_not_reach() -> None:
    caption = trends_table(VIEW).caption
    assert caption.startswith("The region as a whole, Far North, to July to September 2025.")
    assert "where nothing moves, one is told of in one or two quarters of ten" in caption
    assert "MADE-UP DATA" in caption
