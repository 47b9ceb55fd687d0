"""What was known on a day: the raw files received until then and the registers as they then stood, in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import takewhile
from pathlib import Path

import yaml

from analysis import store
from analysis.config import Workspace
from analysis.reference.changes.files import FOLDER as CHANGES
from analysis.reference.changes.files import read_change
from analysis.reference.regions import regions
from analysis.reference.registry import Registry, registry, registry_for
from analysis.reference.yaml_file import read_yaml
from analysis.registers import accepted, answers, calendar, commentary, corrections, issued_bands, targets
from analysis.registers.log.chain import FOLDER as LOG
from analysis.registers.log.chain import read_chain
from analysis.returns.door.turned_away import RECORD
from analysis.returns.files import find_returns
from analysis.returns.received import Received, receipt_path, received_in


def as_known(place: Workspace, day: date, into: Workspace) -> int:
    """Lay what was known on a day into another workspace, from which the same kit makes the same documents again.

    Parameters
    ----------
    place
        Nothing in it is changed.
    day
        A file counts from the day of its receipt on (UTC), an entry of a register from its `date` on. What has
        neither was always known. A change of the world is a proposal until the day on which it was signed off.
    into
        An empty workspace.

    Returns
    -------
    int
        How many returns there are.
    """
    count = 0
    for home in _homes(place.raw):
        target = into.raw / home.relative_to(place.raw)
        for period, path, record in _received_by(home, day):
            store.write_bytes(target / period / path.name, path.read_bytes())
            count += 1
            if record is not None:
                receipt = receipt_path(path.parent, record.sha256)
                store.write_bytes(receipt_path(target / period, record.sha256), receipt.read_bytes())
        for path in (*home.glob("templates/*.yml"), *home.glob(f"*/{RECORD}")):
            store.write_bytes(target / path.relative_to(home), path.read_bytes())
    for path in sorted(place.registers.rglob("*.yml")):
        if path.parent.name == CHANGES:
            _lay_change(path, day, into.registers / path.relative_to(place.registers))
            continue
        store.write_text(into.registers / path.relative_to(place.registers), _until(path, day, _registry_of(path)))
    for log in sorted(path for path in place.registers.rglob(LOG) if path.is_dir()):
        _lay_log(log, day, into.registers / log.relative_to(place.registers))
    return count


def anything_known(place: Workspace, day: date) -> bool:
    """Whether any return had been received by the end of a day."""
    return any(True for home in _homes(place.raw) for _ in _received_by(home, day))


def _received_by(home: Path, day: date) -> Iterator[tuple[str, Path, Received | None]]:
    """The files of a folder with their receipts; what has none was always known."""
    for period, path in find_returns(home):
        record = received_in(path.parent).get(path.name)
        if record is None or record.day <= day:
            yield period, path, record


def _lay_log(log: Path, day: date, target: Path) -> None:
    """The events up to the first that came later: what follows is bound to it."""
    for event in takewhile(lambda event: event.at.date() <= day, read_chain(log).events):
        store.write_bytes(target / event.file_name, event.line)


def _lay_change(path: Path, day: date, target: Path) -> None:
    """A change as it was known on a day, with the table that it names; nothing before it was written."""
    change = read_change(path).content
    then = change.known_on(day)
    if then is None:
        return
    if then is change:
        store.write_bytes(target, path.read_bytes())
    else:
        held = then.model_dump(mode="json", by_alias=True, exclude_none=True)
        store.write_text(target, yaml.safe_dump(held, sort_keys=False, allow_unicode=True))
    table = getattr(then, "file", None)
    if table and (path.parent / table).is_file():
        store.write_bytes(target.parent / table, (path.parent / table).read_bytes())


def _homes(raw: Path) -> Iterator[Path]:
    """The folder of each source and region."""
    yield from sorted(path for path in raw.glob("*/*") if path.is_dir())


def _registry_of(path: Path) -> Registry:
    """The measures of the region that a register is of: its folder, or the one around that, has the region's id."""
    region = regions().get(path.parent.name) or regions().get(path.parent.parent.name)
    return registry() if region is None else registry_for(region)


def _until(path: Path, day: date, known: Registry) -> str:
    """A register without what was written later."""
    if path.name == corrections.FILE:
        return corrections.entry_text(corrections.load_ledger(path, known).known_on(day).entries)
    if path.name == accepted.FILE:
        return accepted.entry_text(accepted.load_accepted(path, known).known_on(day).entries)
    if path.name == calendar.FILE:
        # An agreed date changes no figure, but whether a return was late.
        held = read_yaml(path, calendar.CalendarFile).content.known_on(day)
        return yaml.safe_dump(held.model_dump(mode="json", exclude_none=True), sort_keys=False, allow_unicode=True)
    if path.name == targets.FILE:
        return targets.entry_text(targets.load_targets(path, known).known_on(day).entries)
    if path.parent.parent.name == answers.FOLDER:
        return answers.answers_text(answers.load_answers(path).known_on(day))
    if path.parent.name == issued_bands.FOLDER:
        return issued_bands.entry_text(issued_bands.known_on(issued_bands.load_issues(path), day))
    if path.parent.name == commentary.FOLDER:
        return commentary.entry_text(commentary.load_commentary(path, known).known_on(day).entries)
    return path.read_text(encoding="utf-8")
