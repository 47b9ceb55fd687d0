"""Targets that a region or an authority has set itself: what an indicator should come to, and from when.

A target is somebody's decision, with a source. None comes from the kit, and none from the figures of others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BeforeValidator, ConfigDict, Field, RootModel

from analysis.reference.indicators import Polarity
from analysis.reference.model import Record
from analysis.reference.periods import Quarter
from analysis.reference.registry import Registry
from analysis.reference.yaml_file import YamlFile, read_yaml
from analysis.registers.wording import Code, QuarterText, Words

FILE = "targets.yml"
"""In the region's folder of registers."""


class Target(Record):
    """One entry."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)

    indicator: str
    authority: Code | None = None
    """Whose target it is; the region's, for all of its authorities, where none is named."""
    value: float = Field(strict=True, ge=0, allow_inf_nan=False)
    """In the unit of the indicator's headline, over the headline's window."""
    first: QuarterText = Field(alias="from")
    """The first quarter of figures for which it holds; until a later entry takes its place."""
    source: Words = Field(min_length=3)
    """Where it was decided: a plan, a board."""
    date: date
    """On which it was written: a build as known earlier leaves it out."""


class _File(RootModel[Annotated[tuple[Target, ...], BeforeValidator(lambda held: held or ())]]):
    """`targets.yml`: a list."""


@dataclass(frozen=True)
class Targets:
    """The entries in the order of the file."""

    entries: tuple[Target, ...] = ()

    def known_on(self, day: date) -> Targets:
        """What had been written by the end of a day."""
        return Targets(tuple(entry for entry in self.entries if entry.date <= day))

    def at(self, indicator: str, authority: str, quarter: Quarter) -> Target | None:
        """The target that holds in a quarter: the authority's own newest, else the region's; None without one."""
        holding = [
            entry
            for entry in self.entries
            if entry.indicator == indicator and entry.authority in (authority, None) and entry.first <= str(quarter)
        ]
        return max(holding, key=lambda entry: (entry.authority is not None, entry.first), default=None)


def load_targets(path: Path, registry: Registry) -> Targets:
    """Read the targets of a region.

    Parameters
    ----------
    path
        `data/registers/<region>/targets.yml`; a region without one has set none.
    registry
        Knows the indicators.

    Raises
    ------
    BadReferenceError
        By name and line: an entry that does not fit, an indicator that does not exist or of which no end is better, a
        percentage above 100, two entries for one indicator, authority and quarter.
    """
    if not path.is_file():
        return Targets()
    file = read_yaml(path, _File)
    earlier: dict[tuple[str, str | None, str], int] = {}
    for index, entry in enumerate(file.content.root):
        _check(file, index, entry, registry)
        key = (entry.indicator, entry.authority, entry.first)
        if key in earlier:
            what = f"a target of {entry.indicator} from {entry.first} stands on line {file.lines[(earlier[key],)]}"
            raise file.refuse(what, index, remedy="keep one of the two")
        earlier[key] = index
    return Targets(file.content.root)


def _check(file: YamlFile[_File], index: int, entry: Target, registry: Registry) -> None:
    indicator = registry.indicators.get(entry.indicator)
    if indicator is None:
        raise file.refuse(
            "no indicator has this id", index, "indicator", remedy="use an id of docs/methods/indicators.md"
        )
    if indicator.polarity is Polarity.NEUTRAL:
        # DESIGN 2.7: neutral indicators are neither good nor bad, so that a target could be neither met nor missed.
        what = f"{entry.indicator} has no target: neither high nor low is counted as better"
        raise file.refuse(what, index, "indicator", remedy="remove the entry")
    if registry.series(indicator.headline).kind == "percentage" and entry.value > 100:
        raise file.refuse("a percentage is 100 at most", index, "value", remedy="correct the value")


def entry_text(entries: Iterable[Target]) -> str:
    """Entries as YAML that can be put at the end of the file."""
    dumped = [entry.model_dump(mode="json", exclude_none=True) for entry in entries]
    return yaml.safe_dump(dumped, sort_keys=False, allow_unicode=True, width=120)
