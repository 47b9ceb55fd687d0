"""`tartanrug validate`: check returns and list what was found; nothing is built, child-level files are turned away."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from rich.console import Console

from analysis import store
from analysis.cli.source import source_of
from analysis.config import workspace
from analysis.errors import ExitCode
from analysis.pipeline.collection import RETURNS, Collection
from analysis.pipeline.commentary import prompts_without_commentary
from analysis.reference.periods import Quarter
from analysis.reference.regions import Region, find_region
from analysis.returns.checked import check_returns
from analysis.returns.reading.mapping import load_template
from analysis.returns.rules.consistency import MISSING_RETURN
from analysis.returns.rules.findings import findings_csv, print_findings
from analysis.returns.rules.rule import Severity


def validate(
    files: Sequence[Path],
    region: str,
    period: str,
    source: str,
    console: Console,
    *,
    csv: Path | None = None,
    mapping: Path | None = None,
) -> int:
    """Check the files named, or those received for a quarter.

    Returns
    -------
    int
        An exit code: bad input where anything was refused.

    Raises
    ------
    UserError
        If there is nothing to check.
    """
    home, quarter = find_region(region), Quarter.parse(period)
    findings = (
        _of_files(files, home, quarter, source, mapping) if files else _of_received(home, quarter, source, console)
    )
    print_findings(findings, console)
    if csv is not None:
        store.write_text(csv, findings_csv(findings))
        console.print(f"Written: {csv}")
    refused = (findings["severity"] == Severity.REFUSE).any()
    return int(ExitCode.BAD_INPUT if refused else ExitCode.OK)


def _of_files(
    files: Sequence[Path], region: Region, quarter: Quarter, source: str, mapping: Path | None
) -> pd.DataFrame:
    collection = Collection(workspace(), source or RETURNS, region, quarter)
    registry = collection.registry
    template = load_template(mapping, registry) if mapping else None
    named = [(str(quarter), path) for path in files]
    findings = check_returns(
        named, collection.region, quarter, registry, template=template, changes=collection.changes
    ).findings
    # The others' returns are not missing: they were not named.
    return findings[findings["rule"] != MISSING_RETURN.id].reset_index(drop=True)


def _of_received(region: Region, quarter: Quarter, source: str, console: Console) -> pd.DataFrame:
    place = workspace()
    found = source_of(source, region, quarter)
    received = Collection(place, found, region, quarter).without_child_level()
    if received.made_up:
        console.print("[bold]MADE-UP DATA[/bold]: these are no real returns.")
    silent = prompts_without_commentary(received)
    return pd.concat([received.findings, silent], ignore_index=True) if not silent.empty else received.findings
