"""Planted files that must fail: a run of the audit that passes one of them is void."""

from __future__ import annotations

import base64
import io
import zipfile
from dataclasses import dataclass
from html import escape

from PIL import Image, PngImagePlugin

from analysis.audit.deny import Deny, Kind
from analysis.audit.report import Report
from analysis.audit.scan import scan
from analysis.errors import ExitCode, UserError
from analysis.reference.authorities import authorities

_FIGURES = (
    187.4, 203.9, 226.1, 241.7, 262.3, 279.8, 301.2, 318.6, 344.9, 362.5, 391.3, 420.8, 447.2, 489.6, 538.1, 611.7,
    702.4, 866.3,
)  # fmt: skip
"""Made up; about as far apart as rates of authorities are."""


class VoidError(UserError):
    """A planted file passed: whatever else this run says is worth nothing."""

    exit_code = ExitCode.VOID


@dataclass(frozen=True)
class Canary:
    """A planted file."""

    name: str
    content: bytes
    kind: Kind
    """What it must be failed for; a file that fails because nobody could read it proves nothing."""


def planted(deny: Deny) -> tuple[Canary, ...]:
    """A name packed into a picture, within a Word file and within a page; a chart of dots where figures would be.

    Raises
    ------
    VoidError
        If nobody is concealed: there is no name to plant.
    """
    if not deny.concealed:
        raise VoidError("nobody is concealed, and so nothing can be found", remedy="check the reader and the region")
    name = max((authorities()[code].name for code in sorted(deny.concealed)), key=len)
    picture = _picture(name)
    page = f"<html><body><img alt='A chart' src='data:image/png;base64,{base64.b64encode(picture).decode()}'></body>"
    dots = "".join(f"<circle cx='{40 + 0.61 * value:.3f}' cy='20' r='3' class='a'/>" for value in _FIGURES)
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg'>{dots}</svg>"
    return (
        Canary("canary.docx", _document(picture), Kind.NAME),
        Canary("canary.html", f"{page}</html>".encode(), Kind.NAME),
        Canary("canary.txt", f"Higher than in {escape(name)}.".encode(), Kind.NAME),
        Canary("canary.svg", drawing.encode(), Kind.VALUES),
    )


def check(deny: Deny) -> tuple[Report, ...]:
    """The reports on the planted files, each of which failed for what was planted.

    Raises
    ------
    VoidError
        If one did not.
    """
    reports = []
    for canary in planted(deny):
        report = scan(canary.content, deny, {"canary": _FIGURES}, name=canary.name)
        if canary.kind not in {finding.kind for finding in report.findings}:
            raise VoidError(
                "a planted file passed, and so this audit is void",
                where=canary.name,
                remedy="send nothing, and report it: the audit itself is broken",
            )
        reports.append(report)
    return tuple(reports)


def _picture(name: str) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("Comment", f"the line of {name}", zip=True)
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(out, "PNG", pnginfo=info)
    return out.getvalue()


def _document(picture: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<document><p>Children in need</p></document>")
        archive.writestr("word/media/image1.png", picture)
    return out.getvalue()
