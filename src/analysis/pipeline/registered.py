"""The audit of a document that the kit did not make, before it may go to anybody from whom others are concealed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from analysis.audit.concealed import concealed_from
from analysis.audit.deny import Deny, deny_list
from analysis.audit.door import Concealed, audit_file
from analysis.audit.report import Report
from analysis.audit.result import STRUCTURE, Heading, Result
from analysis.pipeline.collection import Collection
from analysis.pipeline.packs import concealed_figures


def audit_registered(
    collection: Collection, paths: Iterable[Path], reader: str, machines: Iterable[str] = ()
) -> tuple[Report, ...]:
    """A report on each file, with the tests that the gate wants of such a document (`gate.REQUIRED_OF_REGISTERED`).

    The intruder's tests are not tried: they guess from the bands of the kit's packs, which it does not hold. What is
    tried is every name, code and figure of whoever is concealed. Pictures are refused, since nobody can read them, and
    so is whatever may be a row of several: in a file that the kit did not make nobody knows what stands for whom.

    Parameters
    ----------
    collection
        The region's quarter, whose figures are looked for.
    paths
        The finished files: the document and its cover sheet.
    reader
        DfE code of the one authority that may be named; empty where none may.
    machines
        Users, hosts and other words that no file may hold.
    """
    deny, figures = _concealed(collection, reader, tuple(machines)), concealed_figures(collection, reader)
    reports = (audit_file(path, Concealed(deny, figures)) for path in paths)
    return tuple(replace(one, results=(_figures(figures), _pixels(one), _structure(one))) for one in reports)


def _concealed(collection: Collection, reader: str, machines: tuple[str, ...]) -> Deny:
    if reader:
        return concealed_from(reader, collection.region, machines=machines)
    return deny_list(collection.region.everyone, machines=machines)


def _figures(figures: Mapping[str, Sequence[float]]) -> Result:
    count = sum(map(len, figures.values()))
    return Result(
        "figures-looked-for",
        Heading.LINKABILITY,
        "Are there concealed figures of the quarter to look for?",
        f"{count} figures of {len(figures)} series." if count else "None: no return of the quarter was received.",
        None,
        None,
        count > 0,
    )


def _pixels(report: Report) -> Result:
    count = len(report.pictures)
    found = "None." if not count else f"{count}: put what they show into words and tables, or leave them out."
    tried = "Are there pictures, which nobody can read?"
    return Result("no-pixels", Heading.SINGLING_OUT, tried, found, count, 0, not count)


def _structure(report: Report) -> Result:
    count = report.rows_of_several
    found = f"{count} places." if count is not None else "In a file of this kind that can't be read: save it as PDF."
    tried = "Are there lists, tables, colours or drawings with a figure or mark for each of several?"
    return Result(STRUCTURE, Heading.SINGLING_OUT, tried, found, count, 0, count == 0)
