"""`tartanrug returns answer`: read forms that came back; what was answered is kept, the form itself is not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from analysis import store
from analysis.cli.returns.query import sent_sheet, sheets_folder
from analysis.cli.source import source_of
from analysis.config import shown, workspace
from analysis.errors import ExitCode
from analysis.pipeline.collection import Collection
from analysis.queries.answer_rules import FORM_OF_ANOTHER
from analysis.queries.answers import ReadAnswers, check_form, form_authority
from analysis.queries.read_form import MAX_BYTES, read_form
from analysis.queries.stale import stale_queries
from analysis.reference.authorities import authorities, find_authority
from analysis.reference.periods import Quarter
from analysis.reference.regions import find_region
from analysis.registers import corrections
from analysis.registers.answers import (
    Answers,
    answers_path,
    answers_text,
    load_answers,
    to_accepted,
    to_corrections,
)
from analysis.registers.register_file import add_corrections
from analysis.returns.rules.file_rules import Refusal
from analysis.returns.rules.findings import Finding, findings_frame, print_findings
from analysis.returns.rules.rule import Severity


def answer(
    files: Sequence[Path], region: str, period: str, source: str, console: Console, *, on: date, authority: str = ""
) -> int:
    """Read forms, keep the answers, and enter corrected figures in the ledger (open, until the DBG decides).

    Parameters
    ----------
    files
        Forms in Word, Excel or YAML, of any authorities.
    source
        `returns` or `made-up`; if empty, the returns received, or the made-up ones where none were.
    on
        The day, which each answer carries.
    authority
        Whose forms they have to be; each is what it says it is if empty.

    Returns
    -------
    int
        An exit code: bad input where a form or a row was refused.

    Raises
    ------
    UserError
        If there is no such region, quarter, source or authority, or a register is wrong.
    """
    place, home, quarter = workspace(), find_region(region), Quarter.parse(period)
    found = source_of(source, home, quarter)
    collection = Collection(place, found, home, quarter)
    code = find_authority(authority).code if authority else ""
    findings: list[Finding] = []
    for number, path in enumerate(files, start=1):
        read = _read(path, collection, code, on, f"form {number} of {len(files)}")
        findings += read.findings
        if read.answers is not None:
            _keep(read.answers, collection, console)
    print_findings(findings_frame(findings), console)
    refused = any(finding.severity == Severity.REFUSE for finding in findings)
    return int(ExitCode.BAD_INPUT if refused else ExitCode.OK)


def _read(path: Path, collection: Collection, code: str, on: date, label: str) -> ReadAnswers:
    with path.open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    form = read_form(content)
    if isinstance(form, Refusal):
        return ReadAnswers(None, (Finding.of(form.rule, form.seen, file=label),))
    whose = code or form_authority(form)
    sheet = sent_sheet(sheets_folder(collection), whose) if whose in collection.region.everyone else None
    if sheet is None:
        name = f"{authorities()[whose].name} ({whose})" if whose else "a form that names no authority"
        seen = f"{name}: asked nothing in the round of {collection.region.name} for {collection.period}"
        return ReadAnswers(None, (Finding.of(FORM_OF_ANOTHER, seen, file=label),))
    ledger = corrections.load_ledger(collection.registers / corrections.FILE, collection.registry).entries
    stale = stale_queries(sheet, collection.as_sent.checked, ledger)
    return check_form(form, sheet, collection.registry, on, label=label, stale=stale)


def _keep(answers: Answers, collection: Collection, console: Console) -> None:
    path = answers_path(collection.registers, answers.period, answers.authority)
    before = load_answers(path) if path.is_file() else answers.model_copy(update={"answers": ()})
    after = before.with_later(answers)
    new = after.answers[len(before.answers) :]
    name = escape(authorities()[answers.authority].name)
    console.print(f"{name} ({answers.authority}): {len(new)} new answers in {escape(shown(path))}")
    if not new:
        return
    fresh = answers.model_copy(update={"answers": new})
    ledger = collection.registers / corrections.FILE
    entries = corrections.load_ledger(ledger, collection.registry).entries
    proposed = []
    for entry in to_corrections(fresh, [entry.id for entry in entries]):
        known = next((one for one in entries if one.meets(entry)), None)
        if known is None:
            proposed.append(entry)
        else:
            console.print(f"  the ledger has an entry about this figure: {known.id}; {entry.value} is not entered")
    # Before the answers: if the ledger refuses them, the form can be read again.
    add_corrections(ledger, proposed, collection.registry)
    store.write_text(path, answers_text(after))
    for entry in proposed:
        console.print(f"  for the DBG to decide: {entry.id}, {entry.expect} to become {entry.value}")
    acceptable = to_accepted(fresh, fresh.answers[0].date)
    for one in acceptable:
        about = one.measure or "the whole return"
        console.print(f"  for the DBG to accept (`tartanrug returns accept`): {one.rule}, {about}, until {one.until}")
