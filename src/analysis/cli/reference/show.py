"""`tartanrug reference list`: what the kit knows before any return arrives, and where it has it from."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console
from rich.table import Table

from analysis.cli.known_word import known_word
from analysis.cli.reference.changes import changes_table
from analysis.errors import UsageError
from analysis.reference.authorities import authorities, find_authority
from analysis.reference.neighbours import editions, neighbours
from analysis.reference.regions import find_region, regions
from analysis.reference.registry import registry
from analysis.reference.sources import sources


def show_reference(what: str, region: str, period: str, source: str, authority: str, console: Console) -> None:
    """Print one kind of reference data as a table.

    Parameters
    ----------
    region, period
        For changes: whose, and for which quarter's report it is told whether they hold.
    source
        `returns` or `made-up`: whose changes.

    Raises
    ------
    UsageError
        If there is no such kind, region or authority.
    """
    shown: dict[str, Callable[[], Table | str]] = {
        "changes": lambda: changes_table(region or "south-east", period, source),
        "files": _files,
        "authorities": lambda: _authorities(region),
        "neighbours": lambda: _neighbours(authority),
        "indicators": _indicators,
        "regions": _regions,
    }
    console.print(shown[known_word(what, tuple(shown), "reference data called")]())


def _files() -> Table:
    table = Table("file", "title", "publisher", "edition", "licence", title="Reference files")
    for name, source in sources().items():
        table.add_row(name, source.title, source.publisher, source.edition, source.licence)
    return table


def _authorities(region: str) -> Table:
    table = Table("DfE code", "ONS code", "name", "region", "type", "until", title="Authorities")
    chosen = find_region(region).everyone if region else tuple(authorities())
    for code in chosen:
        one = authorities()[code]
        table.add_row(code, one.ons_code, one.name, one.region, one.type, "" if one.current else str(one.last_year))
    return table


def _neighbours(authority: str) -> Table:
    if not authority:
        raise UsageError("whose neighbours?", remedy="give --authority, for instance --authority RBWM")
    one = find_authority(authority)
    table = Table("rank", *editions(), title=f"Statistical neighbours of {one.name}, nearest first")
    lists = [neighbours(edition).get(one.code, ()) for edition in editions()]
    for rank in range(max(map(len, lists), default=0)):
        cells = [
            f"{authorities()[near[rank].code].name} ({near[rank].closeness.lower()})" if rank < len(near) else ""
            for near in lists
        ]
        table.add_row(str(rank + 1), *cells)
    return table


def _indicators() -> Table:
    table = Table(
        "id", "agreed words", "headline", "window", "direction", "published, like for like", title="Indicators"
    )
    for indicator in registry().indicators.values():
        published = indicator.published
        like = "-" if published is None else "yes" if published.like_for_like else f"no: {published.difference}"
        table.add_row(indicator.id, indicator.annex_a, indicator.headline, indicator.window, indicator.polarity, like)
    return table


def _regions() -> Table:
    table = Table("id", "name", "members", "from outside", "indicator set", title="Regions")
    for region in regions().values():
        outside = ", ".join(authorities()[code].name for code in region.outside_members)
        table.add_row(region.id, region.name, str(len(region.members)), outside, region.indicator_set)
    return table
