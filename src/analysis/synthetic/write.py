"""Made-up returns as files, in the format that authorities send."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from analysis.errors import UsageError
from analysis.reference.authorities import authorities
from analysis.reference.registry import registry
from analysis.reference.status import Status
from analysis.synthetic.world import World

HEADER = (
    "Region",
    "LA Code",
    "LA Name",
    "Financial Year",
    "Quarter",
    "Measure ID",
    "Measure Name",
    "Measure Value",
    "Measure Quality",
)


def write_returns(world: World, folder: Path, codes: Sequence[str]) -> list[Path]:
    """One file for each authority, holding all its quarters: `<folder>/<latest quarter>/<DfE code>.csv`.

    A quarter of which nothing was submitted has no rows; a single cell that was not submitted is blank; an average of
    no children is `z`.

    Raises
    ------
    UsageError
        If a code is not among the made-up authorities.
    """
    unknown = sorted(set(codes) - set(world.returns["authority"]))
    if unknown:
        raise UsageError(f"there are no made-up returns of {', '.join(unknown)}", remedy="use current DfE codes")
    home = folder / str(world.period)
    tables = dict(iter(world.returns[world.returns["authority"].isin(list(codes))].groupby("authority", sort=False)))
    return [_write(home / f"{code}.csv", HEADER, _lines(tables[code])) for code in codes]


def write_exchange(world: World, path: Path) -> Path:
    """The file that regions exchange: the returns of every authority in one, in the same format."""
    return _write(path, HEADER, _lines(world.returns))


def write_truth(world: World, path: Path) -> Path:
    """What was planted, as CSV; `size` is blank where there is nothing to measure."""
    rows = world.truth.astype(object).where(world.truth.notna(), "")
    return _write(path, tuple(rows.columns), (tuple(map(_number, row)) for row in rows.itertuples(index=False)))


def _lines(returns: pd.DataFrame) -> Iterable[tuple[str, ...]]:
    """The rows of a file: by authority and quarter, with the measures in the registry's order."""
    known, measures = authorities(), registry().measures
    position = {measure: place for place, measure in enumerate(measures)}
    sent = returns[returns["status"] != Status.NOT_SUBMITTED.value]
    submitted = set(zip(sent["authority"], sent["period"], strict=True))
    order = returns.assign(place=returns["measure"].map(position)).sort_values(["authority", "period", "place"])
    for row in order.itertuples(index=False):
        if (row.authority, row.period) not in submitted:
            continue
        authority = known[str(row.authority)]
        year, quarter = str(row.period).rsplit("-", 1)
        yield (
            authority.region,
            authority.code,
            authority.name,
            year,
            quarter,
            str(row.measure),
            measures[str(row.measure)].name,
            _cell(str(row.status), float(str(row.value))),
            str(row.quality),
        )


def _cell(status: str, value: float) -> str:
    if status == Status.GIVEN:
        return _number(value)
    return "" if status == Status.NOT_SUBMITTED else Status(status).symbol


def _number(value: object) -> str:
    """Whole numbers without a decimal point, others to four places; text as it is."""
    if not isinstance(value, float):
        return str(value)
    return str(int(value)) if value == int(value) else f"{value:.4f}".rstrip("0")


def _write(path: Path, header: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Path:
    """Write beside, then rename: a file of that name is never half written."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.part")
    beside.write_text(text.getvalue(), encoding="utf-8", newline="\n")
    return beside.replace(path)
