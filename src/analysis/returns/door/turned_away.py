"""What is left of a child-level file that lay among the returns: its hash, the rule, and known column names.

The file itself is removed from there, so that nothing of it survives in the kit's folders. The record stands beside,
so that the refusal is still told when the returns are read again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis.returns.files import Receipt, load_file
from analysis.returns.rules.file_rules import CHILD_LEVEL
from analysis.returns.rules.findings import Finding, findings_frame

RECORD = ".turned-away.jsonl"
"""Hidden, so that it is never taken for a return."""


def turn_away(paths: Sequence[tuple[str, Path]], receipts: Sequence[Receipt], findings: pd.DataFrame) -> list[Path]:
    """Remove the files that were refused as child-level, after writing what may be kept of them.

    Parameters
    ----------
    paths
        Pairs of a period folder's name and a file in it, as given to `check_returns`.
    receipts, findings
        What `check_returns` said of them.

    Returns
    -------
    list of Path
        The folders that a file was removed from.
    """
    rules = {rule.id: rule for rule in CHILD_LEVEL}
    told = {str(row.file): str(row.seen) for row in findings[findings["rule"].isin(rules)].itertuples()}
    refused = {(receipt.folder, receipt.sha256): receipt for receipt in receipts if receipt.rule in rules}
    folders = []
    for period, path in paths if refused else ():
        receipt = refused.get((period, load_file(period, path).sha256))
        if receipt is None:
            continue
        record = {"period": period, "sha256": receipt.sha256, "rule": receipt.rule, "seen": told.get(receipt.name, "")}
        with (path.parent / RECORD).open("a", encoding="utf-8", newline="\n") as lines:
            lines.write(json.dumps(record) + "\n")
        path.unlink()
        folders.append(path.parent)
    return folders


def turned_away(home: Path) -> pd.DataFrame:
    """The findings about files that were removed earlier, in the period folders of one region."""
    rules = {rule.id: rule for rule in CHILD_LEVEL}
    records = [
        json.loads(line)
        for path in sorted(home.glob(f"*/{RECORD}"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return findings_frame(
        Finding.of(rules[one["rule"]], one["seen"], file=f"{one['period']}: removed (sha256 {one['sha256'][:12]}…)")
        for one in records
    )
