"""Whose returns a command is about: those received, or made-up ones. Whoever takes returns in says which they are."""

from __future__ import annotations

from analysis.cli.known_word import known_word
from analysis.config import workspace
from analysis.pipeline.collection import MADE_UP, RETURNS
from analysis.pipeline.sources import choose_source, source_there
from analysis.reference.periods import Quarter
from analysis.reference.regions import Region


def source_of(named: str, region: Region, period: Quarter) -> str:
    """The source that is named; else the returns received, or the made-up ones where none were.

    Raises
    ------
    UserError
        If there is no such source, or none was named and there is no return of either.
    """
    return _known(named) or choose_source(workspace(), region, period)


def source_before_returns(named: str, region: Region) -> str:
    """As `source_of`, for what is done before the first return comes too: it is then about the returns."""
    return _known(named) or source_there(workspace(), region) or RETURNS


def _known(named: str) -> str:
    return known_word(named, (RETURNS, MADE_UP), "source") if named else ""
