"""Past quarters from a file that a region has: through the door that every return takes, then one return a quarter."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.reference.authorities import authorities
from analysis.reference.changes.world import Changes
from analysis.reference.periods import Quarter
from analysis.reference.regions import Region
from analysis.reference.registry import Registry
from analysis.reference.status import Status
from analysis.returns.checked import NO_CHANGES, check
from analysis.returns.files import ReturnFile
from analysis.returns.reading.mapping import HEADER, Template
from analysis.returns.resolve import KEY
from analysis.returns.rules.findings import Finding, findings_frame
from analysis.returns.rules.row_rules import future_period
from analysis.returns.rules.rule import Severity
from analysis.returns.spreadsheet import neutral_cell
from analysis.returns.standing import MISSING_RULES

ALREADY_RECEIVED = "already_received"


@dataclass(frozen=True)
class History:
    """What an import would write, and what it leaves out."""

    returns: Mapping[Quarter, bytes]
    """A return in the format for each quarter of which there is something new."""
    senders: Mapping[Quarter, tuple[str, ...]]
    """DfE codes of those whose figures are in it."""
    left_out: pd.DataFrame
    """As `findings.findings_frame` returns: what was refused, and what had been received before."""
    later: tuple[Quarter, ...]
    """Quarters of the file after the last one that is taken: left aside, and no fault of it."""
    queries: int
    """Questions that the rules ask about the figures; they are asked again whenever a report is built."""


def import_history(
    file: ReturnFile,
    region: Region,
    period: Quarter,
    registry: Registry,
    known: pd.DataFrame,
    *,
    templates: Sequence[Template] | None = None,
    template: Template | None = None,
    changes: Changes = NO_CHANGES,
) -> History:
    """The quarters of a file as returns of the format.

    Parameters
    ----------
    file
        One file of many quarters and authorities, or of one of either.
    region
        Whose history it is; rows of others are refused.
    period
        The last quarter to take.
    registry
        The measures.
    known
        The figures received so far (`schema.CHECKED_SCHEMA`): what an authority sent itself is never replaced.
    templates, template, changes
        As for `checked.check`.

    Returns
    -------
    History
        Without returns where the file was refused as a whole.
    """
    checked = check([file], region, period, registry, templates=templates, template=template, changes=changes)
    refused = checked.findings[checked.findings["severity"] == Severity.REFUSE]
    beyond = refused["rule"] == future_period.__name__
    later = tuple(Quarter.parse(text) for text in sorted(refused.loc[beyond, "period"].unique()))
    refused = refused[~beyond]
    sent = checked.by_sender
    cells = sent[(sent["receipt"] != "") & (sent["status"] != Status.NOT_SUBMITTED)]
    cells = cells[~_keys(cells).isin(_keys(refused))]
    held = known[(known["receipt"] != "") & (known["status"] != Status.NOT_SUBMITTED)]
    there = _keys(cells).isin(_keys(held))
    told = [refused, findings_frame(_already(cells[there], held, checked.files[0].name))]
    asked = (checked.findings["severity"] == Severity.QUERY) & ~checked.findings["rule"].isin(MISSING_RULES)
    returns, senders = {}, {}
    for text, rows in cells[~there].groupby("period", sort=True):
        quarter = Quarter.parse(str(text))
        returns[quarter] = return_csv(rows, quarter, registry)
        senders[quarter] = tuple(sorted(set(rows["authority"])))
    return History(returns, senders, pd.concat(told, ignore_index=True), later, int(asked.sum()))


def return_csv(cells: pd.DataFrame, period: Quarter, registry: Registry) -> bytes:
    """Figures of one quarter as a return in the format.

    Parameters
    ----------
    cells
        Columns `authority`, `measure`, `value`, `status` and `quality`, of one quarter.
    period
        The quarter.
    registry
        The measures, in the order in which they are written.

    Returns
    -------
    bytes
        CSV in UTF-8; read again it gives the same figures, statuses and notes. The same cells, the same bytes.
    """
    place = {measure: position for position, measure in enumerate(registry.measures)}
    ordered = cells.assign(place=cells["measure"].map(place)).sort_values(["authority", "place"])
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    columns = (ordered[name].tolist() for name in ("authority", "measure", "value", "status", "quality"))
    for code, key, value, status, quality in zip(*columns, strict=True):
        authority, measure = authorities()[code], registry.measures[key]
        writer.writerow((
            authority.region, code, authority.name, period.year, f"Q{period.number}", key, neutral_cell(measure.name),
            _number(value) if status == Status.GIVEN else Status(status).symbol, neutral_cell(quality),
        ))  # fmt: skip
    return text.getvalue().encode()


def quarters_held(checked: pd.DataFrame, codes: Sequence[str]) -> dict[str, int]:
    """Of how many quarters each authority has a figure.

    Parameters
    ----------
    checked
        As `schema.CHECKED_SCHEMA`.
    codes
        DfE codes, in the order in which they are told.
    """
    given = checked[checked["status"] == Status.GIVEN]
    counts = given.groupby("authority")["period"].nunique()
    return {code: int(counts.get(code, 0)) for code in codes}


def _keys(rows: pd.DataFrame) -> pd.Series[str]:
    return rows["authority"] + "|" + rows["period"] + "|" + rows["measure"]


def _number(value: float) -> str:
    """Digits that read back as the same number: whole numbers without a point, and none with an exponent."""
    return np.format_float_positional(value, trim="-")


def _already(again: pd.DataFrame, held: pd.DataFrame, label: str) -> list[Finding]:
    """A finding for each authority and quarter of which figures had been received, and another if any differ."""
    both = again.merge(held, on=KEY, suffixes=("", "_held"))
    same = (both["status"] == both["status_held"]) & (
        (both["value"] == both["value_held"]) | (both["value"].isna() & both["value_held"].isna())
    )
    findings = []
    for differs, rows in ((False, both[same]), (True, both[~same])):
        for (code, period), group in rows.groupby(["authority", "period"], sort=True):
            figures = f"{len(group)} figure{'s' if len(group) > 1 else ''}"
            findings.append(
                Finding(
                    rule=ALREADY_RECEIVED,
                    severity=str(Severity.QUERY if differs else Severity.NOTE),
                    authority=str(code),
                    period=str(period),
                    measure=str(group["measure"].iloc[0]) if len(group) == 1 else "",
                    file=label,
                    line=int(group["source_line"].iloc[0]),
                    seen=f"{figures} received before, {'and not the same here' if differs else 'the same here'}",
                    remedy="nothing: what the authority sent itself counts, and is not replaced by an import",
                )
            )
    return findings
