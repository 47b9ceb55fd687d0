"""A change of definition: the line stops at it, and picture, caption and alternative text say so."""

from __future__ import annotations

import re

import example_views as examples
import pytest

from analysis.figures import (
    block_table,
    comparison_table,
    members,
    positions_table,
    regional_picture,
    regional_rug,
    rug_table,
    small_multiples,
    trend,
)
from analysis.figures.definitions import broken_line
from analysis.figures.plot import Plot
from analysis.reference.status import Status
from analysis.views.model import Cell, DefinitionChange, OnDefinition, OwnFigures
from analysis.views.sentences import block_sentences, own_sentence, position_sentence
from analysis.views.words import position_text

BREAK = Cell(status=Status.BREAK)
ON_EACH = (
    OnDefinition(first="2025-26-Q2", count=4),
    OnDefinition(first="2024-25-Q1", count=2),
    OnDefinition(first="earlier", count=12),
)
IN_WORDS = "4 on the definition from Q2 2025-26, 2 on the definition from Q1 2024-25, 12 on the earlier one"


def changed(own: OwnFigures, *periods: str, words: str = "") -> OwnFigures:
    breaks = tuple(DefinitionChange(period=period, words=words) for period in periods)
    histories = tuple(history.model_copy(update={"breaks": breaks}) for history in own.histories)
    return own.model_copy(update={"histories": histories})


def view_with(view, index: int, **update):
    blocks = list(view.blocks)
    blocks[index] = blocks[index].model_copy(update=update)
    return view.model_copy(update={"blocks": tuple(blocks)})


@pytest.mark.parametrize("name", ["internal_view", "own_view", "anonymised_view", "dfe_view"])
def test_the_picture_its_caption_and_its_alternative_text_say_that_the_definition_changed(name: str) -> None:
    view = getattr(examples, name)()
    before = trend(view.blocks[0], view.heading)
    view = view_with(view, 0, own=changed(view.blocks[0].own, "2024-25-Q4"))
    drawing = trend(view.blocks[0], view.heading)
    assert "definition changed" in drawing.texts
    assert "Dashed upright: definition changed from Q4 2024-25." in drawing.caption
    assert "Definition changed from Q4 2024-25: the line is broken there." in drawing.alt
    assert "Definition changed from Q4 2024-25." in block_table(view.blocks[0], view.heading).caption
    assert not any("hanged" in said for said in (before.caption, before.alt, *before.texts))
    assert drawing.height_in > before.height_in, "the label stands above the plot, where no figure is"


def test_what_people_wrote_of_it_stands_in_the_caption() -> None:
    view = examples.internal_view()
    own = changed(view.blocks[0].own, "2024-25-Q4", words="before: contacts too; after: referrals alone")
    caption = trend(view.blocks[0].model_copy(update={"own": own}), view.heading).caption
    assert "definition changed from Q4 2024-25 (before: contacts too; after: referrals alone)." in caption


def test_the_line_has_a_gap_between_the_two_quarters_and_loses_no_figure() -> None:
    own = changed(examples.own_figures(1, missing=examples.GAPS), "2023-24-Q2", "2024-25-Q4")
    history = own.histories[0]
    plot = Plot(left=0, bottom=0, width=12, height=1, periods=12, top=50)
    xs, ys = broken_line(plot, history)
    gaps = [x for x, y in zip(xs, ys, strict=True) if y != y]
    # The quarters are 2022-23-Q3 to 2025-26-Q2, an inch wide each; 2023-24-Q2 is the fourth, 2024-25-Q4 the tenth.
    assert gaps == [3.0, 3.5, 4.5, 8.5, 9.0]
    assert xs == sorted(xs)
    drawn = [y * 50 for y in ys if y == y]
    assert drawn == pytest.approx([point.cell.value for point in history.points if point.cell.value is not None])


def test_lowest_and_highest_are_of_the_latest_definition_alone() -> None:
    own = changed(examples.own_figures(0), "2024-25-Q4")
    view = examples.own_view()
    values = [point.cell.value for point in own.histories[0].points[9:]]
    alt = trend(view.blocks[0].model_copy(update={"own": own}), view.heading).alt
    found = re.search(r"Since then lowest ([\d.]+) in .+?, highest ([\d.]+) in", alt)
    assert found is not None
    assert (float(found[1]), float(found[2])) == pytest.approx((min(values), max(values)), abs=0.05)
    only_one = changed(examples.own_figures(0), "2025-26-Q2")
    assert "owest" not in trend(view.blocks[0].model_copy(update={"own": only_one}), view.heading).alt


def test_small_lines_are_broken_too_and_say_in_which_indicators() -> None:
    view = examples.own_view()
    with_break = view_with(view, 0, own=changed(view.blocks[0].own, "2025-26-Q1"))
    plain, drawing = small_multiples(view), small_multiples(with_break)
    assert "Dashed upright: definition changed (indicator 1)." in drawing.caption
    assert "A definition changed in 1: the line is broken there." in drawing.alt
    assert drawing.png != plain.png
    compared = re.compile(r"(\d+) (?:has|have) no figure to compare")
    no_figure = [int(found[1]) if (found := compared.search(one.alt)) else 0 for one in (plain, drawing)]
    assert no_figure[1] == no_figure[0] + 1, "a figure isn't compared with one of another definition"


def test_a_change_before_last_year_does_not_stop_the_comparison_with_it() -> None:
    view = examples.own_view()
    old = view_with(view, 0, own=changed(view.blocks[0].own, "2024-25-Q2"))
    found = [re.search(r"higher for \d+, lower for \d+", small_multiples(one).alt) for one in (view, old)]
    assert found[0] is not None
    assert found[1] is not None
    assert found[0][0] == found[1][0]


def test_a_small_line_shows_a_single_figure_between_two_changes() -> None:
    """Two pictures that differ in that figure alone are two pictures: it is drawn though no line leads to it."""
    view = examples.own_view()
    pictures = []
    for figure in (90.0, 120.0):
        own = changed(examples.own_figures(0, missing={6: Cell(value=figure)}), "2024-25-Q1", "2024-25-Q2")
        pictures.append(small_multiples(view_with(view, 0, own=own)).png)
    assert pictures[0] != pictures[1]


def test_a_break_has_its_mark_and_the_mark_is_explained() -> None:
    view = examples.own_view()
    own = changed(examples.own_figures(14, missing={8: BREAK, 9: BREAK, 10: BREAK}), "2024-25-Q3")
    view = view_with(view, 14, own=own)
    drawing = trend(view.blocks[14], view.heading)
    assert "b" in drawing.texts
    assert "b = break in time series: the definition changed" in drawing.caption
    assert (
        "No figure (break in time series: the definition changed): Q3 2024-25, Q4 2024-25, Q1 2025-26." in drawing.alt
    )
    assert ">b<" in re.sub(r"\s", "", block_table(view.blocks[14], view.heading).html)


def test_there_is_no_change_across_a_break_and_the_page_says_why() -> None:
    view = examples.own_view()
    own = changed(view.blocks[0].own, "2025-26-Q1").model_copy(update={"change": BREAK})
    assert own_sentence(own).endswith("No change on the same quarter last year: the definition changed since.")
    rug = rug_table(view_with(view, 0, own=own))
    assert "b = break in time series: the definition changed" in rug.caption
    assert ">b<" in re.sub(r"\s", "", rug.html)


@pytest.mark.parametrize(
    ("definitions", "words"),
    [
        ((), ""),
        (ON_EACH, f"; {IN_WORDS}"),
        (
            (
                OnDefinition(first="2025-26-Q2", count=3),
                OnDefinition(first="2025-26-Q2", count=1),
                OnDefinition(first="earlier", count=6),
                OnDefinition(first="not_recorded", count=8),
            ),
            "; 3 on the definition from Q2 2025-26, 1 on another definition from Q2 2025-26, 6 on the earlier one, "
            "8 on one that is not recorded here",
        ),
    ],
)
def test_a_position_says_how_many_count_by_each_definition(definitions, words: str) -> None:
    place = examples.position(0, "region").model_copy(update={"definitions": definitions})
    assert position_text(place) == f"{place.rank} of 18 reporting (90% interval 1 to 5){words}"
    none = place.model_copy(update={"rank": None, "reason": "no figure to place"})
    assert position_text(none) == f"no figure to place{words}"


def test_every_named_table_that_compares_says_it() -> None:
    view = examples.internal_view()
    place = view.blocks[4].region.model_copy(update={"definitions": ON_EACH})
    view = view_with(view, 4, region=place)
    block = view.blocks[4]
    assert IN_WORDS in position_sentence(place, 1)
    assert IN_WORDS in positions_table(block, view.heading).html
    assert IN_WORDS in members(block, view.heading).caption
    for table in (rug_table(view), comparison_table(view)):
        assert f"Far North: {IN_WORDS} (indicator 5)." in table.caption


def test_dfes_page_says_it_once_under_the_table() -> None:
    view = view_with(
        examples.dfe_view(), 4, region=examples.position(4, "region").model_copy(update={"definitions": ON_EACH})
    )
    table = rug_table(view)
    assert table.caption.count(IN_WORDS) == 1
    assert table.html.count(IN_WORDS) == 1


def test_the_region_says_it_and_breaks_its_own_line() -> None:
    view = examples.regional_view()
    history = view.rows[0].history.model_copy(update={"breaks": (DefinitionChange(period="2025-26-Q2"),)})
    row = view.rows[0].model_copy(update={"definitions": ON_EACH, "history": history})
    view = view.model_copy(update={"rows": (row, *view.rows[1:])})
    for caption in (regional_rug(view)[0].caption, regional_picture(view).caption):
        assert f"Far North: {IN_WORDS} (indicator 1)." in caption
    assert "Dashed upright: definition changed (indicator 1)" in small_multiples(view).caption


def test_an_anonymised_page_says_that_definitions_differ_and_never_of_how_many() -> None:
    view = examples.anonymised_view()
    mixed = view.blocks[0].bands.model_copy(update={"definitions_differ": True})
    view = view_with(view, 0, bands=mixed)
    said = (
        rug_table(view).caption,
        small_multiples(view).caption,
        trend(view.blocks[0], view.heading).caption,
        " ".join(block_sentences(view.blocks[0])),
    )
    for words in said:
        assert words.count("of more than one definition") == 1
        assert not re.search(r"\d+ on the|\bearlier one\b", words)
    unmixed = (rug_table(examples.anonymised_view()).caption, small_multiples(examples.anonymised_view()).caption)
    assert not any("definition" in words for words in unmixed)
