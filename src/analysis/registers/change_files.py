"""The changes of a region as people write them: what they wrote in their own words names nobody."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from analysis.reference.changes.files import files_in
from analysis.reference.changes.read import read_changes
from analysis.reference.changes.world import Changes, Filed
from analysis.reference.regions import Region
from analysis.registers.wording import identifies_a_child, names_a_person


def load_changes(folder: Path, region: Region) -> Changes:
    """The changes in a region's folder (`data/registers/<region>/changes/`); without one there are none.

    Raises
    ------
    BadReferenceError
        As `reference.changes.read.read_changes`, and where words seem to name a person: by name and line.
    """
    return load_files(files_in(folder), region)


def load_files(paths: Iterable[Path], region: Region) -> Changes:
    """The changes in some files, as `load_changes`."""
    changes = read_changes(paths, region)
    for filed in changes.held:
        _refuse_names(filed)
    return changes


def _refuse_names(filed: Filed) -> None:
    for key, text in filed.change.words:
        if names_a_person(text) or identifies_a_child(text):
            raise filed.file.refuse(
                f"{key} seems to name or identify a person", key, remedy="write roles, offices and publications"
            )
