"""What a trend shows, read from the texts that are drawn in it."""

from __future__ import annotations

import example_views as examples
import pytest

from analysis.figures import small_multiples, trend
from analysis.reference.status import Status
from analysis.views.model import Cell, Variant


def test_the_title_says_what_in_which_unit_over_which_time() -> None:
    view = examples.internal_view()
    texts = trend(view.blocks[0], view.heading).texts
    assert texts[0] == "1 Referrals"
    assert texts[1] == "Per 10,000 children aged 0 to 17, in the quarter"


def test_the_line_is_labelled_directly_with_its_latest_figure() -> None:
    view = examples.own_view()
    block = view.blocks[0]
    texts = trend(block, view.heading).texts
    assert f"{examples.AUTHORITIES[examples.OWN]} {block.own.latest.value:.1f}" in texts


def test_the_same_quarter_of_earlier_years_has_its_figure() -> None:
    view = examples.own_view()
    points = view.blocks[0].own.histories[0].points
    texts = trend(view.blocks[0], view.heading).texts
    printed = {f"{point.cell.value:.1f}": point.period[-2:] for point in points[:-1]}
    assert {printed[text] for text in texts if text in printed} == {"Q2"}
    assert sum(text in printed for text in texts) == 2


def test_each_kind_of_missing_has_its_mark_where_a_figure_would_be() -> None:
    view = examples.anonymised_view()
    drawing = trend(view.blocks[1], view.heading)
    assert {"..", "c"} <= set(drawing.texts)
    assert ".. = not submitted" in drawing.caption
    assert "c = a count of 1 to 5" in drawing.caption


def test_no_line_of_text_is_an_arrow_or_a_reading() -> None:
    view = examples.internal_view()
    texts = " ".join(text for block in view.blocks for text in trend(block, view.heading).texts)
    assert not set(texts) & set("↑↓→▲▼⬆⬇")
    assert "p =" not in texts


def test_groups_of_this_quarter_stand_beside_the_line_and_yearly_ones_do_not() -> None:
    view = examples.internal_view()
    block = view.blocks[0]
    texts = trend(block, view.heading).texts
    assert f"Far North mean {block.region.mean.value:.1f}" in texts
    assert f"Far North median {block.region.median.value:.1f}" in texts
    assert not any(text.startswith(("Statistical neighbours", "England")) for text in texts)


def test_a_public_trend_has_all_three_groups_of_its_year() -> None:
    view = examples.public_view()
    texts = " ".join(trend(view.blocks[0], view.heading).texts)
    assert "Statistical neighbours mean" in texts
    assert "England 136.7" in texts
    assert "2024-25" in texts


def test_bands_are_labelled_and_their_group_named() -> None:
    view = examples.anonymised_view()
    block = view.blocks[0]
    assert block.bands is not None
    band = block.bands.bands[-1]
    drawing = trend(block, view.heading)
    assert f"Far North median {band.median:g}" in drawing.texts
    assert f"Middle half {band.lower:g} to {band.upper:g}" in drawing.texts
    assert "at least 15 authorities" in drawing.caption


def test_where_there_are_no_bands_the_reason_is_given() -> None:
    view = examples.anonymised_view()
    drawing = trend(view.blocks[15], view.heading)
    assert "too few authorities with a figure" in drawing.caption
    assert not any("Middle half" in text for text in drawing.texts)


def test_bands_do_not_bridge_a_period_without_one() -> None:
    view = examples.anonymised_view()
    block = view.blocks[0]
    assert block.bands is not None
    holed = block.bands.model_copy(update={"bands": block.bands.bands[:4] + block.bands.bands[6:-1]})
    drawing = trend(block.model_copy(update={"bands": holed}), view.heading)
    assert not any("Middle half" in text for text in drawing.texts)
    assert drawing.png != trend(block, view.heading).png


@pytest.mark.parametrize("status", [Status.NOT_SUBMITTED, Status.NOT_AVAILABLE, Status.NOT_APPLICABLE])
def test_an_authority_without_any_figure_still_gets_its_picture(status: Status) -> None:
    view = examples.own_view()
    own = examples.own_figures(0, missing={place: Cell(status=status) for place in range(12)})
    drawing = trend(view.blocks[0].model_copy(update={"own": own}), view.heading)
    assert status.symbol in drawing.texts
    assert "no figure" in drawing.alt


def test_a_figure_of_zero_is_drawn_and_not_taken_for_missing() -> None:
    view = examples.own_view()
    own = examples.own_figures(0, missing={11: Cell(value=0.0)})
    texts = trend(view.blocks[0].model_copy(update={"own": own}), view.heading).texts
    assert f"{examples.AUTHORITIES[examples.OWN]} 0.0" in texts
    assert ".." not in texts


def test_a_long_title_is_broken_and_makes_the_picture_higher() -> None:
    view = examples.own_view()
    short, long = (trend(view.blocks[index], view.heading) for index in (0, 16))
    assert long.height_in > short.height_in
    assert "\n" in long.texts[0]


@pytest.mark.parametrize("variant", [Variant.INTERNAL, Variant.OWN, Variant.DFE, Variant.PUBLIC])
def test_a_block_is_refused_under_another_variants_heading(variant: Variant) -> None:
    with pytest.raises(TypeError, match="anonymised"):
        trend(examples.anonymised_view().blocks[0], examples.heading(variant))


def test_small_lines_hold_every_indicator_with_its_latest_figure() -> None:
    view = examples.own_view()
    texts = " ".join(" ".join(small_multiples(view).texts).split())
    for block in view.blocks:
        assert f"{block.own.card.number} {block.own.card.title}" in texts
        assert f"{block.own.latest.value:,.{block.own.card.decimals}f}" in texts


def test_a_single_figure_between_two_gaps_is_still_seen() -> None:
    view = examples.own_view()
    gap = examples.NOT_SUBMITTED
    alone, none = (
        examples.own_figures(0, missing={place: gap for place in range(12) if place not in kept})
        for kept in ({5}, set())
    )
    pictures = [
        small_multiples(view.model_copy(update={"blocks": (view.blocks[0].model_copy(update={"own": own}),)}))
        for own in (alone, none)
    ]
    assert pictures[0].png != pictures[1].png
