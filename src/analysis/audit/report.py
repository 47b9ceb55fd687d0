"""What a scan found, in words and as JSON: where and of what kind, and never the name or the figure itself."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

from analysis.audit.deny import Kind
from analysis.audit.result import STRUCTURE, Heading, Result


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
    rows_of_several: int | None = None
    """Places that hold figures or marks in a row, each of which may stand for somebody, in a file that the kit did not
    make; None where nobody has looked, or its structure can't be read."""
    results: tuple[Result, ...] = ()
    """What other tests of the same file found."""
    untried: tuple[str, ...] = ()
    """What else could not be tried, in the words of whoever ordered the audit."""

    @property
    def verdict(self) -> Verdict:
        """PASS only where nothing was found, everything was read, and every other test passed."""
        passed = not self.findings and all(result.passed for result in self.results)
        return Verdict.PASS if passed else Verdict.FAIL

    @property
    def not_tried(self) -> tuple[str, ...]:
        """What nobody has looked for in this file: a PASS says nothing of it."""
        found = list(self.untried)
        if not (self.values_looked_for and self.arrays):
            found.append("concealed figures")
        if not any(result.id == STRUCTURE for result in self.results):
            found.append("its structure, which is not known: it cannot pass as anonymised")
        if not any(result.heading is Heading.INFERENCE for result in self.results):
            found.append("inference from what is openly said")
        if self.pictures:
            found.append(pixels(len(self.pictures)))
        return tuple(found)


def pixels(pictures: int) -> str:
    """How many pictures have pixels that nobody has read."""
    return "the pixels of 1 picture" if pictures == 1 else f"the pixels of {pictures:,} pictures"


def verdict_in_words(verdict: Verdict, not_tried: Iterable[str]) -> str:
    """A verdict that does not promise more than was tried."""
    untried = "; ".join(dict.fromkeys(not_tried))
    return f"PASS for what was tried (not tried: {untried})" if untried and verdict is Verdict.PASS else str(verdict)


def failed(file: str, sha256: str, size: int, finding: Finding) -> Report:
    """The report on a file that could not be looked through."""
    return Report(
        file=file,
        sha256=sha256,
        size=size,
        findings=(finding,),
        texts=0,
        letters=0,
        arrays=0,
        pictures=(),
        values_looked_for=False,
    )


def as_json(reports: list[Report]) -> str:
    """The reports as JSON, for whoever decides by it."""
    return json.dumps(
        {
            "verdict": str(overall(reports)),
            "files": [{"verdict": str(one.verdict), "not_tried": one.not_tried, **asdict(one)} for one in reports],
        },
        indent=1,
        ensure_ascii=False,
    )


def overall(reports: list[Report]) -> Verdict:
    """FAIL where any file failed, and where there was none."""
    every = bool(reports) and all(report.verdict is Verdict.PASS for report in reports)
    return Verdict.PASS if every else Verdict.FAIL


def in_words(report: Report, most: int = 20) -> str:
    """A report in plain English, under the three ways to be recognised.

    Parameters
    ----------
    most
        How many places are listed under each.
    """
    lines = [f"{verdict_in_words(report.verdict, report.not_tried)}  {report.file}", f"  sha256 {report.sha256}"]
    lines.append(
        f"  Looked through: {report.texts:,} texts of {report.letters:,} letters, {report.arrays:,} rows of numbers."
    )
    unread = [finding for finding in report.findings if finding.kind is Kind.UNREAD]
    if unread:
        lines.append("  Not read, and so not passed:")
        lines += _listed(unread, most)
    for heading in Heading:
        lines.append(f"  {_TITLES[heading]}")
        lines += [f"    {line}" for line in _scanned(report, heading)]
        lines += _listed([finding for finding in report.findings if _HEADINGS.get(finding.kind) is heading], most)
        lines += [f"    {_told(result)}" for result in report.results if result.heading is heading]
    lines += [f"  {line}" for line in _unseen(report)]
    return "\n".join(lines)


_TITLES = {
    Heading.SINGLING_OUT: "Singling out: does anything here stand for one concealed authority?",
    Heading.LINKABILITY: "Linkability: can anything here be laid beside what is known elsewhere?",
    Heading.INFERENCE: "Inference: can a concealed figure be worked out from what is openly said?",
}
_HEADINGS: dict[Kind, Heading] = {kind: Heading.SINGLING_OUT for kind in Kind if kind is not Kind.UNREAD}
_HEADINGS[Kind.VALUES] = Heading.LINKABILITY


def _scanned(report: Report, heading: Heading) -> list[str]:
    """What the scan tried under a heading, and what it did not."""
    if heading is Heading.SINGLING_OUT:
        tried = "Tried: names, codes, addresses, people, users, hosts and folders, in every text that was read."
        found = any(_HEADINGS.get(finding.kind) is heading for finding in report.findings)
        return [*_in_rows(report), tried, "Found in these places:" if found else "Found: none."]
    if heading is Heading.LINKABILITY:
        if not report.values_looked_for:
            return ["Not tried: no figures were given to compare with."]
        if not report.arrays:
            return ["Not tried: no row of three numbers was found in it."]
        found = any(finding.kind is Kind.VALUES for finding in report.findings)
        tried = "Tried: every row of numbers and of marks, against the concealed figures of each indicator."
        return [tried, "Found in these places:" if found else "Found: no more of them anywhere than accident would."]
    return [] if any(result.heading is heading for result in report.results) else ["Not tried on this file."]


def _in_rows(report: Report) -> list[str]:
    """What may be a row of several authorities, where nobody else has said so: for a person to look at."""
    if any(result.id == STRUCTURE for result in report.results):
        return []
    count = report.rows_of_several
    if count is None:
        return ["Not tried: whether rows and drawings stand for somebody; that is not read in a file of this kind."]
    places = "1 place holds" if count == 1 else f"{count:,} places hold"
    look = f"Look: {places} figures, colours or marks in a row. Does each stand for somebody?"
    return [
        look if count else "Tried: lists, tables, colours and drawings with one figure or mark for each of several."
    ]


def _told(result: Result) -> str:
    measured = ""
    if result.statistic is not None:
        most = f", at most {result.threshold:g}" if result.threshold is not None else ""
        measured = f" ({result.statistic:g}{most})"
    return f"{'Passed' if result.passed else 'FAILED'}: {result.tried} {result.found}{measured}"


def _unseen(report: Report) -> list[str]:
    lines = ["Not seen by any search for words: descriptions that name nobody (the largest, the island)."]
    if report.pictures:
        lines.insert(0, f"Not seen: {pixels(len(report.pictures))}. Look at what is shown there.")
    return lines


def _listed(findings: list[Finding], most: int) -> list[str]:
    times = Counter(findings)
    lines = [f"    {_times(finding, count)}" for finding, count in times.most_common(most)]
    return [*lines, f"    and {len(times) - most} more places"] if len(times) > most else lines


def _times(finding: Finding, times: int) -> str:
    why = f" ({finding.why})" if finding.why else ""
    return f"{finding.kind}{why}: {finding.where}" + (f", {times} times" if times > 1 else "")
