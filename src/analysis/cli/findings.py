"""Findings for people: a table in the terminal, a CSV for a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from rich.console import Console

from analysis import store
from analysis.config import Workspace, shown
from analysis.pipeline.collection import Collection
from analysis.pipeline.commentary import commentary_of, prompts_without_commentary
from analysis.returns.rules.findings import by_severity, counted, findings_csv, print_findings
from analysis.returns.rules.rule import Severity


def findings_path(collection: Collection, place: Workspace) -> Path:
    """Where the findings of a collection are kept as CSV."""
    return place.processed / "findings" / collection.source / collection.region.id / f"{collection.period}.csv"


def tell_findings(collection: Collection, place: Workspace, console: Console) -> None:
    """Say what was refused, count the rest by severity, and write all findings where the DBG can open them."""
    unshown = commentary_of(collection).findings
    silent = prompts_without_commentary(collection)
    findings = by_severity(pd.concat([collection.findings, unshown, silent], ignore_index=True))
    path = findings_path(collection, place)
    store.write_text(path, findings_csv(findings))
    refused = findings[findings["severity"] == Severity.REFUSE]
    if not refused.empty:
        print_findings(refused, console)
    if not unshown.empty:
        # Whoever builds must know that a text is missing from a page, and how it gets there.
        print_findings(unshown, console)
    console.print(f"Findings: {counted(findings['severity'])}. All of them: {shown(path)}")
