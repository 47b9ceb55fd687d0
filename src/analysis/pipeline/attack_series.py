"""What the intruder's tests are run against: the bands that packs print, and what public tables tell of the figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from itertools import zip_longest

import numpy as np
import pandas as pd

from analysis.audit.intruder.attack import Series
from analysis.audit.intruder.courses import Course
from analysis.audit.intruder.knowledge import Forecast, annual, forecast
from analysis.audit.intruder.rows import Released, of_group
from analysis.disclosure.bands import GroupBands
from analysis.pipeline.collection import Collection
from analysis.pipeline.issued_bands import REGION, Printed
from analysis.reference.indicators import Indicator, Window
from analysis.reference.published import published_figures
from analysis.registers.issued_bands import load_every_quarter
from analysis.release.standing import standings
from analysis.views.model import Variant

QUARTERS = 4
TODAY, NEXT = "the tables of today", "the tables as if the year to this quarter were published"


def released(collection: Collection, printed: Printed) -> Iterator[Released]:
    """Every statistic of a group that this quarter's packs print, or that packs of any quarter have printed.

    That is the last issue of each quarter's bands, and any before it in whose time a pack of the quarter went out: who
    holds both can lay one beside the other.
    """
    for (group, series), bands in printed.items():
        if isinstance(bands, GroupBands):
            for period in bands.table["period"]:
                yield of_group((f"{group} {series}", period), bands.members)
    sent = _days_of_packs(collection)
    for quarter, issues in load_every_quarter(collection.registers).items():
        for issue, later in zip_longest(issues, issues[1:]):
            if later is None or any(issue.date <= day <= later.date for day in sent.get(str(quarter), ())):
                for line in issue.lines:
                    for band in line.bands:
                        yield of_group((f"{line.group} {line.series}", band.period), line.members)


def _days_of_packs(collection: Collection) -> Mapping[str, Sequence[date]]:
    """By quarter, the days on which anonymised packs of it went out."""
    days: dict[str, list[date]] = {}
    for one in standings(collection.log).values():
        if one.scope.variant is Variant.ANONYMISED and one.issued_at is not None:
            days.setdefault(one.scope.period, []).append(one.issued_at.date())
    return days


def series_to_guess(
    collection: Collection, printed: Printed, readers: Sequence[Sequence[str]], named: Set[str] = frozenset()
) -> Iterator[Series]:
    """The latest band of every headline with published figures of all whom it is made of.

    Parameters
    ----------
    named
        Whose figures every reader knows, since they permit to be named.
    """
    for indicator in collection.indicator_list:
        bands, table = printed[REGION, indicator.headline], _annual(indicator)
        if isinstance(bands, str) or table is None:
            continue
        period, window = str(bands.table["period"].iloc[-1]), Window(indicator.window).value
        members = list(bands.members)
        figures = _figures(collection, indicator, window, period).reindex(members)
        known = forecast(table, members, int(table.columns.max()) + 1, int(table.columns.max()))
        if np.isnan(known.centre).any() or figures.isna().any():
            continue
        counts = _figures(collection, indicator, window, period, "numerator").reindex(members)
        course = Course.of_one_quarter(known, _part_of_a_year(indicator), np.array(counts, dtype=np.float64))
        edges = np.array(bands.table[["lower", "median", "upper"]].iloc[-1:], dtype=np.float64)
        places = tuple(tuple(members.index(code) for code in reader if code in members) for reader in readers)
        known_to_all = tuple(place for place, code in enumerate(members) if code in named)
        yield Series(course, np.array(figures, dtype=np.float64)[:, None], edges, places, known_to_all)


def forecasts(collection: Collection) -> Mapping[str, Sequence[Forecast]]:
    """By vintage: what public tables tell of each indicator on the list, for marks that may stand on a page.

    The next publication is not at hand; the returns' own 12 months stand in for it.
    """
    members = tuple(sorted(collection.region.members))
    nothing = Forecast(np.full(len(members), np.nan), np.ones(len(members)), 0.0)
    today, then = [], []
    for indicator in collection.indicator_list:
        table = _annual(indicator)
        if table is None:
            today.append(nothing)
            then.append(nothing)
            continue
        year = int(table.columns.max()) + 1
        today.append(forecast(table, members, year, year - 1))
        window = Window.QUARTER if indicator.kind == "stock" else Window.ROLLING_YEAR
        out = _figures(collection, indicator, window.value, str(collection.period))
        then.append(forecast(table.assign(**{str(year): out}).rename(columns={str(year): year}), members, year, year))
    return {TODAY: today, NEXT: then}


def _annual(indicator: Indicator) -> pd.DataFrame | None:
    return None if indicator.published is None else annual(published_figures(), indicator.published.id)


def _figures(
    collection: Collection, indicator: Indicator, window: str, period: str, part: str = "value"
) -> pd.Series[float]:
    table = collection.indicators
    rows = table[(table["series"] == indicator.headline) & (table["window"] == window) & (table["period"] == period)]
    return rows.set_index("authority")[part].astype(float)


def _part_of_a_year(indicator: Indicator) -> float:
    """What a figure in the headline's window is of a yearly one: flows' rates are not annualised."""
    flow = indicator.kind == "flow" and Window(indicator.window) is Window.QUARTER
    return 1 / QUARTERS if flow else 1.0
