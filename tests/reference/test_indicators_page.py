"""The page about the indicators is the registry's, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.reference.page import PAGE, page, write
from analysis.reference.registry import registry
from analysis.reference.sources import sources


def test_the_committed_page_is_current() -> None:
    made = page(registry(), sources()["published.csv"].datasets)
    assert PAGE.read_text(encoding="utf-8") == made, "run `python -m analysis.reference.page` and commit the page"


def test_writing_it_again_gives_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "methods" / "indicators.md"
    write(path)
    assert path.read_bytes() == PAGE.read_bytes()


@pytest.mark.parametrize("key", list(registry().indicators))
def test_each_indicator_stands_there_with_its_words_series_and_choices(key: str) -> None:
    text = PAGE.read_text(encoding="utf-8")
    indicator = registry().indicators[key]
    section = text.partition(f"### {key} ")[2].partition("\n### ")[0]
    assert f"> {indicator.annex_a}\n" in section
    for said in (*(series.id for series in indicator.series), *indicator.choices, indicator.polarity_source):
        assert said in section
    if indicator.published is not None and not indicator.published.like_for_like:
        assert f"**Not like for like.** {indicator.published.difference}" in section
