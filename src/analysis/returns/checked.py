"""The stage: returns as received to checked figures, findings and receipts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.reference.changes.made import looked_up_once
from analysis.reference.changes.world import Changes
from analysis.reference.periods import Quarter
from analysis.reference.populations import population_frame
from analysis.reference.regions import Region
from analysis.reference.registry import Registry
from analysis.returns.door.labels import label_of
from analysis.returns.files import Receipt, ReturnFile, in_order, load_files
from analysis.returns.grid import complete
from analysis.returns.reading.interpret import Source, interpret
from analysis.returns.reading.mapping import Template, packaged_templates
from analysis.returns.reading.read import ReadFile, read_return
from analysis.returns.resolve import resolve
from analysis.returns.rules.balances import without_population
from analysis.returns.rules.consistency import check_parts, missing, nobody_to_average
from analysis.returns.rules.file_rules import SAME_FILE, Refusal
from analysis.returns.rules.findings import Finding, findings_frame
from analysis.returns.rules.over_time import over_time
from analysis.returns.rules.population_step import steps_of_population
from analysis.returns.rules.query_policy import query_policy
from analysis.returns.rules.row_rules import Setting, check_rows
from analysis.returns.rules.settled import settle
from analysis.returns.schema import validated
from analysis.returns.succession import merged, with_history

NO_CHANGES = Changes()


@dataclass(frozen=True)
class Checked:
    """What a quarter's returns say.

    Attributes
    ----------
    checked
        The complete grid of figures (DESIGN 4), sorted by authority, period and measure.
    findings
        As `findings.findings_frame` returns.
    files
        A receipt for every file, in order of folder and name.
    by_sender
        The grid before the history of merged councils was summed: as `checked`, with those who ended in them.
    """

    checked: pd.DataFrame
    findings: pd.DataFrame
    files: tuple[Receipt, ...]
    by_sender: pd.DataFrame


def check_returns(
    paths: Sequence[tuple[str, Path]],
    region: Region,
    period: Quarter,
    registry: Registry,
    *,
    templates: Sequence[Template] | None = None,
    template: Template | None = None,
    changes: Changes = NO_CHANGES,
) -> Checked:
    """Read and check the files on disk.

    Parameters
    ----------
    paths
        Pairs of a period folder's name (`2025-26-Q2`) and a file in it, as `files.find_returns` gives.
    region, period, registry, templates, template, changes
        As for `check`.

    Raises
    ------
    UsageError
        If a folder's name is not a quarter. Nothing that stands *in* a file raises anything.
    """
    return check(load_files(paths), region, period, registry, templates=templates, template=template, changes=changes)


@looked_up_once()
def check(
    files: Sequence[ReturnFile],
    region: Region,
    period: Quarter,
    registry: Registry,
    *,
    templates: Sequence[Template] | None = None,
    template: Template | None = None,
    changes: Changes = NO_CHANGES,
) -> Checked:
    """Check files that are in memory.

    Parameters
    ----------
    files
        As received, in any order.
    region
        Who takes part in the quarter; everyone in it is expected to send.
    period
        The report's quarter, the last of the grid.
    registry
        The measures: every one of them is expected.
    templates
        Layouts to recognise besides the format; those of the kit when None.
    template
        A layout chosen for all files, instead of recognising one.
    changes
        Those in force: who ended or left may still send the quarters before, and a merged council has their sum.

    Returns
    -------
    Checked
        One faulty file or row never stops the others.
    """
    known = packaged_templates() if templates is None else templates
    ordered = in_order(files)
    sources: list[Source] = []
    findings: list[Finding] = []
    receipts: list[Receipt] = []
    seen: set[tuple[Quarter, str]] = set()
    for file in ordered:
        outcome = read_return(file, registry, known, template)
        refusal = outcome if isinstance(outcome, Refusal) else None
        label = label_of(file, ordered, refusal)
        receipts.append(_receipt(file, label, outcome))
        if isinstance(outcome, Refusal):
            findings.append(Finding.of(outcome.rule, outcome.seen, file=label))
        elif (file.folder, file.sha256) in seen:
            findings.append(Finding.of(SAME_FILE, "the same bytes under another name", file=label))
        else:
            findings += [Finding.of(note.rule, note.seen, file=label) for note in outcome.notes]
            sources.append(Source(str(file.folder), file.vintage, label, file.sha256, outcome))
        seen.add((file.folder, file.sha256))
    table, sent, told = _table(sources, Setting(region, period, registry, changes))
    return Checked(table, findings_frame(findings + told), tuple(receipts), sent)


def _receipt(file: ReturnFile, label: str, outcome: ReadFile | Refusal) -> Receipt:
    if isinstance(outcome, Refusal):
        return Receipt(label, str(file.folder), file.sha256, "refused", outcome.rule.id)
    return Receipt(label, str(file.folder), file.sha256, "received", "", outcome.choices)


def _table(sources: Sequence[Source], setting: Setting) -> tuple[pd.DataFrame, pd.DataFrame, list[Finding]]:
    frame = interpret(sources, setting.region, setting.registry)
    refused, misplaced, findings = check_rows(frame, setting)
    usable = frame[~refused]
    chosen, duplicates, told = resolve(usable)
    findings += told
    above, told = check_parts(chosen, setting.registry)
    findings += told
    spoilt = pd.concat([frame[refused & ~misplaced], usable[duplicates], chosen[above]])
    reorganisations = setting.changes.reorganisations
    ended = {code for one in merged(reorganisations) for code in one.predecessors}
    senders = sorted({*setting.region.everyone, *ended})
    # The oldest quarter is that of somebody who takes part, not of somebody who left.
    counting = chosen[~above & chosen["authority"].isin(senders)]
    grid = complete(counting, spoilt, senders, setting.period, setting.registry)
    sent = validated(nobody_to_average(grid, setting.registry))
    table = validated(with_history(sent, reorganisations, setting.registry))
    findings = settle(findings, chosen, {source.label: source.vintage for source in sources})
    findings += missing(table, chosen, setting.period)
    findings += over_time(
        table, dict(zip(frame["receipt"], frame["label"], strict=True)), setting.registry, query_policy()
    )
    populations = setting.changes.populations(population_frame())
    about = (setting.region.everyone, setting.period, setting.registry, populations)
    findings += [*without_population(*about), *steps_of_population(*about, query_policy())]
    return table, sent, findings
