"""Which commentary is shown to readers outside: what a named person checked, and what names nobody else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.audit.concealed import concealed_in_words_of
from analysis.audit.deny import Kind
from analysis.audit.scan import scan as scan_file
from analysis.disclosure.describing import describing_words, names_another
from analysis.disclosure.policy import policy
from analysis.pipeline.collection import Collection
from analysis.reference.authorities import authorities
from analysis.registers.commentary import (
    CHECK_OUTDATED,
    FOLDER,
    NAMES_OTHERS,
    NOT_CHECKED,
    Entry,
    commentary_path,
    load_commentary,
)
from analysis.returns.rules.findings import Finding, findings_frame
from analysis.returns.rules.rule import Rule
from analysis.views.commentary import Comment

Scan = Callable[[str, str], Sequence[str]]
"""From a text and the DfE code of its writer to what it must not hold, in words that quote nothing of it."""


@dataclass(frozen=True)
class Told:
    """What is shown, by authority, and why the rest is not."""

    shown: Mapping[str, tuple[Comment, ...]]
    findings: pd.DataFrame


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
        found.add(str(Kind.NAME))
    return tuple(sorted(found))


_AS_A_FILE = "words.txt"


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
    findings = []
    for entry, line in zip(held.entries, held.lines, strict=True):
        fault = _fault(entry, period, scan)
        if fault is not None:
            rule, seen = fault
            about = f"commentary on {entry.indicator or 'the report'} is not shown: {seen}"
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
    return Told({code: tuple(comments) for code, comments in shown.items()}, findings_frame(findings))


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
