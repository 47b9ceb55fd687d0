"""`tartanrug validate`: check returns and list what was found, without building anything."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from analysis import store
from analysis.config import workspace
from analysis.errors import ExitCode, UserError
from analysis.pipeline import load
from analysis.pipeline.collection import Collection
from analysis.reference.periods import Quarter
from analysis.reference.regions import find_region
from analysis.reference.registry import registry_for
from analysis.returns.checked import check_returns
from analysis.returns.findings import findings_csv, print_findings
from analysis.returns.mapping import load_template
from analysis.returns.rule import Severity


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
    registry = registry_for(home)
    templates = (load_template(mapping, registry),) if mapping else ()
    if files:
        missing = [path for path in files if not path.is_file()]
        if missing:
            raise UserError("there is no such file", where=", ".join(map(str, missing)), remedy="check the path")
        received = [(str(quarter), path) for path in files]
    else:
        place = workspace()
        found = source or load.choose_source(place, home, quarter)
        received = Collection(place, found, home, quarter).returns
    checked = check_returns(received, home, quarter, registry, templates=templates)
    print_findings(checked.findings, console)
    if csv is not None:
        store.write_text(csv, findings_csv(checked.findings))
        console.print(f"Written: {csv}")
    refused = (checked.findings["severity"] == Severity.REFUSE).any()
    return int(ExitCode.BAD_INPUT if refused else ExitCode.OK)
