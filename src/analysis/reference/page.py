"""The page about the indicators, made from the registry: `python -m analysis.reference.page` writes it.

docs/methods/indicators.md is never edited by hand; a test holds it against the registry.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analysis.config import PACKAGE
from analysis.reference.indicators import POPULATION, Indicator, Polarity, Series, Window
from analysis.reference.registry import Registry, registry
from analysis.reference.sources import Dataset, sources

PAGE = PACKAGE.parents[1] / "docs" / "methods" / "indicators.md"

POLARITY = {
    Polarity.BETTER_HIGH: "higher is better",
    Polarity.BETTER_LOW: "lower is better",
    Polarity.NEUTRAL: "neutral: a position, never better or worse",
}
WINDOW = {Window.QUARTER: "the quarter", Window.ROLLING_YEAR: "the 12 months to the end of the quarter"}

HEAD = """\
# The indicators

This page is made from `src/analysis/reference/data/indicators.yml` by `python -m analysis.reference.page`. Change the
registry, not the page.

**Number**, **rate**, **percentage** and **duration** are the kinds of series. A percentage is a sum over a sum, never
an average of percentages; a duration is the days of all children over the number of children. A rate is per 10,000
children aged 0 to 17 and is not annualised. One mid-year estimate serves a whole financial year (2025-26: mid-2024).
Every flow is also given over the 12 months to the end of the quarter, where all four quarters are there; a count on
the last day of a period is never added up.

The **headline** is the series that is compared. Counts are not: they follow the size of the authority.
*Smallest base* is the denominator below which a figure has too few children behind it to be described.
"""


def page(known: Registry, published: dict[str, Dataset]) -> str:
    """The page as Markdown.

    Parameters
    ----------
    known
        The registry to describe.
    published
        `published.id` to what DfE publishes under it.
    """
    parts = [HEAD]
    for listed in known.sets.values():
        parts.append(f"## {listed.title} ({listed.edition})\n\n{listed.purpose}. Source: {listed.source}.\n")
        parts.extend("\n".join(_section(known, known.indicators[key], published)) for key in listed.indicators)
    return "\n".join(parts)


def _section(known: Registry, indicator: Indicator, published: dict[str, Dataset]) -> Iterator[str]:
    yield f"### {indicator.id} {indicator.title}\n"
    yield f"> {indicator.annex_a}\n"
    yield "| series | kind | numerator | denominator | times | decimals | smallest base |"
    yield "|---|---|---|---|---|---|---|"
    for series in indicator.series:
        yield _row(known, series, headline=series.id == indicator.headline)
    yield ""
    yield f"- **Group**: {indicator.group}. **Kind**: {indicator.kind}. **Version**: {indicator.version}."
    window = "the last day of the quarter" if indicator.kind == "stock" else WINDOW[indicator.window]
    yield f"- **The headline covers**: {window}."
    yield f"- **Over a year**: {indicator.annualisation}"
    yield f"- **Which way is better**: {POLARITY[indicator.polarity]}. Source: {indicator.polarity_source}."
    yield f"- **Published**: {_published(indicator, published)}"
    for choice in indicator.choices:
        yield f"- *Choice*: {choice}"
    yield ""


def _row(known: Registry, series: Series, *, headline: bool) -> str:
    denominator = ""
    if series.denominator is not None:
        population = series.denominator == POPULATION
        denominator = "children aged 0 to 17" if population else known.measures[series.denominator].name
    return (
        f"| {'**' if headline else ''}{series.id}{'** (headline)' if headline else ''} | {series.kind} "
        f"| {known.measures[series.numerator].name} | {denominator} "
        f"| {f'{series.multiplier:,.0f}' if series.denominator else ''} | {series.decimals} "
        f"| {series.minimum_n or ''} |"
    )


def _published(indicator: Indicator, published: dict[str, Dataset]) -> str:
    if indicator.published is None:
        return "nothing at the level of authorities."
    dataset = published[indicator.published.id]
    likeness = "Like for like." if indicator.published.like_for_like else "**Not like for like.**"
    told = f"{dataset.title}. {dataset.definition} Decimals: {dataset.decimals}. {likeness}"
    return f"{told} {indicator.published.difference}".strip()


def write(path: Path = PAGE) -> None:
    """Write the page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(registry(), sources()["published.csv"].datasets), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
