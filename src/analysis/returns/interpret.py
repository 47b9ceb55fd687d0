"""Rows of text to keys, figures and statuses; what cannot be interpreted stays empty for the rules to find."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import pandas as pd

from analysis.errors import UsageError
from analysis.reference.authorities import authorities
from analysis.reference.matching import plain
from analysis.reference.periods import Quarter
from analysis.reference.regions import Region
from analysis.reference.registry import Registry
from analysis.reference.status import Status
from analysis.returns.personal import names_somebody
from analysis.returns.read import RAW_COLUMNS, RawRow
from analysis.returns.values import read_value
from analysis.returns.whose import codes_of, one_code_of

_YEAR = re.compile(r"([0-9]{4})[-/]([0-9]{2}|[0-9]{4})")
_QUARTER = re.compile(r"(?:q|quarter)? ?([1-4])", re.I)
_PERIOD = re.compile(r"(\S+?)[ -/]{1,3}(q(?:uarter ?)?[1-4])", re.I)
_MARKUP = re.compile(r"<[^>]*>|!?\[([^\]]*)\]\([^)]*\)|\b(?:https?://|www\.)\S+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")

ROW_COLUMNS = (
    "file", "folder", "label", "receipt", *RAW_COLUMNS,
    "authority", "named", "region_known", "measure", "measure_named", "kind", "figure", "status", "readable",
    "names_somebody", "note",
)  # fmt: skip


def interpret(rows: Sequence[tuple[int, str, str, str, RawRow]], region: Region, registry: Registry) -> pd.DataFrame:
    """The rows of all files as one table with keys, figures and statuses.

    Parameters
    ----------
    rows
        Position of the file, its folder, its label, its sha256, and the row.
    region
        The region that collects.
    registry
        Knows the measures.

    Returns
    -------
    DataFrame
        Columns `ROW_COLUMNS`. `authority` (DfE code), `period` (`2025-26-Q2`) and `measure` (id) are empty where the
        text means none; `named` says whose name stands beside the code (`own`, `other`, `unknown`, `blank`);
        `figure` is NaN unless `status` is `given`; `readable` is False where the value is neither a number nor a
        known mark.
    """
    raw = {name: [getattr(row, name) for *_, row in rows] for name in RAW_COLUMNS}
    frame = pd.DataFrame({
        "file": pd.Series([row[0] for row in rows], dtype="int64"),
        "folder": _texts(row[1] for row in rows),
        "label": _texts(row[2] for row in rows),
        "receipt": _texts(row[3] for row in rows),
        **{name: values if name in ("line", "ragged") else _texts(values) for name, values in raw.items()},
    }).astype({"line": "int64", "ragged": "bool"})  # fmt: skip
    frame["period_text"] = (frame["period"] + " " + frame["year"] + " " + frame["quarter"]).str.strip()
    frame["authority"] = _each(frame["la_code"], one_code_of)
    frame["period"] = [_quarter(*texts) for texts in zip(frame["period"], frame["year"], frame["quarter"], strict=True)]
    measures = {plain(key): key for key in registry.measures}
    names = {plain(one.name): one.id for one in registry.measures.values()}
    frame["measure"] = _each(frame["measure_id"], lambda text: measures.get(plain(text), ""))
    frame["measure_named"] = _each(frame["measure_name"], lambda text: names.get(plain(text), ""))
    frame["kind"] = _each(frame["measure"], lambda key: registry.measures[key].kind if key else "")
    frame["named"] = [_named(code, name) for code, name in zip(frame["authority"], frame["la_name"], strict=True)]
    frame["region_known"] = [
        _in_region(code, text, (region.id, region.name, region.area_code))
        for code, text in zip(frame["authority"], frame["region"], strict=True)
    ]
    said = [read_value(text) for text in frame["value"]]
    frame["figure"] = pd.Series([one[0] if one else math.nan for one in said], dtype="float64")
    frame["status"] = _texts(str(one[1] if one else Status.NOT_AVAILABLE) for one in said)
    frame["readable"] = pd.Series([one is not None for one in said], dtype="bool")
    frame["names_somebody"] = frame["quality"].map({text: names_somebody(text) for text in frame["quality"].unique()})
    frame["note"] = _each(frame["quality"].mask(frame["names_somebody"].astype("bool"), ""), plain_text)
    return frame.astype(dict.fromkeys(("authority", "period", "measure", "measure_named", "kind", "named"), "str"))


def plain_text(text: str) -> str:
    """A person's note as one plain paragraph: markup, links and control characters dropped (DESIGN 5)."""
    return " ".join(_CONTROL.sub(" ", _MARKUP.sub(r"\1", text)).replace("<", "").split())


def _texts(values: Iterable[str]) -> pd.Series[str]:
    return pd.Series(list(values), dtype="str")


def _each(texts: pd.Series[str], meaning: Callable[[str], str]) -> pd.Series[str]:
    """The meaning of each text, worked out once for each that occurs."""
    return texts.map({text: meaning(text) for text in texts.unique()}).astype("str")


@lru_cache(maxsize=4096)
def _quarter(period: str, year: str, quarter: str) -> str:
    if period and not year and not quarter:
        parts = _PERIOD.fullmatch(period)
        if parts is None:
            return ""
        year, quarter = parts[1], parts[2]
    years, number = _YEAR.fullmatch(year), _QUARTER.fullmatch(quarter)
    if years is None or number is None:
        return ""
    try:
        # 2025-26 and 2025/2026 are the same year; 2025-2126 is none.
        if len(years[2]) == 4 and int(years[2]) != int(years[1]) + 1:
            return ""
        return str(Quarter.parse(f"{years[1]}-{years[2][-2:]}-Q{number[1]}"))
    except UsageError:
        return ""


@lru_cache(maxsize=4096)
def _named(code: str, name: str) -> str:
    if not name:
        return "blank"
    codes = codes_of(name)
    if not codes or not code:
        return "unknown"
    return "own" if code in codes else "other"


@lru_cache(maxsize=4096)
def _in_region(code: str, text: str, collecting: tuple[str, ...]) -> bool:
    """Whether the region written is the authority's, or the one that collects (S0 5.5: some join from outside)."""
    known = {*collecting, ""}
    if code:
        one = authorities()[code]
        known |= {one.region, one.region_code, one.london_subregion}
    return plain(text) in set(map(plain, known))
