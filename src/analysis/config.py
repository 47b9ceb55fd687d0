"""Where things stand on disk: the one place that knows the folder tree."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Workspace:
    """The folders of one checkout, or of one test."""

    root: Path

    @property
    def raw(self) -> Path:
        """Returns as received, never changed: `data/raw/<source>/<region>/<period>/`."""
        return self.root / "data" / "raw"

    @property
    def processed(self) -> Path:
        """One folder per stage, rebuilt from `raw` at any time."""
        return self.root / "data" / "processed"

    @property
    def registers(self) -> Path:
        """What people write about returns: corrections, what is accepted, dates: `data/registers/<region>/`."""
        return self.root / "data" / "registers"

    @property
    def notebooks(self) -> Path:
        """The notebook sources, which belong to the kit and not to a workspace of data."""
        return PACKAGE.parents[1] / "notebooks"

    @property
    def quarto_project(self) -> Path:
        """The Quarto project (profiles, brand), which also belongs to the kit."""
        return PACKAGE.parents[1] / "reports"

    @property
    def out(self) -> Path:
        """Where finished documents are laid before anybody releases them."""
        return self.root / "reports" / "out"

    @property
    def release(self) -> Path:
        """Where released documents are; only `release.gate` writes here."""
        return self.root / "reports" / "release"


def shown(path: Path) -> str:
    """A path as it is told to a person: from where they stand, if it lies below; else whole."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def workspace() -> Workspace:
    """The checkout that this package was installed from, or the folder named by `TARTANRUG_HOME`."""
    home = os.environ.get("TARTANRUG_HOME")
    return Workspace(Path(home).resolve() if home else PACKAGE.parents[1])
