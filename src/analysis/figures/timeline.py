"""Periods in a reader's words, and as labels along an axis. Quarters and financial years alike."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.errors import UsageError
from analysis.reference.periods import Quarter

_ALL_YEARS = 7
_NARROW, _YEAR = 0.2, 0.5
"""Inches that the label of a quarter needs, and that of a year."""


def quarter_of(period: str) -> Quarter | None:
    """The quarter behind `2025-26-Q2`; None for a year such as `2024-25`."""
    try:
        return Quarter.parse(period)
    except UsageError:
        return None


def period_words(period: str) -> str:
    """`July to September 2025`; a financial year stays `2024-25`."""
    quarter = quarter_of(period)
    return quarter.words if quarter else period


def short_period(period: str) -> str:
    """`Q2 2025-26`; a financial year stays `2024-25`."""
    quarter = quarter_of(period)
    return quarter.short if quarter else period


def tick_labels(periods: Sequence[str]) -> list[str]:
    """One label a period: `Q1`, with the financial year below the first quarter of each that is shown.

    Years are labelled each, or every other one back from the latest where there are more than seven.
    """
    labels = []
    year = ""
    for index, period in enumerate(periods):
        quarter = quarter_of(period)
        if quarter is None:
            skipped = len(periods) > _ALL_YEARS and (len(periods) - index) % 2 == 0
            labels.append("" if skipped else period)
        elif quarter.year == year:
            labels.append(f"Q{quarter.number}")
        else:
            labels.append(f"Q{quarter.number}\n{quarter.year}")
            year = quarter.year
    return labels


def sparse_labels(periods: Sequence[str], step: float) -> list[str]:
    """The same labels where steps of so many inches hold them; else those with a year, and apart from each other."""
    labels = tick_labels(periods)
    if step >= _NARROW:
        return labels
    kept: list[int] = []
    for index in reversed([index for index, label in enumerate(labels) if "\n" in label or "-" in label]):
        if not kept or (kept[-1] - index) * step >= _YEAR:
            kept.append(index)
    return [label if index in kept else "" for index, label in enumerate(labels)]


def same_season(periods: Sequence[str]) -> list[int]:
    """Where the latest period's quarter of the year stands among these; first and last where they are years."""
    last = quarter_of(periods[-1])
    if last is None:
        return sorted({0, len(periods) - 1})
    found = []
    for index, period in enumerate(periods):
        quarter = quarter_of(period)
        if quarter is not None and quarter.number == last.number:
            found.append(index)
    return found


def year_before(periods: Sequence[str]) -> int | None:
    """Where the period a year before the latest stands among these; None where it isn't shown."""
    last = quarter_of(periods[-1])
    if last is None:
        return len(periods) - 2 if len(periods) > 1 else None
    wanted = str(last.shift(-4))
    return periods.index(wanted) if wanted in periods else None
