"""The rules about single values: what is no figure, and what is none that can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.returns.door.quoting import quote_value
from analysis.returns.reading.values import AMBIGUOUS, MOST_COUNTED, MOST_DAYS, PERCENTAGE, UNREADABLE
from analysis.returns.rules.rule import Severity, rule

if TYPE_CHECKING:
    from analysis.returns.rules.row_rules import Setting


@rule(Severity.REFUSE, "cell", remedy="write 1400, not 1,400")
def split_number(rows: pd.DataFrame, setting: Setting) -> pd.Series[bool]:
    """A comma inside a number does not part it into Measure Value and Measure Quality: `1,400` is 1 and 400, and
    `412,5` is 412 days and 5 (unless the file's counts have digits as notes too).
    """
    thousands = rows["value"].str.fullmatch(r"-?[0-9]{1,3}") & rows["quality"].str.fullmatch(r"[0-9]{3}(\.[0-9]+)?")
    days = rows["kind"] == "duration"
    digits = rows["quality"].str.fullmatch(r"[0-9]{1,2}")
    graded = (digits & ~days).groupby(rows["label"]).transform("any")
    return thousands | (days & digits & ~graded & rows["value"].str.fullmatch(r"-?[0-9]+"))


@rule(
    Severity.REFUSE,
    "cell",
    remedy="write digits alone (412, or 95.5 for days), or one of the marks for a missing figure",
)
def unreadable_value(rows: pd.DataFrame, setting: Setting) -> pd.Series[bool]:
    """Measure Value is a number, or one of the marks for a missing figure. What cannot be read is never guessed."""
    return rows["fault"] == UNREADABLE


@rule(Severity.REFUSE, "cell", remedy="ask for the count; the percentage is made of counts, centrally")
def percentage_sent(rows: pd.DataFrame, setting: Setting) -> pd.Series[bool]:
    """Only counts and days are sent: a percentage is never read as one."""
    return rows["fault"] == PERCENTAGE


@rule(Severity.REFUSE, "cell", remedy="ask for the figure in digits alone, with a decimal point if it has one")
def ambiguous_number(rows: pd.DataFrame, setting: Setting) -> pd.Series[bool]:
    """A comma or point before three digits parts thousands or decimals. Where it may be either, as in `1,250` days or a
    count of `1.000`, it is not read.
    """
    return rows["fault"] == AMBIGUOUS


@rule(Severity.REFUSE, "cell", remedy="ask for the figure again")
def negative_count(rows: pd.DataFrame, setting: Setting) -> pd.Series[bool]:
    """Neither a count nor an average of days is below zero."""
    return rows["figure"] < 0


@rule(Severity.REFUSE, "cell", remedy="ask for the count: a rate or a percentage may have been sent instead")
def fractional_count(rows: pd.DataFrame, setting: Setting) -> pd.Series[bool]:
    """Counts are whole; only an average of days (A1, A2) may have decimals."""
    return (rows["kind"] != "duration") & (rows["figure"] % 1 > 0)


@rule(Severity.REFUSE, "cell", remedy="ask for the figure again: digits may have run together")
def count_too_large(rows: pd.DataFrame, setting: Setting) -> pd.Series[bool]:
    """No authority counts a million in a quarter, and no child waits longer than a childhood."""
    return rows["figure"] > rows["kind"].eq("duration").map({True: MOST_DAYS, False: MOST_COUNTED})


def _value(row: Mapping[Any, Any], setting: Setting) -> str:
    return quote_value(row["value"])


VALUE_RULES: tuple[
    tuple[Callable[[pd.DataFrame, Setting], pd.Series[bool]], Callable[[Mapping[Any, Any], Setting], str]], ...
] = (
    (split_number, lambda row, setting: f"{quote_value(row['value'])}, and a note of digits"),
    (unreadable_value, _value),
    (percentage_sent, _value),
    (ambiguous_number, _value),
    (negative_count, _value),
    (fractional_count, _value),
    (count_too_large, _value),
)
"""Each rule and what it says of a row that breaks it."""
