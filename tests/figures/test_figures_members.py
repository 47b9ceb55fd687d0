"""The region side by side: by name, everybody there, nobody ranked."""

from __future__ import annotations

import example_views as examples
from lxml import html as lxml_html

from analysis.figures import members, members_table
from analysis.views.model import Cell


def test_members_stand_in_alphabetical_order_whatever_their_figures() -> None:
    view = examples.internal_view()
    block = view.blocks[0].model_copy(update={"members": tuple(reversed(view.blocks[0].members))})
    texts = members(block, view.heading).texts
    names = [text for text in texts if text in examples.NAMES]
    assert names == sorted(examples.NAMES)


def test_each_member_has_its_figure_or_the_reason_for_none() -> None:
    view = examples.internal_view()
    texts = members(view.blocks[0], view.heading).texts
    for member in view.blocks[0].members:
        assert ("not submitted" if member.cell.value is None else f"{member.cell.value:,.1f}") in texts


def test_mean_and_median_of_the_region_are_labelled() -> None:
    view = examples.public_view()
    region = view.blocks[0].region
    texts = members(view.blocks[0], view.heading).texts
    assert f"mean {region.mean.value:.1f}" in texts
    assert f"median {region.median.value:.1f}" in texts


def test_a_region_without_any_figure_still_gets_its_picture() -> None:
    view = examples.internal_view()
    block = view.blocks[0]
    nothing = Cell(status=examples.NOT_SUBMITTED.status)
    empty = block.model_copy(
        update={
            "members": tuple(member.model_copy(update={"cell": nothing}) for member in block.members),
            "region": block.region.model_copy(update={"mean": nothing, "median": nothing}),
        }
    )
    drawing = members(empty, view.heading)
    assert not any(text.startswith(("mean", "median")) for text in drawing.texts)
    assert drawing.alt.count("not submitted") == len(examples.NAMES)


def test_the_table_says_the_same_and_marks_the_own_row() -> None:
    view = examples.internal_view()
    tree = lxml_html.fromstring(members_table(view.blocks[0], view.heading).html)
    names = [row.text_content() for row in tree.xpath("//tbody//th")]
    assert names == sorted(examples.NAMES)
    (own,) = tree.xpath("//tr[@class='own']")
    assert own[0].text_content() == examples.AUTHORITIES[examples.OWN]
    assert own[1].text_content() == f"{view.blocks[0].own.latest.value:.1f}"
