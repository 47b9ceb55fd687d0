"""Rows of text to keys, figures and statuses; what cannot be interpreted stays empty for the rules to find."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

import pandas as pd

from analysis.reference.authorities import authorities
from analysis.reference.matching import plain
from analysis.reference.regions import Region
from analysis.reference.registry import Registry
from analysis.returns.door.personal import names_somebody
from analysis.returns.reading.measures import Measures
from analysis.returns.reading.read import RAW_COLUMNS, ReadFile
from analysis.returns.reading.values import read_value
from analysis.returns.reading.when import quarter_of
from analysis.returns.reading.whose import codes_of, one_code_of

_MARKUP = re.compile(r"<[^>]*>|!?\[([^\]]*)\]\([^)]*\)|\b(?:https?://|www\.)\S+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")

ROW_COLUMNS = (
    "folder", "vintage", "label", "receipt", *RAW_COLUMNS, "period_text",
    "authority", "named", "region_known", "measure", "measure_named", "kind", "figure", "status", "fault",
    "names_somebody", "note",
)  # fmt: skip
_TYPES = {"sheet": "int64", "line": "int64", "figure": "float64"} | dict.fromkeys(
    ("ragged", "region_known", "names_somebody"), "bool"
)


@dataclass(frozen=True)
class Source:
    """A file that was received, and what it is called."""

    folder: str
    vintage: str
    """`ReturnFile.vintage`."""
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
        `figure` is NaN unless `status` is `given`; `fault` says why a value is not read (`values.Reading`); `note` is
        the quality as plain text, left out where it names somebody.
    """
    raw = {name: list(chain.from_iterable(one.content.columns[name] for one in sources)) for name in RAW_COLUMNS}
    table: dict[str, list[Any]] = {
        name: [getattr(one, name) for one in sources for _ in one.content.columns["line"]]
        for name in ("folder", "vintage", "label", "receipt")
    }
    table |= raw
    if any(raw["sheet"]):
        places = zip(table["label"], raw["sheet"], strict=True)
        table["label"] = [f"{label}, sheet {number}" if number else label for label, number in places]
    when = (raw["period"], raw["year"], raw["quarter"])
    table["period_text"] = _each(lambda *texts: " ".join(filter(None, texts)), *when)
    table["period"] = [found for found, _ in _each(quarter_of, *when)]
    table["authority"] = _each(one_code_of, raw["la_code"], table["period"])
    table["named"] = _each(_named, table["authority"], raw["la_name"])
    collecting = (region.id, region.name, region.area_code)
    table["region_known"] = _each(partial(_in_region, collecting), table["authority"], raw["region"])
    known = Measures(registry)
    table["measure"] = _each(known.meant, raw["measure_id"])
    table["measure_named"] = _each(known.named, raw["measure_name"])
    table["kind"] = _each(known.kind, table["measure"])
    said = _each(read_value, raw["value"], table["kind"])
    table["figure"] = [one.figure for one in said]
    table["status"] = [str(one.status) for one in said]
    table["fault"] = [one.fault for one in said]
    table["names_somebody"] = _each(names_somebody, raw["quality"])
    table["note"] = _each(lambda text: "" if names_somebody(text) else plain_text(text), raw["quality"])
    return pd.DataFrame({name: pd.Series(table[name], dtype=_TYPES.get(name, "str")) for name in ROW_COLUMNS})


def plain_text(text: str) -> str:
    """A person's note as one plain paragraph: markup, links and control characters dropped (DESIGN 5)."""
    return " ".join(_CONTROL.sub(" ", _MARKUP.sub(r"\1", text)).replace("<", "").split())


def _each(meaning: Callable[..., Any], *columns: Sequence[Any]) -> list[Any]:
    """The meaning of each row's cells, worked out once for each that occurs."""
    if len(columns) == 1:
        known = {cell: meaning(cell) for cell in dict.fromkeys(columns[0])}
        return list(map(known.__getitem__, columns[0]))
    rows = list(zip(*columns, strict=True))
    known = {row: meaning(*row) for row in dict.fromkeys(rows)}
    return list(map(known.__getitem__, rows))


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
