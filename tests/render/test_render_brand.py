"""The region's colour."""

import pytest

from analysis.config import workspace
from analysis.errors import BadReferenceError
from analysis.render.brand import contrast_on_white, primary_colour


def brand(tmp_path, text):
    path = tmp_path / "_brand.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_kits_own_brand_is_legible():
    assert contrast_on_white(primary_colour(workspace().quarto_project / "_brand.yml")) >= 7


@pytest.mark.parametrize(
    ("colour", "contrast"),
    # From the WCAG's own definition: black 21, white 1; #767676 is the palest grey that passes, #777777 doesn't.
    [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54), ("#777777", 4.48), ("#ff0000", 4.0)],
)
def test_contrast_is_that_of_wcag(colour, contrast):
    assert contrast_on_white(colour) == pytest.approx(contrast, abs=0.005)


def test_a_colour_may_be_named_or_written(tmp_path):
    assert primary_colour(brand(tmp_path, "color:\n  palette: {green: '#0B5D1E'}\n  primary: green\n")) == "#0b5d1e"
    assert primary_colour(brand(tmp_path, "color: {primary: '#801650'}\nlogo: x.png\n")) == "#801650"


@pytest.mark.parametrize(
    "text",
    ["color: {primary: '#ffdd00'}", "color: {primary: navy}", "color: {primary: '#123'}", "color: {primary: '#12345g'}",
     "color: {}", "colour: {primary: '#000000'}", "color: [", ""],
)  # fmt: skip
def test_a_brand_that_cant_be_read_or_used_is_refused(tmp_path, text):
    with pytest.raises(BadReferenceError):
        primary_colour(brand(tmp_path, text))
