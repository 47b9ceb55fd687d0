"""Rows of text to keys, figures and statuses; what cannot be interpreted stays empty for the rules to find."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

import pandas as pd

from analysis.errors import UsageError
from analysis.reference.authorities import authorities
from analysis.reference.matching import plain
from analysis.reference.periods import Quarter
from analysis.reference.regions import Region
from analysis.reference.registry import Registry
from analysis.reference.status import Status
from analysis.returns.personal import names_somebody
from analysis.returns.read import RAW_COLUMNS, ReadFile
from analysis.returns.values import read_value
from analysis.returns.whose import codes_of, one_code_of

_YEAR = re.compile(r"([0-9]{4})[-/]([0-9]{2}|[0-9]{4})")
_QUARTER = re.compile(r"(?:q|quarter)? ?([1-4])", re.I)
_PERIOD = re.compile(r"(\S+?)[ -/]{1,3}(q(?:uarter ?)?[1-4])", re.I)
_MARKUP = re.compile(r"<[^>]*>|!?\[([^\]]*)\]\([^)]*\)|\b(?:https?://|www\.)\S+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")

ROW_COLUMNS = (
    "folder", "label", "receipt", *RAW_COLUMNS, "period_text",
    "authority", "named", "region_known", "measure", "measure_named", "kind", "figure", "status", "readable",
    "names_somebody", "note",
)  # fmt: skip
_TYPES = {"line": "int64", "figure": "float64"} | dict.fromkeys(
    ("ragged", "region_known", "readable", "names_somebody"), "bool"
)


@dataclass(frozen=True)
class Source:
    """A file that was received, and what it is called."""

    folder: str
    label: str
    receipt: str
    """Its sha256."""
    content: ReadFile


def interpret(sources: Sequence[Source], region: Region, registry: Registry) -> pd.DataFrame:
    """The rows of all files as one table with keys, figures and statuses.

    Parameters
    ----------
    sources
        The files, in order of folder and name.
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
        known mark; `note` is the quality as plain text, left out where it names somebody.
    """
    raw = {name: list(chain.from_iterable(one.content.columns[name] for one in sources)) for name in RAW_COLUMNS}
    table: dict[str, list[Any]] = {
        name: [getattr(one, name) for one in sources for _ in one.content.columns["line"]]
        for name in ("folder", "label", "receipt")
    }
    table |= raw
    when = (raw["period"], raw["year"], raw["quarter"])
    table["period_text"] = _each(lambda *texts: " ".join(filter(None, texts)), *when)
    table["period"] = _each(_quarter, *when)
    table["authority"] = _each(one_code_of, raw["la_code"])
    table["named"] = _each(_named, table["authority"], raw["la_name"])
    collecting = (region.id, region.name, region.area_code)
    table["region_known"] = _each(partial(_in_region, collecting), table["authority"], raw["region"])
    ids = {plain(key): key for key in registry.measures}
    names = {plain(one.name): one.id for one in registry.measures.values()}
    table["measure"] = _each(lambda text: ids.get(plain(text), ""), raw["measure_id"])
    table["measure_named"] = _each(lambda text: names.get(plain(text), ""), raw["measure_name"])
    table["kind"] = _each(lambda key: registry.measures[key].kind if key else "", table["measure"])
    said = _each(read_value, raw["value"])
    table["figure"] = [one[0] if one else math.nan for one in said]
    table["status"] = [str(one[1] if one else Status.NOT_AVAILABLE) for one in said]
    table["readable"] = [one is not None for one in said]
    table["names_somebody"] = _each(names_somebody, raw["quality"])
    table["note"] = _each(lambda text: "" if names_somebody(text) else plain_text(text), raw["quality"])
    return pd.DataFrame({name: pd.Series(table[name], dtype=_TYPES.get(name, "str")) for name in ROW_COLUMNS})


def plain_text(text: str) -> str:
    """A person's note as one plain paragraph: markup, links and control characters dropped (DESIGN 5)."""
    return " ".join(_CONTROL.sub(" ", _MARKUP.sub(r"\1", text)).replace("<", "").split())


def _each(meaning: Callable[..., Any], *columns: Sequence[Any]) -> list[Any]:
    """The meaning of each row's cells, worked out once for each that occurs."""
    rows = list(zip(*columns, strict=True))
    known = {row: meaning(*row) for row in dict.fromkeys(rows)}
    return [known[row] for row in rows]


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


def _named(code: str, name: str) -> str:
    if not name:
        return "blank"
    codes = codes_of(name)
    if not codes or not code:
        return "unknown"
    return "own" if code in codes else "other"


def _in_region(collecting: tuple[str, ...], code: str, text: str) -> bool:
    """Whether the region written is the authority's, or the one that collects (S0 5.5: some join from outside)."""
    known = {*collecting, ""}
    if code:
        one = authorities()[code]
        known |= {one.region, one.region_code, one.london_subregion}
    return plain(text) in set(map(plain, known))
