"""`tartanrug leave record` and `history`."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

import yaml
from rich.console import Console
from rich.markup import escape

from analysis import store
from analysis.cli.known_word import known_word
from analysis.cli.region_log import RegionLog, named
from analysis.config import shown
from analysis.reference.changes.files import FOLDER, files_in
from analysis.reference.periods import Quarter
from analysis.registers.change_files import load_files
from analysis.registers.leaving import HistoryChoice, deciding_history, leavers_of, leaving


def record_leaving(
    region: str, source: str, authority: str, period: str, evidence: str, console: Console, *, at: datetime
) -> None:
    """Enter that an authority leaves, and the change of membership by which the quarters are reckoned.

    A run that was cut off between the two is finished by the next.

    Raises
    ------
    UserError
        If there is no such authority or quarter, it is no member, or its leaving was entered before.
    """
    log = RegionLog.of(region, source)
    (code,) = log.codes((authority,))
    first = Quarter.parse(period)
    path = log.registers / FOLDER / f"left-{code}-{first}.yml"
    day = at.date().isoformat()
    change = {
        "kind": "membership",
        "title": f"{code} leaves",
        "from": str(first),
        "reason": "the authority said so",
        "source": evidence,
        "date": day,
        "signed_off": {"by": "the authority itself", "date": day},
        "leaves": [code],
    }
    text = yaml.safe_dump(change, sort_keys=False, allow_unicode=True)
    before = leavers_of(log.chain).get(code)
    if path.is_file() or before is None or before.left.first != str(first):
        _refuse_what_does_not_fit(log, path, text)
        log.write(leaving(code, first=first, told=at.date(), evidence=evidence), at=at)
    store.write_text(path, text)
    leaver = leavers_of(log.chain)[code]
    console.print(escape(f"{named(code)} {leaver.words}."))
    console.print("Documents that were issued stand, and permissions that it gave hold until they end.")
    console.print(escape(f"The change of membership: {shown(path)}"))


def _refuse_what_does_not_fit(log: RegionLog, path: Path, text: str) -> None:
    """Whoever does not take part at that time cannot leave: found before anything is written."""
    if path.is_file():
        return
    with tempfile.TemporaryDirectory(prefix="tartanrug-") as name:
        trial = Path(name, path.parent.name, path.name)
        store.write_text(trial, text)
        load_files([*files_in(path.parent), trial], log.region)


def decide_history(
    region: str, source: str, authority: str, choice: str, evidence: str, console: Console, *, at: datetime
) -> None:
    """Enter what an authority that left decided about its history.

    Raises
    ------
    UserError
        If there is no such authority or choice, or it has not left.
    """
    log = RegionLog.of(region, source)
    (code,) = log.codes((authority,))
    decided = HistoryChoice(known_word(choice, tuple(HistoryChoice), "choice"))
    log.write(deciding_history(code, choice=decided, decided=at.date(), evidence=evidence), at=at)
    console.print(escape(f"{named(code)} {leavers_of(log.chain)[code].words}."))
    if decided is HistoryChoice.ERASE:
        console.print(f"To carry it out: tartanrug leave erase --authority {code} --dry-run")
