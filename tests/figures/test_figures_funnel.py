"""Funnels as pictures: who is named, who may see them, and what the alternative text says."""

from __future__ import annotations

import example_views as examples
import numpy as np
import pytest

from analysis.figures.funnel import funnel_picture
from analysis.signals.funnel import Scale, funnel
from analysis.views.charts import FunnelChart, funnel_chart
from analysis.views.model import Variant

MEMBERS = list(examples.AUTHORITIES.items())
POPULATIONS = np.linspace(25_000, 340_000, len(MEMBERS))
FAR, GONE = 7, 4
HEADING = examples.heading(Variant.INTERNAL)


def counts() -> np.ndarray:
    """About 130 per 10,000 in each; one authority has three times that, and one has sent nothing."""
    rates = np.array([0.011, 0.013, 0.015])[np.arange(len(MEMBERS)) % 3]
    found = np.round(rates * POPULATIONS)
    found[FAR] *= 3
    found[GONE] = np.nan
    return found


def chart() -> FunnelChart:
    found = funnel_chart(
        examples.card(0), Scale.RATE, MEMBERS, counts(), POPULATIONS, multiplier=1e4, size_words="children aged 0 to 17"
    )
    assert found is not None
    return found


def test_named_are_the_own_authority_and_those_beyond_the_outer_limits_alone() -> None:
    words = " ".join(" ".join(funnel_picture(chart(), HEADING).texts).split())
    named = {name for name in examples.NAMES if name in words}
    assert named == {examples.AUTHORITIES[examples.OWN], examples.NAMES[FAR]}


def test_the_alt_text_says_where_the_own_authority_lies_and_who_is_beyond() -> None:
    alt = funnel_picture(chart(), HEADING).alt
    own = counts()[1] / POPULATIONS[1] * 1e4
    assert f"Brackwater and Holme: {own:.1f}, within the limits." in alt
    assert f"Beyond the outer limits: {examples.NAMES[FAR]} above." in alt
    assert f"No figure: {examples.NAMES[GONE]}." in alt
    assert "18 authorities of Far North" in alt


def test_an_own_authority_without_a_figure_is_said_to_have_none() -> None:
    missing = counts()
    missing[1] = np.nan
    found = funnel_chart(examples.card(0), Scale.RATE, MEMBERS, missing, POPULATIONS, multiplier=1e4, size_words="x")
    assert found is not None
    assert "Brackwater and Holme: no figure." in funnel_picture(found, HEADING).alt


def test_figures_and_lines_are_in_the_unit_of_the_page() -> None:
    found, plain = chart(), funnel(Scale.RATE, counts(), POPULATIONS)
    assert plain is not None
    assert found.centre == pytest.approx(plain.centre * 1e4)
    lower, upper = plain.limits(np.array([found.lines[9].size]), 1.959964)
    assert (found.lines[9].lower, found.lines[9].upper) == pytest.approx((lower[0] * 1e4, upper[0] * 1e4))
    assert found.without == (examples.NAMES[GONE],)


@pytest.mark.parametrize("variant", [Variant.OWN, Variant.ANONYMISED, Variant.DFE, Variant.PUBLIC])
def test_no_other_reader_gets_a_funnel(variant: Variant) -> None:
    with pytest.raises(TypeError, match="marks each member"):
        funnel_picture(chart(), examples.heading(variant))


@pytest.mark.parametrize("width", [3.0, 7.0])
def test_a_percentage_is_drawn_at_small_sizes_and_ends_at_100(width: float) -> None:
    whole = np.floor(POPULATIONS / 500)
    part = np.floor(whole * np.linspace(0.8, 0.99, len(MEMBERS)))
    found = funnel_chart(
        examples.card(3), Scale.PERCENTAGE, MEMBERS, part, whole, multiplier=100, size_words="assessments completed"
    )
    assert found is not None
    drawing = funnel_picture(found, HEADING, width=width)
    assert drawing.png.startswith(b"\x89PNG")
    assert "100" in drawing.texts
    assert max(line.highest for line in found.lines) <= 100


def test_made_up_data_says_so() -> None:
    drawing = funnel_picture(chart(), examples.heading(Variant.INTERNAL, made_up=True))
    assert "MADE-UP DATA" in drawing.texts
    assert "MADE-UP DATA" in drawing.caption


def test_too_few_members_have_no_funnel() -> None:
    few = funnel_chart(
        examples.card(0), Scale.RATE, MEMBERS[:4], counts()[:4], POPULATIONS[:4], multiplier=1e4, size_words="x"
    )
    assert few is None


def test_who_is_being_asked_about_is_named_and_has_no_part_in_the_limits() -> None:
    name, without = examples.NAMES[FAR], counts()
    without[FAR] = np.nan
    asked = funnel_chart(
        examples.card(0),
        Scale.RATE,
        MEMBERS,
        counts(),
        POPULATIONS,
        multiplier=1e4,
        size_words="children",
        being_asked=[name],
    )
    plain = funnel(Scale.RATE, without, POPULATIONS)
    assert asked is not None
    assert plain is not None
    assert asked.centre == pytest.approx(plain.centre * 1e4)
    [member] = [one for one in asked.members if one.asked]
    assert (member.name, member.outside) == (name, 0)
    drawing = funnel_picture(asked, HEADING)
    assert f"Being asked about, and no part of the group's figure and limits: {name}." in drawing.alt
    assert "Beyond the outer limits: nobody." in drawing.alt
    assert name in " ".join(" ".join(drawing.texts).split())


def test_a_picture_that_stands_alone_has_caption_and_marking_in_it() -> None:
    alone, beside = (funnel_picture(chart(), HEADING, stands_alone=given) for given in (True, False))
    words = " ".join(" ".join(alone.texts).split())
    assert f"{alone.caption} {HEADING.marking}" in words
    assert alone.caption == beside.caption
    assert alone.height_in > beside.height_in
    assert beside.svg == b""
    assert b"</svg>" in alone.svg
