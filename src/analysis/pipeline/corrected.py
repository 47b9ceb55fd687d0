"""Checked figures with the corrections that were agreed laid over them."""

from __future__ import annotations

import pandas as pd

from analysis.reference.changes.world import Changes
from analysis.reference.registry import Registry
from analysis.registers.apply_corrections import apply_corrections
from analysis.registers.corrections import Ledger
from analysis.returns.checked import Checked
from analysis.returns.findings import by_severity, findings_frame
from analysis.returns.over_time import OVER_TIME, over_time
from analysis.returns.query_policy import query_policy
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
    grid = with_history(sent, changes.reorganisations, registry)
    labels = {receipt.sha256: receipt.name for receipt in as_sent.files}
    told += over_time(grid, labels, registry, query_policy())
    others = as_sent.findings[~as_sent.findings["rule"].isin(OVER_TIME)]
    findings = by_severity(pd.concat([others, findings_frame(told)], ignore_index=True))
    return Checked(grid, findings, as_sent.files, sent)
