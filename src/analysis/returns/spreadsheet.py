"""Tables that people open in a spreadsheet: what starts like a formula is shown and not calculated."""

from __future__ import annotations

import csv
import io

import pandas as pd

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
"""Full-width marks too: where Asian scripts are set, a spreadsheet takes them for plain ones."""


def neutral_cell(text: str) -> str:
    """A text that a spreadsheet shows and does not calculate.

    A carriage return becomes a line feed: `csv` puts only line feeds into quotation marks, and what stood behind a bare
    carriage return would begin a row of its own.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def safe_csv(table: pd.DataFrame) -> str:
    """A table as CSV, with cells that start like a formula escaped.

    Returns
    -------
    str
        With a header line; lines end with a line feed; a missing value is blank.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.itertuples(index=False):
        writer.writerow(["" if pd.isna(cell) else neutral_cell(str(cell)) for cell in row])
    return out.getvalue()
