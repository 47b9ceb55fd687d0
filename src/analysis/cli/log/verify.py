"""`tartanrug log verify`: whether the log is whole, and tells of everything that was released."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from analysis.cli.release.desk import desk_of
from analysis.errors import ExitCode
from analysis.pipeline.collection import MADE_UP
from analysis.release.verify import log_faults


def verify_log(region: str, source: str, console: Console) -> int:
    """Say what is wrong with a region's log, or its head.

    Returns
    -------
    int
        `BROKEN_LOG` if anything is.
    """
    desk = desk_of(region, source)
    found = log_faults(desk.log, desk.place.release, desk.region.id, made_up=desk.source == MADE_UP)
    for fault in found:
        console.print(f"[red]{escape(str(fault))}[/red]\n  what to do: {escape(fault.remedy)}")
    if found:
        return int(ExitCode.BROKEN_LOG)
    chain = desk.chain()
    console.print(f"{len(chain.events)} events, whole; every release is in them. Head: {chain.head}")
    console.print("Events that were cut off at the end before any release are found by whoever kept an earlier head.")
    return int(ExitCode.OK)
