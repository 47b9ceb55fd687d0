"""Working copies that are older than a region keeps them. Returns as received are never among them."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analysis.config import Workspace
from analysis.errors import UsageError
from analysis.pipeline.drafts import FOLDER as DRAFTS
from analysis.reference.periods import Quarter
from analysis.registers.sharing import Retention

WORKING = frozenset({DRAFTS, "queries", "templates"})
"""Folders in `data/processed/` with what people worked on; the others there are stages."""


@dataclass(frozen=True)
class OldCopy:
    """A file, which part of the schedule it falls under, and the last day for which it was to be kept."""

    path: Path
    schedule: str
    kept_until: date


def old_copies(place: Workspace, source: str, region: str, retention: Retention, on: date) -> tuple[OldCopy, ...]:
    """The files whose time is over.

    Parameters
    ----------
    place
        Only `data/processed/` and `reports/out/` are looked at.
    source, region
        Whose.
    retention
        Months from the last day of the quarter that a file's folder or name is of. What is of no quarter stays.
    on
        The day.
    """
    return tuple(one for one in _dated(place, source, region, retention) if one.kept_until < on)


def _dated(place: Workspace, source: str, region: str, retention: Retention) -> Iterator[OldCopy]:
    for root, staging in ((place.out, True), (place.processed, False)):
        for path in sorted(root.rglob("*")):
            parts = path.relative_to(root).parts
            if not path.is_file() or region not in parts or not (source in parts or parts[0] == "templates"):
                continue
            quarter = _quarter(parts)
            # Manifests of reviews are what later releases and recalls are told from.
            if quarter is None or "review" in parts:
                continue
            schedule = "staging" if staging else "working" if parts[0] in WORKING else "stages"
            yield OldCopy(path, schedule, _months_after(quarter.last_day, getattr(retention, schedule)))


def _quarter(parts: tuple[str, ...]) -> Quarter | None:
    for part in (*parts[:-1], Path(parts[-1]).stem):
        try:
            return Quarter.parse(part)
        except UsageError:
            continue
    return None


def _months_after(day: date, months: int) -> date:
    """The last day of the month that lies so many months on."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])
