"""The registry as read from its files: measures, indicators and dated lists, with a region's own beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from pydantic import Field

from analysis.errors import UsageError
from analysis.reference.consistency import clashes, indicator_faults, measure_faults
from analysis.reference.data_folder import DATA
from analysis.reference.indicators import Balance, Indicator, IndicatorSet, Measure, Series
from analysis.reference.model import Record
from analysis.reference.regions import Region
from analysis.reference.yaml_file import YamlFile, read_yaml

REMEDY = "correct this line, or the one that it does not go with"


class MeasuresFile(Record):
    """`measures.yml`."""

    measures: tuple[Measure, ...] = Field(min_length=1)


class IndicatorsFile(Record):
    """`indicators.yml`."""

    indicators: tuple[Indicator, ...] = Field(min_length=1)


class OwnFile(Record):
    """What a region adds: measures if it collects any of its own, and indicators made of them or of the agreed ones."""

    measures: tuple[Measure, ...] = ()
    indicators: tuple[Indicator, ...] = Field(min_length=1)


AnyFile = YamlFile[MeasuresFile] | YamlFile[IndicatorsFile] | YamlFile[OwnFile]


@dataclass(frozen=True)
class Registry:
    """Everything that is counted, and how figures are made of it."""

    measures: Mapping[str, Measure]
    indicators: Mapping[str, Indicator]
    sets: Mapping[str, IndicatorSet]
    own: tuple[str, ...] = ()
    """Ids of the indicators that the region added."""

    def series(self, series_id: str) -> Series:
        """The series of an id. A `KeyError` is a bug: ids come from the registry."""
        return next(series for series in self.indicator_of(series_id).series if series.id == series_id)

    def indicator_of(self, series_id: str) -> Indicator:
        """The indicator that a series belongs to."""
        for indicator in self.indicators.values():
            if any(series.id == series_id for series in indicator.series):
                return indicator
        raise KeyError(series_id)

    def all_series(self) -> tuple[Series, ...]:
        """Every series, in the order of the indicators."""
        return tuple(series for indicator in self.indicators.values() for series in indicator.series)

    def set(self, set_id: str) -> IndicatorSet:
        """A dated list.

        Raises
        ------
        UsageError
            If there is none of that id.
        """
        if set_id not in self.sets:
            raise UsageError(f"there is no indicator set {set_id!r}", remedy=f"choose from {', '.join(self.sets)}")
        return self.sets[set_id]

    @property
    def balances(self) -> tuple[Balance, ...]:
        """The stocks of which the flows are counted too."""
        return tuple(
            Balance(one.id, one.starting, one.ceasing)
            for one in self.measures.values()
            if one.starting is not None and one.ceasing is not None
        )

    def listed(self, set_id: str) -> tuple[Indicator, ...]:
        """The indicators of a dated list in its order, and after them the region's own."""
        return tuple(self.indicators[key] for key in (*self.set(set_id).indicators, *self.own))


@cache
def registry(folder: Path = DATA, own: Path | None = None) -> Registry:
    """Read the registry.

    Parameters
    ----------
    folder
        Holds `measures.yml`, `indicators.yml` and the folder `indicator_sets`.
    own
        A region's own measures and indicators.

    Raises
    ------
    BadReferenceError
        By name and line: an id twice, a series of a measure that does not exist, a list of an indicator that does not.
    """
    measures: dict[str, Measure] = {}
    indicators: dict[str, Indicator] = {}
    measures_file = read_yaml(folder / "measures.yml", MeasuresFile)
    _add_measures(measures, measures_file, measures_file.content.measures)
    indicators_file = read_yaml(folder / "indicators.yml", IndicatorsFile)
    _add_indicators(indicators, measures, indicators_file, indicators_file.content.indicators)
    agreed = len(indicators)
    if own is not None:
        own_file = read_yaml(own, OwnFile)
        _add_measures(measures, own_file, own_file.content.measures)
        _add_indicators(indicators, measures, own_file, own_file.content.indicators)
    sets: dict[str, IndicatorSet] = {}
    for path in sorted((folder / "indicator_sets").glob("*.yml")):
        file = read_yaml(path, IndicatorSet)
        for index, key in enumerate(file.content.indicators):
            if key not in list(indicators)[:agreed]:
                raise file.refuse(f"there is no indicator {key}", "indicators", index, remedy=REMEDY)
        sets[file.content.id] = file.content
    return Registry(measures, indicators, sets, own=tuple(indicators)[agreed:])


def registry_for(region: Region, folder: Path = DATA / "regions") -> Registry:
    """The registry with a region's own indicators, if it has any.

    Raises
    ------
    BadReferenceError
        As `registry`, and by name and line for the region's own file.
    """
    found = registry(own=folder / region.own_indicators if region.own_indicators else None)
    found.set(region.indicator_set)
    return found


def _add_measures(known: dict[str, Measure], file: AnyFile, new: tuple[Measure, ...]) -> None:
    """Add a file's measures to those known; a weight may stand further down in the file."""
    for index, measure in enumerate(new):
        if measure.id in known:
            raise file.refuse(f"another measure is called {measure.id}", "measures", index, "id", remedy="rename it")
        known[measure.id] = measure
    for index, measure in enumerate(new):
        for field, what in measure_faults(measure, known):
            raise file.refuse(f"{measure.id}: {what}", "measures", index, field, remedy=REMEDY)


def _add_indicators(
    known: dict[str, Indicator], measures: Mapping[str, Measure], file: AnyFile, new: tuple[Indicator, ...]
) -> None:
    """Add a file's indicators to those known: ids, numbers and ids of series are each used once."""
    for index, indicator in enumerate(new):
        faults = chain(clashes(indicator, known.values()), indicator_faults(indicator, measures))
        for place, what in faults:
            raise file.refuse(f"{indicator.id}: {what}", "indicators", index, *place, remedy=REMEDY)
        known[indicator.id] = indicator
