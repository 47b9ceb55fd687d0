"""The regional rug: shaded by positions that scipy computes here, members by name, all indicators once."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

import example_views as examples
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from scipy.stats import rankdata

from analysis.figures import palette, regional_picture, regional_rug, small_multiples
from analysis.figures.regional import shading
from analysis.reference.indicators import Polarity
from analysis.views.model import Cell, Member

VIEW = examples.regional_view()
values = st.lists(st.one_of(st.none(), st.integers(0, 12).map(float)), min_size=1, max_size=25)


def half_up(value: float, decimals: int) -> str:
    return f"{Decimal(str(value)).quantize(Decimal(10) ** -decimals, ROUND_HALF_UP):,}"


@given(values, st.sampled_from(list(Polarity)))
def test_shading_follows_positions_with_ties_as_minimum(figures: list[float | None], polarity: Polarity) -> None:
    members = [
        Member(authority=str(place), name=str(place), cell=Cell(value=value)) for place, value in enumerate(figures)
    ]
    shown = {place: value for place, value in enumerate(figures) if value is not None}
    found = shading(members, polarity, frozenset(str(place) for place in range(len(figures))))
    if len(shown) < 6:
        assert found == {}
        return
    sign = 1 if polarity is Polarity.BETTER_LOW else -1
    ranks = rankdata([sign * value for value in shown.values()], method="min")
    fills = palette.NEUTRAL_SIXTHS if polarity is Polarity.NEUTRAL else palette.SIXTHS
    assert found == {
        str(place): fills[int((rank - 1) * 6 // len(shown))] for place, rank in zip(shown, ranks, strict=True)
    }


def test_every_indicator_is_in_one_table_and_groups_stay_together() -> None:
    heads = [
        head.text_content()
        for part in regional_rug(VIEW)
        for head in lxml_html.fromstring(part.html).xpath("./thead//th")[1:]
    ]
    assert [head.split(" ")[0] for head in heads] == [str(row.card.number) for row in VIEW.rows]
    assert [len(lxml_html.fromstring(part.html).xpath("./thead//th")) - 1 for part in regional_rug(VIEW)] == [
        5,
        6,
        3,
        4,
    ]


@pytest.mark.parametrize("part", regional_rug(VIEW), ids=lambda part: part.label)
def test_members_are_in_alphabetical_order_with_the_region_below(part: object) -> None:
    rows = lxml_html.fromstring(part.html).xpath("./tbody/tr/th")  # type: ignore[attr-defined]
    names = [row.text_content() for row in rows]
    assert names[:-3] == sorted(examples.NAMES)
    assert names[-3:] == ["Far North, pooled", "Far North, mean", "Far North, median"]


def test_a_member_from_outside_and_a_missing_figure_are_not_shaded() -> None:
    tree = lxml_html.fromstring(regional_rug(VIEW)[0].html)
    styles = {row[0].text_content(): [cell.get("style") for cell in row[1:]] for row in tree.xpath("./tbody/tr")}
    assert set(styles["West Farrowshire"]) == {None}
    assert set(styles["East Farrowshire"]) == {None}
    assert None not in styles["Ambleshire"]


def test_neutral_indicators_are_grey_and_the_others_blue() -> None:
    for part in regional_rug(VIEW):
        tree = lxml_html.fromstring(part.html)
        heads = tree.xpath("./thead//th")[1:]
        cells = tree.xpath("./tbody/tr[1]/td")
        for head, cell in zip(heads, cells, strict=True):
            row = VIEW.rows[int(head.text_content().split(" ")[0]) - 1]
            background = re.search(r"background-color: (#\w{6})", cell.get("style"))
            assert background is not None
            fills = palette.NEUTRAL_SIXTHS if row.card.polarity is Polarity.NEUTRAL else palette.SIXTHS
            assert background[1] in {fill.background for fill in fills}


@pytest.mark.parametrize("draw", [regional_picture, small_multiples])
def test_a_picture_of_the_region_fits_a_landscape_page_below_its_heading(draw) -> None:
    drawing = draw(VIEW)
    assert drawing.width_in <= 10.43
    assert drawing.height_in <= 5.6


def test_the_picture_names_every_member_and_indicator() -> None:
    drawing = regional_picture(VIEW)
    texts = " ".join(" ".join(drawing.texts).split())
    for name in examples.NAMES:
        assert name in drawing.texts
    for row in VIEW.rows:
        assert f"{row.card.number} {row.card.title}, {row.card.unit}" in texts
        for member in row.members:
            if member.cell.value is not None:
                assert half_up(member.cell.value, row.card.decimals) in drawing.texts


def test_a_small_region_is_drawn_without_shading() -> None:
    rows = tuple(row.model_copy(update={"members": row.members[:3]}) for row in VIEW.rows)
    drawing = regional_picture(VIEW.model_copy(update={"rows": rows}))
    assert "Carrowmere" in drawing.texts
