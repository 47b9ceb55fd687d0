"""A small group on the page: its median alone, the own half, the reason, and nothing where quartiles would stand."""

from __future__ import annotations

import re

import pytest
from example_views import anonymised_view, dfe_view

from analysis.audit.intruder.page import read_page
from analysis.figures import bands_table, rug_table, small_multiples, trend
from analysis.views.anonymised import AnonymisedBlock, AnonymisedView, fourths_of
from analysis.views.bands_told import MIDDLE_HALF, reading
from analysis.views.model import Bands
from analysis.views.sentences import fourth_sentence
from analysis.views.words import CUT_SHORT, MEDIAN_ALONE


def alone(bands: Bands | None) -> Bands | None:
    if bands is None:
        return None
    medians = tuple(band.model_copy(update={"lower": None, "upper": None}) for band in bands.bands)
    return bands.model_copy(update={"bands": medians, "at_least": 10})


def in_half(block: AnonymisedBlock) -> AnonymisedBlock:
    bands = alone(block.bands)
    fourths = fourths_of(block.own, bands) if bands else ()
    latest = fourths[-1].fourth if fourths else ""
    return block.model_copy(update={"bands": bands, "fourths": fourths, "fourth": latest, "wide": None})


@pytest.fixture(scope="module")
def view() -> AnonymisedView:
    held = anonymised_view()
    return held.model_copy(update={"blocks": tuple(in_half(block) for block in held.blocks)})


def test_no_quartile_is_printed_anywhere(view: AnonymisedView) -> None:
    block = view.blocks[0]
    assert block.bands is not None
    table = bands_table(block, block.bands, view.heading)
    assert "quartile" not in table.html.lower()
    assert "Own half" in table.html
    drawn = trend(block, view.heading)
    assert not any("Middle half" in text for text in drawn.texts)
    assert any("median" in text for text in drawn.texts)
    assert "Shaded" not in drawn.caption + small_multiples(view).caption


def test_the_reason_is_said_and_names_nobody(view: AnonymisedView) -> None:
    block = view.blocks[0]
    assert MEDIAN_ALONE in trend(block, view.heading).caption
    numbers = [one.own.card.number for one in view.blocks if one.bands is not None]
    assert f"Median alone: {MEDIAN_ALONE} (indicators {', '.join(map(str, numbers))})" in rug_table(view).caption
    assert MIDDLE_HALF not in " ".join(reading(view.blocks))
    assert MIDDLE_HALF in " ".join(reading(anonymised_view().blocks))


def test_the_own_half_is_read_off_the_printed_median(view: AnonymisedView) -> None:
    for block in view.blocks:
        if block.bands is not None and block.own.latest.value is not None:
            above = block.own.latest.value > block.bands.bands[-1].median
            assert f"in the {'upper' if above else 'lower'} half" in fourth_sentence(block)


def test_the_intruder_reads_the_median_back_from_sentence_and_table(view: AnonymisedView) -> None:
    block = view.blocks[0]
    assert block.bands is not None
    table = bands_table(block, block.bands, view.heading).html
    content = f"<html><body><h3>1. First</h3><p>{fourth_sentence(block)}</p>{table}</body></html>"
    sentence, *rows = read_page("pack.html", content.encode()).bands
    assert (sentence.at_least, sentence.lower, sentence.upper) == ("10", "", "")
    assert float(sentence.median.replace(",", "")) == block.bands.bands[-1].median
    assert [float(row.median.replace(",", "")) for row in rows] == [band.median for band in block.bands.bands]
    assert {(row.lower, row.upper) for row in rows} == {("", "")}


def test_the_dfe_s_page_says_that_it_is_the_median() -> None:
    held = dfe_view()
    small = held.model_copy(
        update={"blocks": tuple(one.model_copy(update={"bands": alone(one.bands)}) for one in held.blocks)}
    )
    assert len(re.findall(r"median [\d,.]+<", rug_table(small).html)) == len(small.blocks)


def test_where_no_more_quarters_may_be_shown_the_page_says_why(view: AnonymisedView) -> None:
    block = view.blocks[0]
    assert block.bands is not None
    assert CUT_SHORT not in trend(block, view.heading).caption
    short = block.model_copy(update={"bands": block.bands.model_copy(update={"cut_short": True})})
    assert CUT_SHORT in trend(short, view.heading).caption
