"""Reading a reference table: a bad one is refused by name and line."""

from __future__ import annotations

import csv
from collections.abc import Collection
from pathlib import Path

import pandas as pd
import pandera.errors
import pandera.pandas as pa

from analysis.errors import BadReferenceError

REMEDY = "mend the line, or write the file again with `python -m analysis.reference.carry_over FOLDER`"


def refuse(path: Path, line: int, what: str, remedy: str = REMEDY) -> BadReferenceError:
    """The error that names a file and a line of it (the caller raises it)."""
    return BadReferenceError(what, where=f"{'/'.join(path.parts[-2:])}, line {line}", remedy=remedy)


def read_rows(path: Path, columns: Collection[str] | None = None) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV as text, each with the number of its line.

    Parameters
    ----------
    path
        A UTF-8 file with a header line.
    columns
        The columns that it must have, no more and no fewer; any header will do when None.

    Returns
    -------
    list of (line, row)
        `line` counts from 1, the header's; every cell is stripped text.

    Raises
    ------
    BadReferenceError
        If the file is missing, is not UTF-8, has other columns, or a line has too many or too few cells.
    """
    header, lines, rows = _read(path, columns)
    return [(line, dict(zip(header, cells, strict=True))) for line, cells in zip(lines, rows, strict=True)]


def _read(path: Path, columns: Collection[str] | None) -> tuple[list[str], list[int], list[list[str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BadReferenceError(f"there is no file {path.name}", where=str(path), remedy=REMEDY) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise refuse(path, line, "this is not UTF-8 text", "save the file as CSV UTF-8") from None
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    lines: list[int] = []
    rows: list[list[str]] = []
    try:
        header = [cell.strip() for cell in next(reader, [])]
        _check_header(path, header, columns)
        for cells in reader:
            if len(cells) != len(header):
                raise refuse(path, reader.line_num, f"{len(cells)} cells where the header has {len(header)}")
            lines.append(reader.line_num)
            rows.append([cell.strip() for cell in cells])
    except csv.Error as error:
        raise refuse(path, reader.line_num, f"this line is not CSV ({error})") from None
    return header, lines, rows


def _check_header(path: Path, header: list[str], columns: Collection[str] | None) -> None:
    repeated = sorted({name for name in header if header.count(name) > 1})
    if repeated:
        raise refuse(path, 1, f"the column {repeated[0]} stands there twice")
    if columns is None:
        return
    missing, unknown = sorted(set(columns) - set(header)), sorted(set(header) - set(columns))
    if missing:
        raise refuse(path, 1, f"the column {missing[0]} is missing")
    if unknown:
        raise refuse(path, 1, f"the column {unknown[0]!r} is not known")


def read_table(path: Path, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """A CSV as a typed table that has passed its schema.

    Parameters
    ----------
    path
        A UTF-8 file with the schema's columns.
    schema
        Columns, types and checks. A float column may be blank (NaN); an integer column may not.

    Returns
    -------
    DataFrame
        The columns in the schema's order, one row for each line of the file.

    Raises
    ------
    BadReferenceError
        With the first line that does not fit, and what is wrong with it.
    """
    header, lines, rows = _read(path, schema.columns)
    table = pd.DataFrame(rows, columns=header, dtype=str)[list(schema.columns)]
    for name, column in schema.columns.items():
        kind = str(column.dtype)
        if kind.startswith(("int", "float")):
            numbers = pd.to_numeric(table[name], errors="coerce")
            bad = numbers.isna() & ((table[name] != "") | kind.startswith("int"))
            if bad.any():
                row = int(bad.to_numpy().argmax())
                raise refuse(path, lines[row], f"{name} is {table[name].iloc[row]!r}, which is not a number")
            table[name] = numbers.astype(kind)
    try:
        return schema.validate(table, lazy=True)
    except pandera.errors.SchemaErrors as error:
        raise _refusal(path, lines, error) from None


def _refusal(path: Path, lines: list[int], error: pandera.errors.SchemaErrors) -> BadReferenceError:
    """Pandera's first failure in the order of the file, in our words."""
    failures = error.failure_cases.dropna(subset=["index"])
    if failures.empty:
        return refuse(path, 1, f"the table does not fit: {error.failure_cases['check'].iloc[0]}")
    # A cell that is wrong by itself says more than the rule between cells that it breaks as well.
    failures = failures.assign(between_cells=failures["schema_context"] != "Column")
    first = failures.sort_values(["index", "between_cells"], kind="stable").iloc[0]
    line = lines[int(first["index"])]
    if first["schema_context"] == "Column":
        return refuse(path, line, f"{first['column']} is {first['failure_case']!r}: {first['check']}")
    return refuse(path, line, str(first["check"]))
