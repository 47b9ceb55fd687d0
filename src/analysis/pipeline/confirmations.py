"""What each authority of a quarter confirmed: the figures that it was asked about, by their hash, and its answer."""

from __future__ import annotations

import hashlib

import pandas as pd

from analysis.pipeline.collection import Collection
from analysis.registers.confirmations import Confirmation, UnusualReading, confirmation_of
from analysis.signals.schema import PROMPTS

_BEFORE = 3
"""Quarters before the first shown that its 12 months reach back over."""


def confirmations_of(collection: Collection) -> dict[str, Confirmation]:
    """How the quarter of each authority stands, by DfE code.

    Raises
    ------
    BrokenLogError
        If the region's log is not whole.
    """
    period = str(collection.period)
    return {code: confirmation_of(collection.log, code, period, one) for code, one in figures_now(collection).items()}


def unusual_readings(collection: Collection) -> dict[str, tuple[UnusualReading, ...]]:
    """What is unusual for each authority: the prompts of the quarter by DfE code; nobody without one is in it."""
    listed = {one.headline: one.id for one in collection.indicator_list}
    rows = collection.signals[collection.signals["reading"].isin(PROMPTS)]
    found: dict[str, list[UnusualReading]] = {}
    columns = (rows[name].tolist() for name in ("authority", "series", "test", "reading"))
    for code, series, test, reading in zip(*columns, strict=True):
        one = UnusualReading(indicator=listed[series], test=test, reading=reading)
        found.setdefault(code, []).append(one)
    return {code: tuple(sorted(readings, key=lambda one: one.key)) for code, readings in sorted(found.items())}


def figures_now(collection: Collection) -> dict[str, str]:
    """The SHA-256 of each authority's own figures, corrections included, as far back as its pages go.

    Notes
    -----
    Of counts and averages as sent or corrected, and of marks for missing ones; not of notes, nor of populations, which
    are not the authority's to confirm. Where any figure differs so does the hash, and what was said before is void.
    """
    shown = {str(quarter) for quarter in collection.shown}
    shown |= {str(collection.shown[0].shift(-back)) for back in range(1, _BEFORE + 1)}
    checked = collection.checked.checked
    rows = checked[checked["period"].isin(shown)].sort_values(["authority", "period", "measure"])
    found = {str(code): _digest(own) for code, own in rows.groupby("authority")}
    return {code: found.get(code, _digest(rows.iloc[:0])) for code in collection.region.everyone}


def _digest(rows: pd.DataFrame) -> str:
    digest = hashlib.sha256()
    columns = (rows[name].tolist() for name in ("period", "measure", "status", "value"))
    for period, measure, status, value in zip(*columns, strict=True):
        told = "" if pd.isna(value) else repr(float(value))
        digest.update(f"{period}\0{measure}\0{status}\0{told}\n".encode())
    return digest.hexdigest()
