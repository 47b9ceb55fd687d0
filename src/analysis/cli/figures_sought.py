"""The figures that `tartanrug audit` looks for: given ones, those of a quarter at hand, published ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from analysis.audit.deny import Deny
from analysis.cli.signals.collection import collection_of
from analysis.config import workspace
from analysis.errors import UserError
from analysis.pipeline.packs import concealed_figures
from analysis.pipeline.sources import source_there
from analysis.reference.csv_file import read_rows, refuse
from analysis.reference.periods import Quarter
from analysis.reference.published import published_figures
from analysis.reference.regions import Region

_COLUMNS = ("authority", "indicator", "value")
_NEWEST_YEARS = 3
"""Of each published indicator: older years are further from what a report of today shows."""
_LEAST_STEPS = 1_000
"""Of the last decimal, from the lowest to the highest figure."""
LEAST_COUNT = 1_000
"""Smaller published counts are not looked for: too many other numbers of a report are as large."""

Sought = dict[str, list[float]]


def of_file(path: Path, deny: Deny) -> Sought:
    """The concealed figures of a file by indicator, and by period where the file has one.

    Raises
    ------
    BadReferenceError
        By line, for a value that is no number.
    """
    found: Sought = defaultdict(list)
    with path.open(encoding="utf-8-sig") as file:
        columns = (*_COLUMNS, "period") if "period" in file.readline() else _COLUMNS
    for line, row in read_rows(path, columns):
        if row["authority"] in deny.concealed and row["value"]:
            try:
                value = float(row["value"])
            except ValueError:
                raise refuse(path, line, f"value is {row['value']!r}, which is no number") from None
            found[f"{row['indicator']} {row.get('period', '')}"].append(value)
    return found


def of_quarter(region: Region, reader: str, known: Iterable[str], period: str) -> tuple[Sought, str]:
    """The concealed figures of a quarter of the workspace, and its name; nothing where none was received.

    Parameters
    ----------
    region
        Whose returns.
    reader, known
        DfE codes of those who may be shown.
    period
        The quarter; the newest of which returns lie there if blank.

    Raises
    ------
    UserError
        If a quarter is named of which there is nothing.
    """
    source = source_there(workspace(), region)
    newest = _newest(region, source)
    if not period and not newest:
        return {}, ""
    try:
        collection = collection_of(region.id, period or newest, source)
        found: Mapping[str, Iterable[float]] = concealed_figures(collection, reader, known)
    except UserError:
        # A quarter that nobody asked for must not keep a file from being looked through.
        if period:
            raise
        return {}, ""
    return {f"{name} of the quarter": list(values) for name, values in found.items()}, str(collection.period)


def published(deny: Deny) -> Sought:
    """What DfE published of those who are concealed, newest years: figures with decimals, counts of 1,000 or more.

    Both only where they are far apart. Coarse figures stand at even distances, as the rows of a table do: they agree
    with any layout.
    """
    table = published_figures()
    table = table[(table["level"] == "authority") & table["area"].isin(deny.concealed)]
    found: Sought = {}
    for indicator, rows in table.groupby("indicator"):
        for year in sorted(rows.loc[rows["value"].notna(), "year"].unique())[-_NEWEST_YEARS:]:
            of_year = rows[rows["year"] == year]
            values = of_year["value"].dropna()
            if (values % 1 != 0).mean() > 0.5 and (values.max() - values.min()) * 10 > _LEAST_STEPS:
                found[f"{indicator} published {year}"] = values.tolist()
            for part in ("numerator", "denominator"):
                counts = of_year.loc[of_year[part] >= LEAST_COUNT, part]
                # Several rates have one population: looked for once.
                if counts.max() - counts.min() > _LEAST_STEPS and counts.tolist() not in found.values():
                    found[f"{indicator} {part} published {year}"] = counts.tolist()
    return found


def _newest(region: Region, source: str) -> str:
    """The newest quarter in whose folder a return lies; blank where there is none."""
    found = []
    for folder in (workspace().raw / source / region.id).glob("*") if source else ():
        try:
            quarter = Quarter.parse(folder.name)
        except UserError:
            continue
        if any(path.is_file() for path in folder.iterdir()):
            found.append(quarter)
    return str(max(found)) if found else ""
