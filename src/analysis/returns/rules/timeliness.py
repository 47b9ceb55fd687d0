"""The rules about when a return came: the days are given, and no clock is read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from analysis.reference.periods import Quarter
from analysis.returns.rules.findings import Finding
from analysis.returns.rules.rule import Severity, declare

RECEIVED_LATE = declare(
    "received_late",
    Severity.NOTE,
    "cell",
    policy="A quarter's return is received by the day on which it is due (S0 5.5.4 ii: timely).",
    remedy="nothing for this quarter; where it happens again, ask whether the due date suits the authority",
)
RECEIVED_BEFORE_THE_END = declare(
    "received_before_the_end",
    Severity.QUERY,
    "cell",
    policy="A quarter's figures are counted when the quarter is over: a return received earlier cannot be whole.",
    remedy="ask whether the figures are of the whole quarter",
)


def timeliness(received: Mapping[str, date], due: date | None, period: Quarter) -> list[Finding]:
    """What came after it was due, or before it could be whole.

    Parameters
    ----------
    received
        DfE code to the day (UTC) on which the first usable return for the quarter came. An authority of which the day
        is not known is left out; one that sent nothing has the finding `missing_return` already.
    due
        The last day that is in time; None where the region has set none.
    period
        The quarter that was collected.
    """
    findings = []
    for code, day in sorted(received.items()):
        if day <= period.last_day:
            seen = f"received {day.isoformat()}, and the quarter ended {period.last_day.isoformat()}"
            findings.append(Finding.of(RECEIVED_BEFORE_THE_END, seen, authority=code, period=str(period)))
        elif due is not None and day > due:
            late = (day - due).days
            seen = f"received {day.isoformat()}, {late} day{'s' if late > 1 else ''} after {due.isoformat()}"
            findings.append(Finding.of(RECEIVED_LATE, seen, authority=code, period=str(period)))
    return findings
