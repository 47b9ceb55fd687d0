"""Colours that everybody can read: WCAG contrast and order in grey, computed here from the standard's own formula."""

from __future__ import annotations

import itertools

import pytest

from analysis.figures import palette
from analysis.figures.palette import Fill


def channels(colour: str) -> list[float]:
    return [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


OF_READINGS = [palette.IMPROVEMENT, palette.CONCERN, palette.NEITHER]
ALL_FILLS = [
    *palette.SIXTHS,
    *palette.NEUTRAL_SIXTHS,
    *palette.FOURTHS.values(),
    palette.MADE_UP,
    *OF_READINGS,
]


def test_contrast_formula_gives_the_known_extremes() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("fill", ALL_FILLS, ids=lambda fill: fill.background)
def test_text_reaches_aa_on_every_fill(fill: Fill) -> None:
    assert contrast(fill.background, fill.text) >= 4.5


@pytest.mark.parametrize("colour", [palette.INK, palette.QUIET, palette.OWN, palette.MEDIAN])
def test_text_in_pictures_reaches_aa_on_white_and_on_the_watermark(colour: str) -> None:
    assert contrast(colour, palette.WHITE) >= 4.5
    assert contrast(colour, palette.WATERMARK) >= 4.2


def test_the_six_bands_are_the_analysis_functions_sequential_colours() -> None:
    assert [fill.background for fill in palette.SIXTHS] == [
        "#092135",
        "#12436D",
        "#2073BC",
        "#6BACE6",
        "#ADD1F1",
        "#F2F2F2",
    ]
    assert [fill.text for fill in palette.SIXTHS] == ["#FFFFFF"] * 3 + ["#000000"] * 3


@pytest.mark.parametrize("fills", [palette.SIXTHS, palette.NEUTRAL_SIXTHS], ids=["blue", "grey"])
def test_bands_stay_in_order_when_printed_in_grey(fills: tuple[Fill, ...]) -> None:
    shades = [
        0.299 * red + 0.587 * green + 0.114 * blue for red, green, blue in (channels(f.background) for f in fills)
    ]
    assert all(lighter - darker > 0.06 for darker, lighter in itertools.pairwise(shades))


def test_neutral_bands_have_no_hue() -> None:
    assert all(len(set(channels(fill.background))) == 1 for fill in palette.NEUTRAL_SIXTHS)


@pytest.mark.parametrize("reporting", range(6, 40))
def test_sixths_are_in_order_use_all_six_and_differ_in_size_by_one_at_most(reporting: int) -> None:
    found = [palette.sixth(position, reporting) for position in range(1, reporting + 1)]
    sizes = [found.count(band) for band in range(6)]
    assert found == sorted(band for band in found if band is not None)
    assert sum(sizes) == reporting
    assert max(sizes) - min(sizes) <= 1


def test_fewer_than_six_figures_are_not_banded() -> None:
    assert palette.sixth(1, 5) is None


def test_no_two_colours_of_a_picture_fall_together_when_it_is_written_with_few() -> None:
    bins = {tuple(int(value * 255) >> 3 for value in channels(colour)) for colour in palette.FLAT}
    assert len(bins) == len(set(palette.FLAT))
