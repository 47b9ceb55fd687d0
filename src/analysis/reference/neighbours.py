"""Statistical neighbours: ten for each authority, in dated editions."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from functools import cache
from pathlib import Path

from analysis.errors import UsageError
from analysis.reference.authorities import authorities
from analysis.reference.csv_file import read_rows, refuse
from analysis.reference.data_folder import DATA
from analysis.reference.model import Record

COLUMNS = ("edition", "authority", "rank", "neighbour", "closeness")
CLOSENESS = ("Extremely close", "Very close", "Close", "Somewhat close", "Not close")
"""The bands as the model names them, nearest first."""
TEN = 10
"""The model's own number of neighbours (National Foundation for Educational Research for DfES, 2007)."""


class Neighbour(Record):
    """One of an authority's neighbours; `rank` 1 is the nearest."""

    code: str
    rank: int
    closeness: str


@cache
def _editions(path: Path) -> Mapping[str, Mapping[str, tuple[Neighbour, ...]]]:
    """Edition to authority to its neighbours in order; editions oldest first."""
    return _lists(path, read_rows(path, COLUMNS), authorities())


def read_edition(path: Path, edition: str, known: Container[str]) -> Mapping[str, tuple[Neighbour, ...]]:
    """The lists of one edition, from a file with the columns of the table but the edition.

    Parameters
    ----------
    known
        The codes that may stand there.

    Raises
    ------
    BadReferenceError
        As `neighbours`; also where nothing stands in the file.
    """
    rows = [(line, {"edition": edition, **row}) for line, row in read_rows(path, COLUMNS[1:])]
    if not rows:
        raise refuse(path, 1, "there is no neighbour in it", "write ten for each authority")
    return _lists(path, rows, known)[edition]


def _lists(
    path: Path, rows: Iterable[tuple[int, dict[str, str]]], known: Container[str]
) -> Mapping[str, Mapping[str, tuple[Neighbour, ...]]]:
    found: dict[str, dict[str, list[Neighbour]]] = {}
    last_line: dict[tuple[str, str], int] = {}
    for line, row in rows:
        edition, code = row["edition"], row["authority"]
        if not re.fullmatch(r"\d{4}", edition):
            raise refuse(path, line, f"edition is {edition!r}, which is not a year")
        for column in ("authority", "neighbour"):
            if row[column] not in known:
                raise refuse(path, line, f"{column} is {row[column]!r}, which is not in authorities.csv")
        if row["closeness"] not in CLOSENESS:
            raise refuse(path, line, f"closeness is {row['closeness']!r}, which is none of {', '.join(CLOSENESS)}")
        so_far = found.setdefault(edition, {}).setdefault(code, [])
        if row["rank"] != str(len(so_far) + 1):
            raise refuse(path, line, f"rank is {row['rank']!r} where {len(so_far) + 1} comes next for {code}")
        if row["neighbour"] == code or row["neighbour"] in {neighbour.code for neighbour in so_far}:
            raise refuse(path, line, f"{row['neighbour']} cannot be a neighbour of {code} again, nor of itself")
        so_far.append(Neighbour(code=row["neighbour"], rank=len(so_far) + 1, closeness=row["closeness"]))
        last_line[edition, code] = line
    for (edition, code), line in last_line.items():
        if len(found[edition][code]) != TEN:
            raise refuse(path, line, f"{code} has {len(found[edition][code])} neighbours in {edition}, not {TEN}")
    return {
        edition: {code: tuple(nearest) for code, nearest in lists.items()} for edition, lists in sorted(found.items())
    }


def editions(path: Path = DATA / "neighbours.csv") -> tuple[str, ...]:
    """The editions at hand, oldest first, each named by its year."""
    return tuple(_editions(path))


def neighbours(edition: str | None = None, path: Path = DATA / "neighbours.csv") -> Mapping[str, tuple[Neighbour, ...]]:
    """Each authority's ten statistical neighbours, nearest first.

    Parameters
    ----------
    edition
        `2025`, say; the newest when None. A reader must be told which one: changing it changes the
        mean of the neighbours by 2 to 8 % as a rule, and by up to 74 %.
    path
        The table of neighbours.

    Returns
    -------
    Mapping
        DfE code to neighbours. An older edition does not hold authorities made since, and names some abolished ones.

    Raises
    ------
    UsageError
        If there is no such edition.
    BadReferenceError
        By name and line: an unknown authority or band, a gap in the order, other than ten.
    """
    every = _editions(path)
    wanted = max(every) if edition is None else edition
    if wanted not in every:
        raise UsageError(f"there is no {wanted} edition of the neighbours", remedy=f"choose from {', '.join(every)}")
    return every[wanted]
