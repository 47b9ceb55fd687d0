"""How many of those who report count by each definition, where authorities count by different ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from analysis.reference.changes.breaks import Break, definitions_in_use
from analysis.reference.periods import Quarter

EARLIER, NOT_RECORDED = "earlier", "not_recorded"
"""In place of a definition's first quarter: the one before any change, and that of an authority outside the
collection, whose changes nobody has recorded."""

Definition = tuple[str, str]
"""Since when it is in use, and its words."""


def definitions_of(
    authorities: Sequence[str], recorded: Collection[str], breaks: Iterable[Break], indicator: str, period: Quarter
) -> tuple[Definition, ...]:
    """The definition by which each authority counts an indicator in a quarter; nothing where none has changed.

    Parameters
    ----------
    recorded
        Those whose changes would have been recorded: the authorities of the collection.
    """
    in_use = definitions_in_use(breaks, indicator, period)
    if not in_use:
        return ()
    unchanged = {code: (EARLIER if code in recorded else NOT_RECORDED, "") for code in authorities}
    changed = {code: (str(first), words) for code, (first, words) in in_use.items()}
    return tuple((unchanged | changed)[code] for code in authorities)


def how_many_on_each(reporting: Iterable[Definition]) -> str:
    """`2025-26-Q3 4; earlier 15`: the newest definition first; empty where all count by the same one."""
    found = Counter(reporting)
    named = sorted((one for one in found if one[0] not in (EARLIER, NOT_RECORDED)), reverse=True)
    order = [*named, (EARLIER, ""), (NOT_RECORDED, "")]
    if not named or len(found) == 1:
        return ""
    return "; ".join(f"{one[0]} {found[one]}" for one in order if found[one])


def counts_of(definitions: str) -> tuple[tuple[str, int], ...]:
    """What `how_many_on_each` wrote: since when a definition is in use, and how many count by it."""
    parts = (part.split(" ") for part in definitions.split("; ") if part)
    return tuple((first, int(count)) for first, count in parts)
