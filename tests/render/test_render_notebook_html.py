"""The executed notebook itself, for an analyst."""

import pytest

from analysis.errors import UsageError
from analysis.render.nbhtml import notebook_html
from analysis.render.outline import read_outline
from analysis.views.model import Variant


@pytest.fixture(scope="module")
def content(executed):
    return notebook_html(executed, Variant.INTERNAL)


@pytest.mark.parametrize("variant", [variant for variant in Variant if variant is not Variant.INTERNAL])
def test_it_is_for_the_internal_variant_only(executed, variant):
    with pytest.raises(UsageError, match="not given away"):
        notebook_html(executed, variant)


def test_it_calls_out_to_nothing_and_runs_nothing(content):
    assert b"<script" not in content
    assert [each for each in read_outline(content).addresses if not each.startswith(("#", "data:"))] == []


def test_it_shows_code_pictures_and_tables_as_a_reader_expects(content):
    outline = read_outline(content)
    assert "checked_parameters" in outline.text
    assert outline.alternatives == ['Rose from 5 to "7" & fell', "Level throughout"]
    assert "Referrals, 12 quarters [c = 1 to 5]" in outline.text
    assert outline.tables[0][1] == ["Q1April to June", "1,234", "56.7"]
    assert "{=html}" not in outline.text.split("Referrals, 12 quarters")[-1]
    assert "fig-alt" not in outline.text
