"""What a scan found, in words and as JSON: where and of what kind, and never the name or the figure itself."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from enum import StrEnum

from analysis.audit.deny import Kind


class Verdict(StrEnum):
    """Whether the file may go on."""

    PASS = "PASS"
    FAIL = "FAIL"


@dataclass(frozen=True)
class Finding:
    """One place in a file."""

    where: str
    """From the outermost part to the innermost; names of parts that name somebody are withheld."""
    kind: Kind
    why: str = ""
    """Why a part could not be read; how many figures agree. Never what they are."""


@dataclass(frozen=True)
class Report:
    """One file, looked through."""

    file: str
    sha256: str
    size: int
    findings: tuple[Finding, ...]
    texts: int
    letters: int
    """How much was looked through: a file from which nothing came is failed."""
    arrays: int
    pictures: tuple[str, ...]
    """Where pixels are that nobody has read."""
    values_looked_for: bool

    @property
    def verdict(self) -> Verdict:
        """PASS only where nothing was found and everything was read."""
        return Verdict.FAIL if self.findings else Verdict.PASS


def as_json(reports: list[Report]) -> str:
    """The reports as JSON, for whoever decides by it."""
    return json.dumps(
        {
            "verdict": str(overall(reports)),
            "files": [{"verdict": str(report.verdict), **asdict(report)} for report in reports],
        },
        indent=1,
        ensure_ascii=False,
    )


def overall(reports: list[Report]) -> Verdict:
    """FAIL where any file failed, and where there was none."""
    every = bool(reports) and all(report.verdict is Verdict.PASS for report in reports)
    return Verdict.PASS if every else Verdict.FAIL


def in_words(report: Report, most: int = 20) -> str:
    """A report in plain English.

    Parameters
    ----------
    most
        How many places are listed.
    """
    lines = [f"{report.verdict}  {report.file}", f"  sha256 {report.sha256}"]
    if report.findings:
        lines.append("  Singling out: something in this file tells who is concealed, or could not be read.")
        lines += [f"    {_times(finding, times)}" for finding, times in Counter(report.findings).most_common(most)]
        if len(set(report.findings)) > most:
            lines.append(f"    and {len(set(report.findings)) - most} more places")
    else:
        lines.append("  Singling out: no name, code, address, person, user, host or folder was found.")
    lines.append(
        f"  Looked through: {report.texts:,} texts of {report.letters:,} letters, {report.arrays:,} rows of numbers."
    )
    if not report.values_looked_for:
        lines.append("  Linkability and inference: no figures were given to compare with, so none was looked for.")
    elif not any(finding.kind is Kind.VALUES for finding in report.findings):
        lines.append("  Linkability: no row of numbers holds more of the concealed figures than accident would.")
    if report.pictures:
        lines.append(f"  Not seen: the pixels of {len(report.pictures)} pictures. Look at them.")
    lines.append("  Not seen by any search for words: descriptions that name nobody (the largest, the island).")
    return "\n".join(lines)


def _times(finding: Finding, times: int) -> str:
    why = f" ({finding.why})" if finding.why else ""
    return f"{finding.kind}{why}: {finding.where}" + (f", {times} times" if times > 1 else "")
