"""XmR charts as pictures: what is drawn where, read from the texts, the lines and the alternative text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import example_views as examples
import pytest

from analysis.figures import palette
from analysis.figures.alt_charts import NO_TEST
from analysis.figures.sheet import Sheet
from analysis.figures.xmr import xmr_picture
from analysis.reference.indicators import Polarity, Window
from analysis.signals.variation import Variation
from analysis.views.charts import XmrChart, xmr_chart
from analysis.views.model import Cell, DefinitionChange, History, Point, Variant

RISEN = [143.7, 122.8, 125.8, 127.5, 124.2, 124.3, 134.5, 129.3, 130.9, 163.1, 152.1, 166.3, 163.7, 151.9, 161.4, 152.8]
STEADY = [82.1, 81.4, 83.0, 80.9, 82.5, 81.8, 79.0, 78.2, 82.6, 81.1, 83.4, 77.0, 76.4, 82.0, 81.5, 82.3]
HEADING = examples.heading(Variant.OWN)


def chart(
    values: Sequence[float | None], index: int = 0, *, target: float | None = None, breaks: Sequence[int] = (),
    polarity: Polarity = Polarity.NEUTRAL,
) -> XmrChart:  # fmt: skip
    card = examples.card(index).model_copy(update={"polarity": polarity})
    quarters = [str(quarter) for quarter in examples.PERIOD.back(len(values))]
    cells = [examples.NOT_SUBMITTED if value is None else Cell(value=value) for value in values]
    history = History(
        series="headline",
        kind="percentage" if card.kind == "percentage" else "rate",
        label=card.title,
        unit=card.unit,
        decimals=card.decimals,
        window=Window.QUARTER,
        points=tuple(Point(period=period, cell=cell) for period, cell in zip(quarters, cells, strict=True)),
        breaks=tuple(DefinitionChange(period=quarters[at]) for at in breaks),
    )
    return xmr_chart(card, history, target)


Lines = list[tuple[list[float], list[float], dict[str, Any]]]


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Lines:
    """Every line that is drawn, in inches."""
    drawn: Lines = []
    draw = Sheet.line

    def keep(page: Sheet, xs: Sequence[float], ys: Sequence[float], **look: object) -> None:
        drawn.append((list(xs), list(ys), look))
        draw(page, xs, ys, **look)

    monkeypatch.setattr(Sheet, "line", keep)
    return drawn


def own_line(lines: Lines) -> list[tuple[float, float]]:
    found = [(xs, ys) for xs, ys, look in lines if look.get("color") == palette.OWN and len(xs) > 1]
    assert len(found) == 1
    return list(zip(*found[0], strict=True))


def test_title_limits_mean_and_latest_figure_are_written() -> None:
    texts = xmr_picture(chart(RISEN), HEADING).texts
    assert texts[0] == "1 Referrals"
    assert {"Mean 142.1", "Upper limit 161.8", "Lower limit 122.4"} <= set(texts)
    assert any(" ".join(text.split()) == "Brackwater and Holme 152.8" for text in texts)


def test_the_alt_text_says_the_latest_figure_its_limits_and_what_is_beyond_chance() -> None:
    alt = xmr_picture(chart(RISEN), HEADING).alt
    assert "152.8 in July to September 2025, mean 142.1, lower limit 122.4, upper limit 161.8." in alt
    assert "Q4 2021-22 to Q4 2022-23 (two of three near the lower limit)" in alt
    assert "Q4 2023-24 (above the upper limit)" in alt
    assert "Q4 2024-25 to Q2 2025-26 (one of seven or more above the mean)." in alt
    assert alt.endswith(f"{NO_TEST}.")


def test_the_alt_text_says_that_nothing_is_beyond_chance() -> None:
    alt = xmr_picture(chart(STEADY, 3), HEADING).alt
    assert "No point is marked." in alt
    assert "Marked" not in xmr_picture(chart(STEADY, 3), HEADING).caption


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (80.0, "meets the target at some times and misses it at others, by chance"),
        (70.0, "meets the target every time"),
        (90.0, "misses the target every time"),
    ],
)
def test_a_target_is_drawn_and_what_the_limits_say_of_it_is_said(target: float, words: str) -> None:
    drawing = xmr_picture(chart(STEADY, 3, target=target, polarity=Polarity.BETTER_HIGH), HEADING)
    assert f"Target {target:.1f}" in drawing.texts
    assert f"Target {target:.1f}: a series that goes on like this {words}." in drawing.alt
    assert words in drawing.caption


def test_of_a_neutral_indicator_a_target_says_nothing_and_no_end_is_better() -> None:
    drawing = xmr_picture(chart(RISEN, target=120.0), HEADING)
    assert drawing.alt.endswith(f"Target 120.0. {NO_TEST}.")
    assert "better" not in drawing.caption
    assert set(chart(RISEN).variations) <= {Variation.COMMON_CAUSE, Variation.NEUTRAL_HIGH, Variation.NEUTRAL_LOW}


def test_a_mark_is_a_letter_and_its_colour_says_which_end_is_better(lines: Lines) -> None:
    better = xmr_picture(chart(RISEN, polarity=Polarity.BETTER_LOW), HEADING)
    assert {"H", "L"} <= set(better.texts)
    assert "H: high or rising; L: low or falling" in better.caption
    assert "orange: away from the end that is counted as better" in better.caption
    dots = [look["color"] for xs, _, look in lines if look.get("marker") == "o" and look["markersize"] > 5]
    assert dots == [palette.IMPROVEMENT.background] * 8 + [palette.CONCERN.background] * 7
    lines.clear()
    xmr_picture(chart(RISEN), HEADING)
    dots = [look["color"] for xs, _, look in lines if look.get("marker") == "o" and look["markersize"] > 5]
    assert dots == [palette.NEITHER.background] * 15


def test_a_missing_figure_leaves_a_gap_with_its_mark(lines: Lines) -> None:
    drawing = xmr_picture(chart([*STEADY[:5], None, *STEADY[5:]], 3), HEADING)
    places = own_line(lines)
    assert len(places) == 17
    assert [at for at, (_, y) in enumerate(places) if y != y] == [5]
    assert ".." in drawing.texts
    assert "No figure (not submitted): Q3 2022-23." in drawing.alt
    assert ".. = not submitted" in drawing.caption


def test_no_line_runs_across_a_change_of_definition(lines: Lines) -> None:
    drawing = xmr_picture(chart([*STEADY, *(value / 2 for value in STEADY)], 3, breaks=[16]), HEADING)
    change = next(xs[0] for xs, ys, look in lines if xs[0] == xs[-1] and look.get("color") == palette.INK)
    for (x, y), (next_x, next_y) in pairwise(own_line(lines)):
        assert not (x < change < next_x) or y != y or next_y != next_y
    levels = [xs for xs, ys, look in lines if look.get("color") == palette.QUIET and look.get("zorder") == 2]
    assert len(levels) == 6
    assert all(max(xs) <= change + 1e-9 or min(xs) >= change - 1e-9 for xs in levels)
    assert "definition changed" in drawing.texts
    assert "limits and rules begin anew there" in drawing.caption
    assert "the line is broken there" in drawing.alt
    assert not any(chart([*STEADY, *(value / 2 for value in STEADY)], 3, breaks=[16]).marks)


def test_limits_from_few_figures_are_said_to_be_on_trial() -> None:
    few, enough = (xmr_picture(chart(STEADY[:count], 3), HEADING) for count in (12, 13))
    assert "on trial" in few.caption
    assert "on trial" in few.alt
    assert "on trial" not in enough.caption + enough.alt


def test_limits_that_no_figure_can_reach_are_neither_drawn_nor_told() -> None:
    low = xmr_picture(chart([1.0, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]), HEADING)
    assert not any(text.startswith("Lower limit") for text in low.texts)
    assert "lower limit" not in low.alt.split("More than")[0]
    assert "-0.7" not in low.alt
    high = xmr_picture(chart([97.0, 99, 96, 100, 98, 97, 100, 99, 96, 100, 98, 99, 97], 3), HEADING)
    assert not any(text.startswith("Upper limit") for text in high.texts)
    assert max(int(text) for text in high.texts if text.isdigit()) == 100


@pytest.mark.parametrize("values", [[None] * 8, [5.0], [5.0, None, 6.0], [7.0] * 14, [0.0] * 14])
def test_a_series_without_figures_ranges_or_movement_is_drawn(values: list[float | None]) -> None:
    drawing = xmr_picture(chart(values, target=3.0), HEADING)
    assert "Target 3.0" in drawing.texts
    assert not any(chart(values).marks)
    if values == [7.0] * 14:
        assert "Mean, never moved 7.0" in drawing.texts


@pytest.mark.parametrize("width", [3.0, 4.5, 7.0])
@pytest.mark.parametrize("count", [1, 16, 40])
def test_it_is_drawn_at_small_sizes_with_labels_apart(width: float, count: int, lines: Lines) -> None:
    drawing = xmr_picture(chart((RISEN * 3)[:count], breaks=[20] if count > 20 else ()), HEADING, width=width)
    assert drawing.png.startswith(b"\x89PNG")
    assert drawing.width_in == width
    assert all(0 <= x <= width for xs, _, _ in lines for x in xs)
    assert all(y != y or 0 <= y <= drawing.height_in for _, ys, _ in lines for y in ys)


def test_made_up_data_says_so_in_the_pixels_and_the_caption() -> None:
    made_up, real = (xmr_picture(chart(RISEN), examples.heading(Variant.OWN, made_up=given)) for given in (True, False))
    assert "MADE-UP DATA" in made_up.texts
    assert "MADE-UP DATA" in made_up.caption
    assert "MADE-UP DATA" not in (*real.texts, real.caption)
    assert made_up.png != real.png


def test_the_same_chart_is_the_same_bytes() -> None:
    assert xmr_picture(chart(RISEN), HEADING).png == xmr_picture(chart(RISEN), HEADING).png


def test_a_rolling_series_has_no_chart() -> None:
    own = examples.own_figures(15)
    with pytest.raises(ValueError, match="overlapping"):
        xmr_chart(own.card, own.histories[0])


def test_the_axis_says_where_it_begins_if_not_at_zero() -> None:
    assert "The axis begins at 120." in xmr_picture(chart(RISEN), HEADING).caption
    assert "axis" not in xmr_picture(chart([1.0, 9, 4, 6, 2, 8] * 3), HEADING).caption


def test_a_figure_that_is_being_asked_about_is_drawn_and_limits_do_not_know_of_it() -> None:
    values = [*STEADY[:-1], 900.0]
    without, plain = chart([*STEADY[:-1], None], 3), chart(values, 3)
    periods = [point.period for point in plain.history.points]
    asked = xmr_chart(plain.card, plain.history, being_asked=periods[-1:])
    assert asked.segments == without.segments
    assert asked.marks[-1] == 0
    assert plain.marks[-1] > 0
    drawing = xmr_picture(asked, HEADING)
    assert "Being asked about, and no part of mean and limits:" in drawing.alt
    assert "900" in " ".join(drawing.texts)


def test_vectors_hold_the_same_words_as_outlines_and_the_alternative_text() -> None:
    made_up = examples.heading(Variant.OWN, made_up=True)
    drawing = xmr_picture(chart(RISEN), made_up, stands_alone=True)
    drawn = ElementTree.fromstring(drawing.svg)
    space = {"svg": "http://www.w3.org/2000/svg"}
    told = f"{drawing.alt} {drawing.caption} {made_up.marking}"
    assert drawn.findtext("svg:desc", namespaces=space) == told
    assert "MADE-UP DATA" in told
    assert "Matplotlib" not in drawing.svg.decode()
    assert drawn.find(".//svg:text", space) is None
    # One outline a line of text, beside the shapes; MADE-UP DATA is a text too, and lies under all as well.
    real = ElementTree.fromstring(xmr_picture(chart(RISEN), HEADING, stands_alone=True).svg)
    assert len(drawn.findall(".//svg:path", space)) >= len(real.findall(".//svg:path", space)) + 3
    assert drawing.svg == xmr_picture(chart(RISEN), made_up, stands_alone=True).svg
    assert drawing.png != drawing.svg


@pytest.mark.parametrize("values", [[82.0], [82.0, 83.0], [None, 83.0]])
def test_hardly_any_figures_or_none_but_those_asked_about_have_no_limits_and_a_picture(
    values: list[float | None],
) -> None:
    plain = chart(values, 3)
    periods = [point.period for point in plain.history.points]
    for asked in ((), periods[-1:], periods):
        drawing = xmr_picture(xmr_chart(plain.card, plain.history, being_asked=asked), HEADING, stands_alone=True)
        assert f"{values[-1]:.1f} in July to September 2025" in drawing.alt
        assert drawing.svg
