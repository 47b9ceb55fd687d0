"""`tartanrug returns chase`: text to paste for those of whose return something is missing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from analysis import store
from analysis.cli.returns.collection import find_standings, members
from analysis.config import shown
from analysis.reference.matching import plain
from analysis.returns.chasing import chasing_text, chasing_text_for_all, chasing_text_for_trust

FOR_ALL = "all.txt"


def chase(
    region: str,
    period: str,
    source: str,
    console: Console,
    *,
    authorities: Sequence[str] = (),
    into: Path | None = None,
) -> None:
    """Print the texts, or write each into a file of its own.

    Parameters
    ----------
    authorities
        Codes, names or aliases: theirs alone. If empty, everybody's of whom something is missing, and one for all.
    into
        A folder: each text goes into a file named by the authority's code, or the trust's name, so that no text is
        pasted with another's.

    Raises
    ------
    UserError
        If there is no such region, quarter, source or authority.
    """
    found = find_standings(region, period, source, console)
    home, quarter, due = found.collection.region, found.collection.period, found.due
    wanted = members(home, authorities)
    measures = found.collection.registry.measures
    rows = [one for one in found.rows if one.authority in wanted]
    sending = found.collection.changes.sending
    by_trust = {code for trust in sending for code in trust.provides_for}
    texts = {
        f"{one.authority}.txt": chasing_text(one, home, quarter, due, measures)
        for one in rows
        if one.authority not in by_trust
    }
    # Whoever sends is asked: once, for all its authorities.
    for trust in sending:
        theirs = [one for one in rows if one.authority in trust.provides_for]
        name = f"{'-'.join(plain(trust.name).split())}.txt"
        texts[name] = chasing_text_for_trust(trust, theirs, home, quarter, due, measures)
    texts = {name: text for name, text in texts.items() if text}
    console.print(f"{home.name}, {quarter.words} ({quarter}): {found.dates}")
    if not texts:
        console.print("Nothing to ask for: every return is there, and whole.")
        return
    if not authorities:
        texts[FOR_ALL] = chasing_text_for_all(found.rows, home, quarter, due)
    for name, text in texts.items():
        if into is None:
            console.rule(Text(name.removesuffix(".txt")))
            console.print(Text(text))
        else:
            store.write_text(into / name, text)
    if into is not None:
        console.print(f"Written: {len(texts)} texts in {shown(into.absolute())}/")
