"""Which commentary is shown to whom: all of it to the group, what names nobody else to the authority's readers and the
DfE, and what a named person checked besides to readers outside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.audit.concealed import concealed_in_words_of
from analysis.audit.deny import Kind as Leak
from analysis.audit.scan import scan as scan_file
from analysis.disclosure.describing import describing_words, names_another
from analysis.disclosure.policy import policy
from analysis.pipeline.collection import Collection
from analysis.reference.authorities import authorities
from analysis.reference.periods import Quarter
from analysis.registers.carried_commentary import Said, in_force
from analysis.registers.commentary import (
    CHECK_OUTDATED,
    FOLDER,
    NAMES_OTHERS,
    NOT_CHECKED,
    PROMPT_WITHOUT_COMMENTARY,
    Check,
    Entry,
    Kind,
    commentary_path,
    load_commentary,
)
from analysis.returns.rules.findings import Finding, findings_frame
from analysis.returns.rules.rule import Rule
from analysis.signals.schema import PROMPTS
from analysis.views.commentary import Comment, Remark

_AS_A_FILE = "words.txt"
Scan = Callable[[str, str], Sequence[str]]
"""From a text and the DfE code of its writer to what it must not hold, in words that quote nothing of it."""


@dataclass(frozen=True)
class Told:
    """What is shown, by authority, and why the rest is not."""

    shown: Mapping[str, tuple[Comment, ...]]
    findings: pd.DataFrame
    checks: Mapping[str, tuple[Checked, ...]]
    """Who read each of the texts that are shown, in their order."""


@dataclass(frozen=True)
class Checked:
    """A text that is shown to readers outside, and its check."""

    indicator: str
    """Empty: of the report as a whole."""
    check: Check


def audited(text: str, writer: str) -> tuple[str, ...]:
    """What of any other authority of England, present or past, the audit of finished files finds in a text.

    Names are refused in small letters too, where the audit lets words be words (`reading`, `hull`): whoever wrote the
    text can write another word.
    """
    report = scan_file(text.encode("utf-8"), concealed_in_words_of(writer), name=_AS_A_FILE)
    found = {str(finding.kind) for finding in report.findings}
    names = {code: [name for name in one.every_name if not name.isdigit()] for code, one in authorities().items()}
    others = [name for code, held in names.items() if code != writer for name in held]
    if names_another(text, names[writer], others):
        found.add(str(Leak.NAME))
    return tuple(sorted(found))


Remarks = Mapping[str, tuple[Remark, ...]]
"""By authority, in the order of the indicators."""


def remarks_of(collection: Collection, scan: Scan = audited) -> tuple[Remarks, Remarks]:
    """What stands beside a quarter's figures without anybody's check.

    Returns
    -------
    tuple
        What the group sees, and the part of it that names no other authority: for the authority's own report, which it
        may give to anyone, and for the DfE (S0 4.4.5).

    Raises
    ------
    BadReferenceError
        As `in_force`.
    """
    everything: dict[str, list[Remark]] = {}
    alone: dict[str, list[Remark]] = {}
    for said in in_force(collection.registers, collection.period, collection.registry):
        entry = said.entry
        remark = _remark(said, collection.period)
        everything.setdefault(entry.authority, []).append(remark)
        if not scan(entry.text, entry.authority):
            alone.setdefault(entry.authority, []).append(remark)
    return _frozen(everything), _frozen(alone)


def _frozen(held: Mapping[str, Sequence[Remark]]) -> Remarks:
    return {code: tuple(remarks) for code, remarks in held.items()}


def _remark(said: Said, period: Quarter) -> Remark:
    entry = said.entry
    return Remark(
        indicator=entry.indicator,
        recording=entry.kind is Kind.RECORDING,
        text=entry.text,
        since="" if said.written_for == period else str(said.written_for),
    )


def prompts_without_commentary(collection: Collection) -> pd.DataFrame:
    """The prompts of a quarter beside which its authority says nothing: a note for each indicator.

    Returns
    -------
    DataFrame
        As `findings.findings_frame`.

    Raises
    ------
    BadReferenceError
        As `in_force`.
    """
    said = {
        (one.entry.authority, one.entry.indicator)
        for one in in_force(collection.registers, collection.period, collection.registry)
        if one.entry.kind is Kind.COMMENTARY
    }
    listed = {one.headline: one for one in collection.indicator_list}
    rows = collection.signals[collection.signals["reading"].isin(PROMPTS)]
    pairs = rows[["authority", "series"]].drop_duplicates().sort_values(["authority", "series"])
    period = str(collection.period)
    return findings_frame(
        Finding.of(
            PROMPT_WITHOUT_COMMENTARY,
            f"{indicator.id} {indicator.title} is unusual for the authority, and it has not said what lies behind it",
            authority=str(code),
            period=period,
        )
        for code, series in zip(pairs["authority"], pairs["series"], strict=True)
        if (str(code), (indicator := listed[str(series)]).id) not in said
    )


def commentary_of(collection: Collection, scan: Scan = audited) -> Told:
    """The commentary of a quarter: shown only if it was checked as it stands, and neither scan nor list finds anything.

    Parameters
    ----------
    collection
        The region's quarter.
    scan
        Looks for what must not be said; the audit's own scan if left out.

    Raises
    ------
    BadReferenceError
        As `load_commentary`.
    """
    period = str(collection.period)
    held = load_commentary(commentary_path(collection.registers, period), collection.registry)
    shown: dict[str, list[Comment]] = {}
    checks: dict[str, list[Checked]] = {}
    findings = []
    for entry, line in zip(held.entries, held.lines, strict=True):
        fault = _fault(entry, period, scan)
        if fault is not None:
            rule, seen = fault
            about = f"commentary on {entry.indicator or 'the report'} is not shown to readers outside: {seen}"
            place = f"{FOLDER}/{period}.yml"
            findings.append(Finding.of(rule, about, file=place, line=line, authority=entry.authority, period=period))
        elif entry.check is not None:
            comment = Comment(
                indicator=entry.indicator,
                text=entry.text,
                sha256=entry.check.sha256,
                checked=entry.check.date.isoformat(),
            )
            shown.setdefault(entry.authority, []).append(comment)
            checks.setdefault(entry.authority, []).append(Checked(entry.indicator, entry.check))
    return Told(
        {code: tuple(comments) for code, comments in shown.items()},
        findings_frame(findings),
        {code: tuple(held) for code, held in checks.items()},
    )


def _fault(entry: Entry, period: str, scan: Scan) -> tuple[Rule, str] | None:
    """The first reason why an entry is not shown, and what was seen."""
    about_us = () if entry.check is None else entry.check.about_us
    described = [word for word in describing_words(entry.text, policy().describing_words) if word not in about_us]
    found = [*scan(entry.text, entry.authority), *(f"the describing word {word!r}" for word in described)]
    if found:
        return NAMES_OTHERS, f"it holds {', '.join(found)}"
    sha256 = entry.sha256(period)
    if entry.check is None:
        return NOT_CHECKED, f"nobody has checked it (sha256 {sha256})"
    if entry.check.sha256 != sha256:
        return CHECK_OUTDATED, f"it has changed since it was checked (sha256 {sha256})"
    return None
