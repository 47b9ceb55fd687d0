"""The one door for whoever releases files: a report on one file, which fails whatever goes wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.audit.apart import File, scan_apart
from analysis.audit.budget import Limits
from analysis.audit.canaries import VoidError, check
from analysis.audit.deny import Deny, Kind
from analysis.audit.report import Finding, Report, failed
from analysis.audit.result import Result


@dataclass(frozen=True)
class Concealed:
    """Who must not be recognised in a file, and by what."""

    deny: Deny
    values: Mapping[str, Sequence[float]] | None = None
    """Indicator (and period) to the figures of those who are concealed, if they are to be looked for."""
    limits: Limits | None = None


def audit_file(path: Path, who: Concealed, results: Iterable[Result] = ()) -> Report:
    """The report on one file, with what other tests found in it. Nothing is raised.

    Parameters
    ----------
    path
        The file as it would be sent.
    who
        Who is concealed in it.
    results
        What the tests of inference found; one that did not pass fails the file.

    Returns
    -------
    Report
        `verdict` is PASS only where the planted files failed, everything in this one was read, nothing was found, and
        every result passed. Its hash is that of the bytes that were read.
    """
    try:
        check(who.deny)
        report = scan_apart([File(path, path.name)], who.deny, who.values, limits=who.limits)[0]
        return replace(report, results=tuple(results))
    except VoidError:
        return _failed(path, "a planted file passed, or nobody is concealed: the audit is void")
    except Exception as error:
        # Whatever it is: the message may quote the file, and is left out.
        return _failed(path, f"the audit itself failed ({type(error).__name__})")


def _failed(path: Path, why: str) -> Report:
    try:
        content = path.read_bytes()
    except OSError:
        content = b""
    finding = Finding("the whole file", Kind.UNREAD, why)
    # The name is withheld: nobody has looked whether it names somebody.
    return failed("", hashlib.sha256(content).hexdigest(), len(content), finding)
