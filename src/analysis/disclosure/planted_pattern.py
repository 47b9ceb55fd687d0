"""A pattern that looks safe and is not: whoever audits hidden counts has to fail it first, or the audit is void."""

from __future__ import annotations

import pandas as pd

from analysis.disclosure.crossed_tables import over_quarters
from analysis.disclosure.linked_tables import LinkedTables

GIVEN_AWAY = "planted, Q1/first/under 1"
"""A hidden count of 3 that can be worked out to 3 and nothing else."""


def planted_pattern() -> tuple[LinkedTables, tuple[str, ...]]:
    """Linked tables of made-up counts, and the keys of the cells that are shown.

    In each table two or more cells of every row and column with a hidden one are hidden, as a person would do it by
    eye. But the second quarter is shown whole, so that the year to date less it gives the first.
    """
    quarters = {
        "Q1": pd.DataFrame({"under 1": [3, 24], "1 to 4": [31, 40]}, index=["first", "second"]),
        "Q2": pd.DataFrame({"under 1": [12, 26], "1 to 4": [28, 37]}, index=["first", "second"]),
    }
    tables = over_quarters("planted", quarters)
    hidden = {f"planted, Q1/{row}/{column}" for row in ("first", "second") for column in ("under 1", "1 to 4")}
    return tables, tuple(cell.key for cell in tables.given if cell.key not in hidden)
