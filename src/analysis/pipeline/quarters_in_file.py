"""Whose figures of which quarters a file holds, whether they are used or not."""

from __future__ import annotations

from pathlib import Path

from analysis.pipeline.collection import Collection
from analysis.returns.files import load_file
from analysis.returns.reading.interpret import Source, interpret
from analysis.returns.reading.mapping import Template
from analysis.returns.reading.read import read_return
from analysis.returns.received import Received
from analysis.returns.rules.file_rules import Refusal


def quarters_by_authority(
    collection: Collection, period: str, path: Path, record: Received | None = None
) -> dict[str, tuple[str, ...]] | None:
    """The quarters of every authority that has a row in a file, used or not; None where the file is not understood.

    Parameters
    ----------
    collection
        Says which measures and templates are known.
    period
        The quarter of the folder that the file lies in or is meant for.
    record
        The file's receipt, if it has one.
    """
    file = load_file(period, path, record)
    templates: tuple[Template, ...] = collection.templates
    outcome = read_return(file, collection.registry, templates, None)
    if isinstance(outcome, Refusal):
        return None
    rows = interpret(
        [Source(period, file.vintage, path.name, file.sha256, outcome)], collection.home, collection.registry
    )
    pairs = sorted(set(zip(rows["authority"].astype(str), rows["period"].astype(str), strict=True)))
    found: dict[str, tuple[str, ...]] = {}
    for code, quarter in pairs:
        if code:
            found[code] = (*found.get(code, ()), *([quarter] if quarter else []))
    return found
