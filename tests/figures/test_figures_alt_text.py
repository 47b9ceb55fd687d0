"""Alternative text says the data: recomputed here from the view."""

from __future__ import annotations

import re

import example_views as examples

from analysis.figures import members, regional_picture, small_multiples, trend
from analysis.views.model import OwnFigures


def figures(own: OwnFigures) -> dict[str, float]:
    return {point.period: point.cell.value for point in own.histories[0].points if point.cell.value is not None}


def test_a_trend_says_first_latest_lowest_and_highest_with_their_periods() -> None:
    view = examples.own_view()
    for block in view.blocks:
        alt = trend(block, view.heading).alt
        values = figures(block.own)
        decimals = block.own.card.decimals
        low, high = min(values, key=values.__getitem__), max(values, key=values.__getitem__)
        assert block.own.card.title in alt
        assert f"{values[examples.QUARTERS[0]]:,.{decimals}f} in October to December 2022" in alt
        assert f"{values[examples.QUARTERS[-1]]:,.{decimals}f} in July to September 2025" in alt
        found = re.search(r"Lowest ([\d,.]+) in .+?, highest ([\d,.]+) in", alt)
        assert found is not None
        assert found[1] == f"{values[low]:,.{decimals}f}"
        assert found[2] == f"{values[high]:,.{decimals}f}"


def test_a_trend_says_what_is_missing_and_why() -> None:
    view = examples.own_view()
    alt = trend(view.blocks[1], view.heading).alt
    assert "No figure (not submitted): Q2 2023-24, Q3 2023-24." in alt
    assert re.search(r"No figure \(a count of 1 to 5[^)]*\): Q3 2024-25\.", alt)


def test_an_anonymised_trend_says_the_latest_band() -> None:
    view = examples.anonymised_view()
    block = view.blocks[0]
    assert block.bands is not None
    band = block.bands.bands[-1]
    expected = f"Middle half of Far North: {band.lower:g} to {band.upper:g}, median {band.median:g}."
    assert trend(block, view.heading).alt.endswith(expected)


def test_small_lines_say_how_many_are_above_and_below_a_year_before() -> None:
    view = examples.own_view()
    counts = {"higher": 0, "lower": 0}
    for block in view.blocks:
        values = figures(block.own)
        latest, before = (round(values[period], block.own.card.decimals) for period in ("2025-26-Q2", "2024-25-Q2"))
        counts["higher" if latest > before else "lower"] += latest != before
    alt = small_multiples(view).alt
    assert f"higher for {counts['higher']}, lower for {counts['lower']}" in alt


def test_small_lines_count_those_without_a_figure_apart() -> None:
    view = examples.own_view()
    gone = view.blocks[0].model_copy(update={"own": examples.own_figures(0, missing={11: examples.NOT_SUBMITTED})})
    same = view.blocks[0].model_copy(update={"own": examples.own_figures(0, missing={7: view.blocks[0].own.latest})})
    alt = small_multiples(view.model_copy(update={"blocks": (gone, same)})).alt
    assert "the same for 1." in alt
    assert "1 has no figure to compare." in alt


def test_a_line_without_any_figure_says_once_why() -> None:
    view = examples.own_view()
    hidden = examples.own_figures(0, missing=dict.fromkeys(range(12), examples.SUPPRESSED))
    alt = trend(view.blocks[0].model_copy(update={"own": hidden}), view.heading).alt
    assert alt.endswith("No figure (a count of 1 to 5, or a figure that would give one away): all of them.")
    assert alt.count("give one away") == 1


def test_members_say_the_own_figure_the_span_and_who_is_missing() -> None:
    view = examples.internal_view()
    block = view.blocks[0]
    values = [member.cell.value for member in block.members if member.cell.value is not None]
    alt = members(block, view.heading).alt
    assert f"{examples.AUTHORITIES[examples.OWN]}: {block.own.latest.value:.1f}." in alt
    assert f"from {min(values):.1f} to {max(values):.1f}" in alt
    assert f"mean {block.region.mean.value:.1f}, median {block.region.median.value:.1f}" in alt
    assert "No figure: East Farrowshire not submitted." in alt


def test_the_regional_picture_says_how_much_of_it_is_there() -> None:
    view = examples.regional_view()
    cells = [member.cell for row in view.rows for member in row.members]
    given = sum(cell.value is not None for cell in cells)
    assert f"{given} of {len(cells)} cells have a figure" in regional_picture(view).alt
