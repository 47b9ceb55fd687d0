"""What authorities say that stands beside a quarter's figures: what was written for it, and what still holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis.errors import UsageError
from analysis.reference.periods import Quarter
from analysis.reference.registry import Registry
from analysis.registers.commentary import FOLDER, Entry, load_commentary


@dataclass(frozen=True)
class Said:
    """An entry that holds in a quarter, and the quarter that it was written for."""

    entry: Entry
    written_for: Quarter


def in_force(registers: Path, period: Quarter, registry: Registry) -> tuple[Said, ...]:
    """What stands beside the figures of a quarter: what was written for it, and what still holds of earlier quarters.

    Parameters
    ----------
    registers
        The region's folder of registers.

    Returns
    -------
    tuple
        By authority, indicator and kind. Of one kind about one thing the text of the latest quarter stands alone.

    Raises
    ------
    BadReferenceError
        As `load_commentary`, of any of the files.
    """
    found: dict[tuple[str, str, str], Said] = {}
    for path in commentary_files(registers, period):
        written_for = Quarter.parse(path.stem)
        for entry in load_commentary(path, registry).entries:
            key = (entry.authority, entry.indicator, entry.kind.value)
            # Whoever writes anew has the last word, also where the new text ends before the old one would.
            found.pop(key, None)
            if entry.holds_in(written_for, period):
                found[key] = Said(entry, written_for)
    return tuple(said for _, said in sorted(found.items()))


def commentary_files(registers: Path, period: Quarter) -> list[Path]:
    """The files of a quarter and of those before, the oldest first; what is not called by a quarter is none of them."""
    named = [path for path in (registers / FOLDER).glob("*.yml") if _is_quarter(path)]
    return sorted(path for path in named if Quarter.parse(path.stem) <= period)


def _is_quarter(path: Path) -> bool:
    try:
        return str(Quarter.parse(path.stem)) == path.stem
    except UsageError:
        return False
