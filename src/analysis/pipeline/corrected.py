"""Checked figures with the corrections that were agreed laid over them."""

from __future__ import annotations

from collections.abc import Set

import pandas as pd

from analysis.reference.changes.world import Changes
from analysis.reference.registry import Registry
from analysis.registers.apply_corrections import CORRECTED, LEDGER_RULES, apply_corrections
from analysis.registers.corrections import Ledger
from analysis.returns.checked import Checked
from analysis.returns.rules.consistency import pairs
from analysis.returns.rules.findings import by_severity, findings_frame
from analysis.returns.rules.over_time import OVER_TIME, over_time
from analysis.returns.rules.query_policy import query_policy
from analysis.returns.rules.rule import Severity
from analysis.returns.succession import with_history


def corrected(as_sent: Checked, ledger: Ledger, registry: Registry, changes: Changes) -> Checked:
    """The same returns with corrections in force, and with what the whole grid says after them.

    Parameters
    ----------
    as_sent
        It is not changed.
    ledger
        Entries that are open or over change nothing. A figure that a council sent before it merged is corrected as its
        own, and so in its successor's sum.
    changes
        Those in force.
    """
    sent, told = apply_corrections(as_sent.by_sender, ledger)
    applied = {(one.authority, one.period, one.measure) for one in told if one.rule == CORRECTED.id}
    grid = with_history(sent, changes.reorganisations, registry)
    labels = {receipt.sha256: receipt.name for receipt in as_sent.files}
    told += over_time(grid, labels, registry, query_policy())
    others = as_sent.findings[~as_sent.findings["rule"].isin(OVER_TIME)]
    every = pd.concat([others, findings_frame(told)], ignore_index=True)
    return Checked(grid, by_severity(_answered(every, sent, applied, registry)), as_sent.files, sent)


def _answered(
    findings: pd.DataFrame, sent: pd.DataFrame, applied: Set[tuple[str, str, str]], registry: Registry
) -> pd.DataFrame:
    """Notes of what was asked about a figure that the DBG has corrected, or about one that now fits the corrected one.

    What is said of the ledger itself stays as it is.
    """
    figures = sent.set_index(["authority", "period", "measure"])["value"]
    beside = {(rule.__name__, measure): (other, rule) for (measure, other), rule in pairs(registry).items()}

    def answered(rule: str, authority: str, period: str, measure: str) -> bool:
        if (authority, period, measure) in applied:
            return True
        other, test = beside.get((rule, measure), ("", None))
        if test is None or (authority, period, other) not in applied:
            return False
        # Of a part that was refused the figure is gone: it is still asked for.
        part, whole = (figures.loc[[(authority, period, name)]].reset_index(drop=True) for name in (measure, other))
        return not part.isna().all() and not test(part, whole).any()

    open_ = findings["severity"].ne(Severity.NOTE) & ~findings["rule"].isin(LEDGER_RULES)
    keys = findings[["rule", "authority", "period", "measure"]].to_numpy()
    over = open_ & pd.Series([answered(*key) for key in keys], index=findings.index, dtype="bool")
    return findings.assign(
        severity=findings["severity"].mask(over, str(Severity.NOTE)),
        seen=findings["seen"].mask(over, findings["seen"] + " (corrected since)"),
    )
