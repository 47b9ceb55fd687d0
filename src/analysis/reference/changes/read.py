"""A folder of changes, read and checked: a bad file is refused by name and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.reference.authority_table import Authority, authority_table
from analysis.reference.changes.change import Change
from analysis.reference.changes.files import files_in, read_change
from analysis.reference.changes.made import Made, checked
from analysis.reference.changes.membership import faults
from analysis.reference.changes.model import (
    DefinitionChange,
    NeighboursChange,
    PopulationChange,
)
from analysis.reference.changes.world import Changes, Filed
from analysis.reference.csv_file import read_rows, refuse
from analysis.reference.neighbours import read_edition
from analysis.reference.regions import Region
from analysis.reference.registry import registry_for
from analysis.reference.yaml_file import YamlFile


def read_changes(paths: Iterable[Path], region: Region) -> Changes:
    """Read changes that hold together: those of a region's folder, or those with one more.

    Parameters
    ----------
    paths
        One file for each change; what a change names beside it is read too.
    region
        As its file has it.

    Raises
    ------
    BadReferenceError
        By name and line: what does not fit its kind, an authority or indicator that there is not, a code or name that
        is taken, one who joins twice or leaves without having been there, a table that does not fit.
    """
    files = [read_change(path) for path in paths]
    known = _known(files)
    held = sorted(
        (_filed(file, known, region) for file in files),
        key=lambda filed: (filed.change.first, filed.change.date, filed.name),
    )
    _in_turn(held, region)
    return Changes(tuple(held))


def changes_of(folder: Path, region: Region) -> Changes:
    """The changes in a region's folder, as `read_changes`; a region without one has none."""
    return read_changes(files_in(folder), region)


def _filed(file: YamlFile[Change], known: Mapping[str, Authority], region: Region) -> Filed:
    change = file.content
    for place, code in change.codes:
        if code not in known:
            raise file.refuse(f"there is no authority {code}", *place, remedy="use a DfE code")
    if isinstance(change, DefinitionChange):
        indicators = registry_for(region).indicators
        if change.indicator not in indicators:
            what = f"there is no indicator {change.indicator}"
            raise file.refuse(what, "indicator", remedy=f"choose from {', '.join(indicators)}")
    if isinstance(change, PopulationChange) and change.file is not None:
        numbers = _populations(_beside(file, change.file), known)
        return Filed(_with(file, {"populations": numbers}))
    if isinstance(change, NeighboursChange):
        return Filed(file, read_edition(_beside(file, change.file), change.edition, known))
    return Filed(file)


def _with(file: YamlFile[Change], update: dict[str, Any]) -> YamlFile[Change]:
    return YamlFile(file.path, file.content.model_copy(update=update), file.lines)


def _beside(file: YamlFile[Change], name: str) -> Path:
    path = file.path.parent / name
    if not path.is_file():
        raise file.refuse(f"there is no file {name} beside it", "file", remedy="put it into the same folder")
    return path


def _populations(path: Path, known: Mapping[str, Authority]) -> dict[str, int]:
    """The estimates of a table with the columns `authority` and `population`."""
    found: dict[str, int] = {}
    remedy = "mend the line"
    for line, row in read_rows(path, ("authority", "population")):
        code, number = row["authority"], row["population"].replace(",", "")
        if code not in known:
            raise refuse(path, line, f"authority is {code!r}, which is no DfE code", remedy)
        if code in found:
            raise refuse(path, line, f"{known[code].name} ({code}) stands here a second time", remedy)
        if not (number.isascii() and number.isdecimal() and int(number)):
            raise refuse(path, line, f"population is {row['population']!r}, which is no number of children", remedy)
        found[code] = int(number)
    if not found:
        raise refuse(path, 1, "there is no population in it", "write a line for each authority")
    return found


def _known(files: Sequence[YamlFile[Change]]) -> Mapping[str, Authority]:
    """Every authority that is or may come to be. Of two proposals only one may come true: each stands alone."""
    signed = [file for file in files if file.content.signed_off is not None]
    proposals = [file for file in files if file.content.signed_off is None]
    found: dict[str, Authority] = {}
    for together in ([*signed, file] for file in proposals):
        found.update(Made(tuple(checked(together))).laid_over(authority_table()))
    found.update(Made(tuple(checked(signed))).laid_over(authority_table()))
    return found


def _in_turn(held: Sequence[Filed], region: Region) -> None:
    """Hold each change against the region as those before it leave it that were signed off."""
    for place, filed in enumerate(held):
        earlier = Changes(tuple(one for one in held[:place] if one.change.signed_off is not None))
        for at, what, remedy in faults(earlier.region_at(region, filed.change.first), filed.change):
            raise filed.file.refuse(what, *at, remedy=remedy)
