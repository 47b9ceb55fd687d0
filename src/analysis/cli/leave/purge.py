"""`tartanrug leave purge`: old working copies, by the region's schedule."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from rich.console import Console
from rich.markup import escape

from analysis.cli.region_log import RegionLog
from analysis.config import shown, workspace
from analysis.pipeline.old_copies import old_copies
from analysis.registers.purged import CopiesPurged, PurgedFolder


def purge_copies(region: str, source: str, console: Console, *, at: datetime, dry_run: bool) -> None:
    """List the working copies whose time is over; delete them, unless that is all that was wanted.

    Raises
    ------
    UserError
        If there is no such region or source, or nobody is enrolled who could be said to have done it.
    """
    log = RegionLog.of(region, source)
    place, schedule = workspace(), log.rules.retention
    old = old_copies(place, log.source, log.region.id, schedule, at.date())
    for (folder, kind, until), count in Counter((one.path.parent, one.schedule, one.kept_until) for one in old).items():
        console.print(escape(f"{shown(folder)}/: {count} files ({kind}), kept until {until}"))
    if not old:
        console.print("Nothing is older than the schedule says.")
        return
    if dry_run:
        console.print(f"{len(old)} files. Nothing was changed.")
        return
    counts = Counter(one.path.parent.relative_to(place.root).as_posix() for one in old)
    folders = tuple(PurgedFolder(place=folder, files=count) for folder, count in sorted(counts.items()))
    log.write(lambda _: CopiesPurged(on=at.date(), schedule=schedule, folders=folders), at=at)
    for one in old:
        one.path.unlink(missing_ok=True)
    for folder in sorted({one.path.parent for one in old}, key=lambda path: -len(path.parts)):
        if not any(folder.iterdir()):
            folder.rmdir()
    console.print(f"Deleted: {len(old)} files. Returns as received are untouched.")
