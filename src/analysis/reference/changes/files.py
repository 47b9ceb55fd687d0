"""One change's file, read as the kind of change that it says it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import ConfigDict

from analysis.errors import BadReferenceError
from analysis.reference.changes.change import Change
from analysis.reference.changes.model import (
    DefinitionChange,
    Membership,
    NeighboursChange,
    PopulationChange,
    Processor,
    Reorganisation,
    Trust,
)
from analysis.reference.model import Record
from analysis.reference.yaml_file import YamlFile, read_yaml

FOLDER = "changes"
"""In a region's folder of registers."""
_ENDINGS = (".yml", ".yaml", ".txt", ".YML")
KINDS: Mapping[str, type[Change]] = {
    "population": PopulationChange,
    "neighbours": NeighboursChange,
    "definition": DefinitionChange,
    "reorganisation": Reorganisation,
    "membership": Membership,
    "trust": Trust,
    "processor": Processor,
}


class _Kind(Record):
    """The one key that says which keys there are."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: str


def read_change(path: Path) -> YamlFile[Change]:
    """Read one change.

    Raises
    ------
    BadReferenceError
        By name and line: a name that does not end with .yml, a kind that there is not, and whatever does not fit its
        kind.
    """
    if path.suffix != ".yml" and not path.is_dir():
        raise BadReferenceError(
            f"{path.name} is not called .yml, so it would never be found",
            where=path.name,
            remedy=f"rename it: {path.stem}.yml",
        )
    file = read_yaml(path, _Kind)
    kind = file.content.kind
    if kind not in KINDS:
        raise file.refuse(f"there is no kind of change {kind!r}", "kind", remedy=f"choose from {', '.join(KINDS)}")
    read = read_yaml(path, KINDS[kind])
    return YamlFile(read.path, read.content, read.lines)


def files_in(folder: Path) -> list[Path]:
    """The files of changes in a folder, in the order of their names; those misnamed too, so that none is overlooked."""
    return sorted(path for ending in _ENDINGS for path in folder.glob(f"*{ending}"))
