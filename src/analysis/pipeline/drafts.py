"""Draft readings are kept: what each build of a quarter told, so that one that flips later is listed with its cause.

A reading may flip although nothing of its authority has changed, since a correction elsewhere moves what is common to
the region. Whoever was asked about a draft should learn why the question has gone, or why there is a new one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pandas as pd

from analysis import store
from analysis.config import Workspace
from analysis.pipeline.collection import Collection
from analysis.pipeline.differences import COLUMNS, OTHERS, readings

FOLDER = "drafts"
"""Under `data/processed`. Unlike the stages, drafts that are deleted do not come again with the next build."""
_SIGNALS, _CHECKED, _ABOUT = "signals.parquet", "checked.parquet", "draft.json"


@dataclass(frozen=True)
class Draft:
    """What one build told, and what it was told from."""

    number: int
    """1 is the first of the quarter."""
    signals: pd.DataFrame
    checked: pd.DataFrame
    changes: tuple[str, ...]
    """The titles of the changes of the world that were in force."""
    kit: str
    """The fingerprint of the kit that reckoned it."""


def keep_draft(collection: Collection) -> None:
    """Keep what a build tells as the quarter's next draft; nothing where it tells the same as the last one.

    The caller holds the lock on the quarter's views. A draft that was cut off counts for nothing, and is written again.
    """
    home = _home(collection)
    last = _newest(home)
    about = {
        "changes": sorted(one.change.title for one in collection.changes.held),
        "kit": store.kit_fingerprint(),
    }
    if last and _read(home, last).signals.equals(collection.signals):
        return
    place = home / f"{last + 1:03d}"
    store.write_table(place / _SIGNALS, collection.signals)
    store.write_table(place / _CHECKED, collection.checked.checked)
    store.write_text(place / _ABOUT, json.dumps(about, indent=2) + "\n")


def drafts_of(collection: Collection) -> list[Draft]:
    """The drafts of a quarter that were kept, the first first."""
    home = _home(collection)
    return [_read(home, number) for number in range(1, _newest(home) + 1)]


def flipped(collection: Collection) -> pd.DataFrame:
    """The readings that flipped from each draft of a quarter to the next.

    Returns
    -------
    DataFrame
        `draft` (the later one), and the columns of `pipeline.differences.readings`. Where nothing of the authority and
        no query made it flip, the cause is what changed beside it: a change of the world by its title, another
        edition of the kit, or figures of others by name.
    """
    drafts = drafts_of(collection)
    found = [_between(before, after, collection).assign(draft=after.number) for before, after in pairwise(drafts)]
    columns = ["draft", *COLUMNS]
    return pd.concat(found, ignore_index=True)[columns] if found else pd.DataFrame(columns=columns)


def _between(before: Draft, after: Draft, collection: Collection) -> pd.DataFrame:
    cells = before.checked, after.checked
    flips = readings((before.signals, after.signals), cells, collection.measures_of)
    beside = sorted({*before.changes} ^ {*after.changes})
    if before.kit != after.kit:
        beside.append("another edition of the kit")

    def whole(cause: str) -> str:
        if not cause.startswith(OTHERS):
            return cause
        named = [cause] if cause != OTHERS or not beside else []
        return " or ".join([*beside, *named])

    return flips.assign(cause=flips["cause"].map(whole))


def _home(collection: Collection) -> Path:
    place: Workspace = collection.workspace
    return place.processed / FOLDER / collection.source / collection.region.id / str(collection.period)


def _newest(home: Path) -> int:
    return max((int(path.parent.name) for path in home.glob(f"*/{_ABOUT}")), default=0)


def _read(home: Path, number: int) -> Draft:
    place = home / f"{number:03d}"
    about = json.loads((place / _ABOUT).read_text(encoding="utf-8"))
    return Draft(
        number,
        store.read_table(place / _SIGNALS),
        store.read_table(place / _CHECKED),
        tuple(about["changes"]),
        about["kit"],
    )
