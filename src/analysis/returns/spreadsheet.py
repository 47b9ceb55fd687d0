"""Tables that people open in a spreadsheet: what starts like a formula is shown and not calculated."""

from __future__ import annotations

import csv
import io

import pandas as pd

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Full-width marks too: where Asian scripts are set, a spreadsheet takes them for plain ones."""


def neutral_cell(text: str) -> str:
    """A text that a spreadsheet shows and does not calculate."""
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
