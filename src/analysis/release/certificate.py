"""What the audit says of one finished file, bound to its bytes: without it the gate lets nothing through."""

from __future__ import annotations

import json
from datetime import date
from typing import Literal, Self

from pydantic import Field, ValidationError, model_validator

from analysis.audit.report import Report, Verdict
from analysis.reference.model import Record
from analysis.registers.log.event import Digest
from analysis.release.refused import RefusedError


class Pack(Record):
    """Whose report it is, of what, and by which rules it was made."""

    variant: Literal["anonymised"] = "anonymised"
    region: str
    period: str
    reader: str
    """DfE code of the one authority that may be named."""
    kit: str
    """The kit's version."""
    policy_sha256: Digest
    """Of the disclosure policy that the file was made and audited by."""


class Tried(Record):
    """One test and what came of it, in words that name nobody."""

    id: str
    found: str
    statistic: float | None
    threshold: float | None
    passed: bool


class TextRead(Record):
    """A text of the authority's own that stands in the pack, and who read it before it was shown (S0 5.5.3 iii)."""

    indicator: str
    """Empty: of the report as a whole."""
    sha256: Digest
    read_by: str
    """A name, which stands here and in the register, and on no page."""
    read_on: date


class Certificate(Record):
    """What was looked through and found. PASS stands only where nothing was found and all of it was read."""

    file: str
    sha256: Digest
    size: int = Field(ge=0)
    pack: Pack
    audited_on: date
    verdict: Verdict
    texts: int
    findings: int
    tests: tuple[Tried, ...]
    commentary: tuple[TextRead, ...] = ()

    @model_validator(mode="after")
    def _verdict_follows(self) -> Self:
        passed = not self.findings and self.texts > 0 and bool(self.tests) and all(one.passed for one in self.tests)
        if passed != (self.verdict is Verdict.PASS):
            raise ValueError("the verdict does not follow from what was found")
        return self


def certificate_of(report: Report, pack: Pack, audited_on: date, commentary: tuple[TextRead, ...] = ()) -> Certificate:
    """The certificate of one file.

    Parameters
    ----------
    report
        The audit's, with the results of the intruder's tests. A file on which none was tried does not pass.
    commentary
        The reader's own texts in the pack, with who read each.
    """
    tests = tuple(
        Tried(id=one.id, found=one.found, statistic=one.statistic, threshold=one.threshold, passed=one.passed)
        for one in report.results
    )
    sound = report.verdict is Verdict.PASS and report.texts > 0 and bool(tests)
    return Certificate(
        file=report.file,
        sha256=report.sha256,
        size=report.size,
        pack=pack,
        audited_on=audited_on,
        verdict=Verdict.PASS if sound else Verdict.FAIL,
        texts=report.texts,
        findings=len(report.findings),
        tests=tests,
        commentary=commentary,
    )


def as_text(certificate: Certificate) -> str:
    """The certificate as JSON, the same text for the same certificate."""
    return json.dumps(certificate.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n"


def read_certificate(content: bytes, file: str) -> Certificate:
    """A certificate from its bytes.

    Raises
    ------
    RefusedError
        If it is not one: words that the kit does not know, a verdict that does not follow.
    """
    try:
        return Certificate.model_validate_json(content)
    except ValidationError:
        raise RefusedError("this is no certificate", where=file, remedy="run the audit again") from None
