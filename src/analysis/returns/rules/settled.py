"""What was asked about a file that has been followed by another is settled where the later one says something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from analysis.reference.status import Status
from analysis.returns.rules.findings import Finding
from analysis.returns.rules.rule import Severity

SENT_AGAIN = "sent again since"


def settle(findings: Sequence[Finding], chosen: pd.DataFrame, vintages: Mapping[str, str]) -> list[Finding]:
    """Make notes of what no longer needs asking, since the authority has sent it again.

    A question about a figure is settled when a later vintage has that figure, or a mark; a question about rows of which
    the figure is not known, when nothing of that authority is taken from the file any longer. A blank settles nothing.

    Parameters
    ----------
    findings
        In any order; those without an authority, or without a file of `vintages`, are handed on as they are.
    chosen
        One row for each authority, quarter and measure, as `resolve.resolve` returns.
    vintages
        What a file is called in findings, to its vintage: sorts from the oldest on.
    """
    said = chosen[chosen["status"] != Status.NOT_SUBMITTED]
    newest = dict(
        zip(zip(said["authority"], said["period"], said["measure"], strict=True), said["vintage"], strict=True)
    )
    latest = {str(code): str(vintage) for code, vintage in said.groupby("authority")["vintage"].max().items()}
    in_use = set(zip(said["authority"], said["label"], strict=True))

    def settled(one: Finding) -> bool:
        if one.severity == Severity.NOTE or not one.authority or one.file not in vintages:
            return False
        if one.period and one.measure:
            return bool(newest.get((one.authority, one.period, one.measure), "") > vintages[one.file])
        followed: bool = latest.get(one.authority, "") > vintages[one.file]
        return followed and (one.authority, one.file) not in in_use

    return [
        replace(one, severity=str(Severity.NOTE), seen=f"{one.seen} ({SENT_AGAIN})") if settled(one) else one
        for one in findings
    ]
