"""Who has sent what for a quarter: named, so for the DBG alone (S0 5.5.3 i)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.reference.periods import Quarter
from analysis.reference.status import Status
from analysis.returns.checked import Checked
from analysis.returns.received import Received
from analysis.returns.rules.consistency import MISSING_MEASURE, MISSING_RETURN
from analysis.returns.rules.rule import Severity

MISSING_RULES = frozenset({MISSING_RETURN.id, MISSING_MEASURE.id})
"""Rules whose findings say the same as `Standing.missing`."""


@dataclass(frozen=True)
class Standing:
    """How far one authority's return for the quarter is."""

    authority: str
    """DfE code."""
    sent: bool
    """Whether anything arrived that has a row for the quarter."""
    received: date | None
    """The day on which the first of it arrived (UTC); None where no receipt says so."""
    late: bool | None
    """Whether that was after the due date; None where either day is not known."""
    vintages: int
    """How often it was sent."""
    missing: tuple[str, ...]
    """Ids of the measures of which there is neither a figure nor a mark that says why."""
    refused: int
    """Figures and rows of the quarter, and wholes in its folder, of which a rule says that they are not used."""


def standings(
    checked: Checked,
    codes: Sequence[str],
    period: Quarter,
    receipts: Iterable[Received],
    due: date | None,
    measures: Sequence[str],
) -> tuple[Standing, ...]:
    """How far each authority's return is.

    Parameters
    ----------
    checked
        The returns up to the quarter, as checked.
    codes
        DfE codes of all who are expected to send.
    period
        The quarter.
    receipts
        Those of the quarter's folder; files may lie there without one.
    due
        The day by which returns are due; None where there is none.
    measures
        Ids of what is expected, in the order in which it is told.

    Returns
    -------
    tuple of Standing
        In the order of `codes`.
    """
    known = [record for record in receipts if record.state == "received" and str(period) in record.periods]
    cells = checked.checked[checked.checked["period"] == str(period)]
    findings = _refused_in(period, checked.findings)
    return tuple(_standing(code, _of(cells, code), _of(findings, code), known, due, measures) for code in codes)


def _refused_in(period: Quarter, findings: pd.DataFrame) -> pd.DataFrame:
    """What was refused of a quarter; what is of no quarter, as a file, counts where it lies in the quarter's folder."""
    here = (findings["period"] == "") & findings["file"].str.startswith(str(period))
    return findings[(findings["severity"] == Severity.REFUSE) & (here | (findings["period"] == str(period)))]


def _of(rows: pd.DataFrame, code: str) -> pd.DataFrame:
    return rows[rows["authority"] == code]


def _standing(
    code: str,
    cells: pd.DataFrame,
    refused: pd.DataFrame,
    known: Sequence[Received],
    due: date | None,
    measures: Sequence[str],
) -> Standing:
    own = [record for record in known if code in record.vintages]
    # Whatever lies in the folder without a receipt is a vintage too: a figure that is used comes from it.
    unrecorded = set(cells["receipt"]) - {"", *(record.sha256 for record in known)}
    first = min((record.day for record in own), default=None)
    absent = set(cells.loc[cells["status"] == Status.NOT_SUBMITTED, "measure"]) if len(cells) else set(measures)
    return Standing(
        authority=code,
        sent=bool(own or unrecorded),
        received=first,
        late=None if first is None or due is None else first > due,
        vintages=max((record.vintages[code] for record in own), default=0) + len(unrecorded),
        missing=tuple(measure for measure in measures if measure in absent),
        refused=len(refused),
    )
