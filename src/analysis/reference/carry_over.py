"""Carry the source tables of public figures over into the kit's own reference files.

Run it when a new edition of the source tables is at hand:

    python -m analysis.reference.carry_over FOLDER [--into FOLDER]

FOLDER holds `authorities.csv`, `statistical_neighbours.csv`, `population_0_17.csv`, `published_indicators.csv` and
`regions.csv` (docs/reference-data.md describes them). The same sources give the same bytes. A region's file that
exists already is left alone: people edit those. The hashes to put into `sources.yml` are printed at the end.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from analysis.reference.csv_file import read_rows, refuse
from analysis.reference.data_folder import DATA
from analysis.reference.status import DFE_FLAGS, Status

Row = dict[str, str]

LEVELS = {"L": "authority", "R": "region", "N": "england"}
SUB_REGIONS = {"E13000001": "Inner London", "E13000002": "Outer London"}
PROXIES = frozenset({"A03P"})
"""Stand-ins in the source for something that DfE does not publish: a proxy is not a published figure."""

REGION_FILE = """\
# {name}: written from the reference by carry_over, which leaves it alone from now on. Change what the region needs.
id: {id}
name: {name}
area_code: {area_code}
members:
{members}
outside_members: []
indicator_set: annex-a-2019
own_indicators: null
small_counts_shown_by: []
due_dates: null
groups:{groups}
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the sources, write the kit's files, print their hashes."""
    parser = argparse.ArgumentParser(prog="python -m analysis.reference.carry_over", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the source tables are")
    parser.add_argument("--into", type=Path, default=DATA, help="where to write (the package's data by default)")
    chosen = parser.parse_args(arguments)
    for name, digest in carry_over(chosen.folder, chosen.into).items():
        print(f"{name}: {digest}")


def carry_over(folder: Path, into: Path) -> dict[str, str]:
    """Write the four tables and the missing region files.

    Parameters
    ----------
    folder
        The source tables.
    into
        Where the kit's files are written; created if need be.

    Returns
    -------
    dict
        File name to SHA-256 of what was written, for `sources.yml`.

    Raises
    ------
    BadReferenceError
        If a source table is missing, lacks a column, or holds a flag that is not known.
    """
    authorities = _source(folder / "authorities.csv")
    tables = {
        "authorities.csv": _authorities(authorities),
        "neighbours.csv": _neighbours(_source(folder / "statistical_neighbours.csv")),
        "populations.csv": _populations(authorities, folder / "population_0_17.csv"),
        "published.csv": _published(folder / "published_indicators.csv"),
    }
    (into / "regions").mkdir(parents=True, exist_ok=True)
    written = {name: _write(into / name, _as_csv(rows)) for name, rows in tables.items()}
    for region in _source(folder / "regions.csv"):
        if region["area_code"].startswith("E12"):
            path = into / "regions" / f"{_slug(region['name'])}.yml"
            if not path.exists():
                _write(path, _region(region, authorities))
    return written


def _authorities(source: Iterable[Row]) -> list[Row]:
    """One row for each authority, past and present, by DfE code."""
    return sorted(
        (
            {
                "code": row["old_la_code"],
                "ons_code": row["ons_code"],
                "name": row["name"],
                "aliases": row["name_aliases"],
                "region": row["region"],
                "region_code": row["region_code"],
                "london_subregion": row["london_subregion"],
                "type": row["type"],
                "ons_codes": _open_ended(row["ons_code_history"]) if row["current"] == "1" else row["ons_code_history"],
                "first_year": row["first_year"],
                # The source gives its own latest year; an authority that goes on has no last one.
                "last_year": "" if row["current"] == "1" else row["last_year"],
                "current": "yes" if row["current"] == "1" else "no",
                "predecessors": row["predecessors"],
                "successors": row["successors"],
                "change_date": row["change_date"],
                "note": row["note"],
            }
            for row in source
        ),
        key=lambda row: row["code"],
    )


def _open_ended(history: str) -> str:
    """`E10000002:2013-2020; E06000060:2021-` for a code that is still in use."""
    return history[: history.rindex("-") + 1]


def _neighbours(source: Iterable[Row]) -> list[Row]:
    """Ten rows for each authority and edition, nearest first."""
    rows = [
        {
            "edition": row["edition"],
            "authority": row["old_la_code"],
            "rank": row["rank"],
            "neighbour": row["neighbour_old_la_code"],
            "closeness": row["closeness"],
        }
        for row in source
    ]
    return sorted(rows, key=lambda row: (row["edition"], row["authority"], int(row["rank"])))


def _populations(authorities: Sequence[Row], path: Path) -> list[Row]:
    """Every area by every mid-year: a figure, or the reason why there is none."""
    source = read_rows(path)
    years = sorted({row["mid_year"] for _, row in source})
    given = {
        (_level(row), _area(row), row["mid_year"]): (
            row["population_0_17"],
            _status(row["population_0_17"], row["status"], path, line),
        )
        for line, row in source
    }
    rows = []
    for level, area in sorted({key[:2] for key in given}):
        for year in years:
            population, status = given.get((level, area, year)) or (
                "",
                _status_without_estimate(authorities, area, int(year)),
            )
            rows.append({"level": level, "area": area, "mid_year": year, "population": population, "status": status})
    return rows


def _status_without_estimate(authorities: Sequence[Row], code: str, mid_year: int) -> Status:
    """Why the source has no estimate: the authority had closed, or its boundaries had not been drawn yet."""
    authority = next(row for row in authorities if row["old_la_code"] == code)
    closed = authority["current"] == "0" and mid_year >= int(authority["last_year"])
    return Status.NOT_APPLICABLE if closed else Status.NOT_AVAILABLE


def _published(path: Path) -> list[Row]:
    """One row for each published figure, with a status of its own for each of its three parts."""
    rows = []
    for line, row in read_rows(path):
        if row["indicator_id"] in PROXIES:
            continue
        carried = {
            "indicator": row["indicator_id"],
            "level": _level(row),
            "area": _area(row),
            "year": row["year"],
        }
        for part in ("numerator", "denominator", "value"):
            carried[part] = row[part]
            carried[f"{part}_status"] = _status(row[part], row[f"{part}_status"], path, line)
        rows.append(carried)
    return sorted(rows, key=lambda row: (row["indicator"], row["level"], row["area"], row["year"]))


def _status(figure: str, flag: str, path: Path, line: int) -> Status:
    """The status of a cell. A blank without a flag is a figure that the source does not hold."""
    if not flag:
        return Status.GIVEN if figure else Status.NOT_AVAILABLE
    if figure or flag not in DFE_FLAGS:
        what = f"the cell {figure!r} with the flag {flag!r} cannot be read"
        raise refuse(path, line, what, f"a cell holds a figure or one of the flags {', '.join(sorted(DFE_FLAGS))}")
    return DFE_FLAGS[flag]


def _level(row: Row) -> str:
    return "subregion" if row["area_code"] in SUB_REGIONS else LEVELS[row["level"]]


def _area(row: Row) -> str:
    return row["old_la_code"] if row["level"] == "L" else row["area_code"]


def _region(region: Row, authorities: Iterable[Row]) -> str:
    """The settings file of one region: its present authorities by name, and its sub-regions as groups."""
    members = sorted(
        (row for row in authorities if row["region_code"] == region["area_code"] and row["current"] == "1"),
        key=lambda row: row["name"],
    )
    groups = "".join(
        f"\n  - {{id: {_slug(title)}, title: {title}, members: [{_codes(inside)}]}}"
        for title in SUB_REGIONS.values()
        if (inside := [row for row in members if row["london_subregion"] == title])
    )
    return REGION_FILE.format(
        id=_slug(region["name"]),
        name=region["name"],
        area_code=region["area_code"],
        members="\n".join(f'  - "{row["old_la_code"]}"  # {row["name"]}' for row in members),
        groups=groups or " []",
    )


def _codes(rows: Iterable[Row]) -> str:
    return ", ".join(f'"{row["old_la_code"]}"' for row in rows)


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def _source(path: Path) -> list[Row]:
    return [row for _, row in read_rows(path)]


def _as_csv(rows: Sequence[Row]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _write(path: Path, text: str) -> str:
    """Write through a neighbour file, so that a stopped run leaves the old table whole."""
    beside = path.with_suffix(path.suffix + ".part")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    main()
