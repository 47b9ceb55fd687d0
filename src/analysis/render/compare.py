"""Both renderers side by side: each difference in headings, captions, tables and alternative texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from analysis.render.check import check_html
from analysis.render.embedded import render_embedded
from analysis.render.outline import Outline, read_outline
from analysis.render.pandoc import RenderError
from analysis.render.quarto import Job, render_quarto
from analysis.render.quarto_tool import NoQuartoError, find_quarto


@dataclass(frozen=True)
class Difference:
    """One place where the renderers disagree.

    Parameters
    ----------
    document
        Title of the document.
    kind
        `headings`, `captions`, `tables` or `alternatives`; `document` where Quarto made none.
    embedded, quarto
        What each of them shows there; empty where it shows nothing.
    """

    document: str
    kind: str
    embedded: str
    quarto: str


def compare_renderers(jobs: Sequence[Job], environ: Mapping[str, str], epoch: int) -> list[Difference]:
    """Every difference between the two renderers' HTML of the same notebooks; none is what is hoped for.

    Parameters
    ----------
    jobs
        The documents, of whatever profiles.
    environ
        The environment, where Quarto is looked for.
    epoch
        Seconds since 1970 that stand for now.

    Raises
    ------
    NoQuartoError
        If there is no Quarto to compare with: an exit code of its own, so that nobody takes it for agreement.
    RenderError
        If the embedded renderer fails.
    """
    quarto = find_quarto(environ)
    if quarto is None:
        raise NoQuartoError(
            "there is no Quarto to compare with",
            remedy="install Quarto or set QUARTO_PATH; documents are made by the embedded renderer meanwhile",
        )
    found: list[Difference] = []
    for job in jobs:
        ours = render_embedded(job.parsed, ["html"], epoch)["html"]
        check_html(ours, job.meta, job.parsed)
        try:
            theirs = render_quarto(quarto, [job], ["html"], environ, epoch)[0]["html"]
        except RenderError as error:
            found.append(Difference(job.meta.title, "document", "is made", str(error)))
            continue
        found += differences(job.meta.title, read_outline(ours), read_outline(theirs))
    return found


def differences(document: str, embedded: Outline, quarto: Outline) -> Iterator[Difference]:
    """Where two outlines of one document differ, kind by kind, in the document's order."""
    for kind, ours, theirs in (
        ("headings", _headings(embedded), _headings(quarto)),
        ("captions", embedded.captions, quarto.captions),
        ("tables", _rows(embedded), _rows(quarto)),
        ("alternatives", embedded.alternatives, quarto.alternatives),
    ):
        for what, a, b, c, d in SequenceMatcher(a=ours, b=theirs, autojunk=False).get_opcodes():
            if what != "equal":
                yield Difference(document, kind, " / ".join(ours[a:b]), " / ".join(theirs[c:d]))


def _headings(outline: Outline) -> list[str]:
    return [f"{level} {words}" for level, words in outline.headings]


def _rows(outline: Outline) -> list[str]:
    return [
        f"table {number}: {' | '.join(row)}" for number, table in enumerate(outline.tables, start=1) for row in table
    ]
