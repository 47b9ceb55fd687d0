"""What stands out, part by part: for internal readers alone, a story under its own heading, names letter by letter."""

from __future__ import annotations

import sys
from html import unescape
from pathlib import Path

import pytest

from analysis.figures import Drawing, Table
from analysis.render import page
from analysis.views.model import Variant
from analysis.views.prompts import StandsOut

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "figures"))  # for the example views, which both share

import example_views as examples

INTERNAL, REGIONAL = examples.internal_view(), examples.regional_view()
TITLE = "### From referral to child protection plan"
LED = "- 1 Referrals \\(38% above what was expected\\)\\. Higher\\."
THIRD = "- 3 Assessments completed \\(38% above what was expected\\)\\. Higher\\."
WITH_IT = (
    "- With it, but no prompts by themselves \\(about 1 in 15 series lies so far off by chance\\)\\: "
    "4 Assessments completed within 45 working days \\(38% above what was expected\\)"
)
ALONE = "- 2 Re\\-referrals within 12 months \\(38% above what was expected\\)\\. Higher\\."


def with_found(view, **changed):
    return view.model_copy(update={"stands_out": view.stands_out.model_copy(update=changed)})


def parts(view) -> list[str]:
    return [part if isinstance(part, str) else part.label for part in page.stands_out(view)]


@pytest.mark.parametrize(
    "view",
    [examples.own_view(), examples.anonymised_view(), examples.dfe_view(), examples.public_view()],
    ids=[Variant.OWN, Variant.ANONYMISED, Variant.DFE, Variant.PUBLIC],
)
def test_other_readers_are_shown_nothing_of_it(view) -> None:
    assert parts(view) == []


def test_an_internal_report_has_what_was_looked_at_the_stories_and_what_is_held_back() -> None:
    opening, stories, held_back = parts(INTERNAL)
    heading, what, how_much = opening.split("\n\n")
    assert heading == "## What stands out"
    assert what.startswith("A prompt is a question about a figure, and no finding about a service")
    assert how_much.startswith("Of 54 readings \\(three questions about each indicator\\)\\: 3 prompts")
    assert stories.split("\n\n")[:2] == [TITLE, "\n".join([LED, THIRD, WITH_IT])]
    assert held_back == (
        "### Held back until the query about the figure is answered\n\n- 4 Assessments completed within 45 working days"
    )


def test_every_reading_stands_at_the_end_of_an_internal_report_and_of_no_other() -> None:
    def closing(view) -> list[str]:
        return [part if isinstance(part, str) else part.label for part in page.closing(view)]

    at = closing(INTERNAL).index("## Every reading")
    assert closing(INTERNAL)[at + 1] == "tbl-readings"
    others = (examples.own_view(), examples.anonymised_view(), examples.public_view(), REGIONAL)
    assert not any("readings" in part or "Every reading" in part for view in others for part in closing(view))


def test_a_region_has_the_same() -> None:
    kinds = [type(part) for part in page.stands_out(REGIONAL)]
    assert kinds == [str, str, str]
    assert parts(REGIONAL)[0] == parts(INTERNAL)[0]


def test_a_story_of_what_stands_alone_has_its_indicator_as_its_heading() -> None:
    stories = parts(INTERNAL)[1].split("\n\n")
    assert stories == [TITLE, "\n".join([LED, THIRD, WITH_IT]), "### Re\\-referrals within 12 months", ALONE]


def test_in_a_region_each_story_has_its_authority_as_its_heading() -> None:
    stories = parts(REGIONAL)[1].split("\n\n")
    assert stories == [
        "### Brackwater and Holme\\: From referral to child protection plan",
        "\n".join([LED, THIRD, WITH_IT]),
        "### Brackwater and Holme\\: Re\\-referrals within 12 months",
        ALONE,
    ]


def test_without_a_story_or_a_query_there_is_no_part_for_it() -> None:
    calm = with_found(INTERNAL, stories=(), queried=(), prompts=0, held_back=0)
    assert parts(calm)[1:] == []
    assert "0 prompts, 0 held back by an open query" in parts(calm)[0]
    assert len(parts(with_found(REGIONAL, stories=(), queried=()))) == 1


def test_names_and_titles_from_outside_stay_text() -> None:
    nasty = "*A* [b](c) <i>{{< d >}}</i> # `e`"
    written = "\\*A\\* \\[b\\]\\(c\\) \\<i\\>\\{\\{\\< d \\>\\}\\}\\</i\\> \\# \\`e\\`"
    [story, _] = REGIONAL.stands_out.stories
    [prompt, _] = story.prompts
    bad = story.model_copy(
        update={
            "name": nasty,
            "title": nasty,
            "prompts": (prompt.model_copy(update={"title": nasty}),),
            "with_it": (prompt.model_copy(update={"title": nasty}),),
        }
    )
    _, told, held_back = parts(with_found(REGIONAL, stories=(bad,), queried=(f"{nasty}: 4 A title",)))
    heading, prompts = told.split("\n\n")
    assert heading == f"### {written}\\: {written}"
    assert prompts.count(written) == 2
    assert f"- {written}\\: 4 A title" in held_back
    assert nasty not in told + held_back


def test_the_region_over_time_is_a_picture_and_then_the_course_of_each_series() -> None:
    drawn, told = page.region_over_time(REGIONAL)
    assert isinstance(drawn, Drawing)
    assert isinstance(told, Table)
    assert told.label == "tbl-trends"
    assert all(f"{one.number} {one.title}" in unescape(told.html) for one in REGIONAL.trends)


def test_the_example_counts_as_many_readings_as_were_looked_at() -> None:
    found: StandsOut = INTERNAL.stands_out
    assert sum((found.prompts, found.held_back, found.quiet, found.too_few, found.not_tested)) == found.looked_at
