"""A brief: one indicator of one authority on a page, from its own or anonymised view, audited before it is laid down.

Whoever is asked a question by a member, or prepares an annual conversation, needs one figure with its picture. From the
view of such a reader nothing else can come.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from analysis.audit.concealed import concealed_from
from analysis.audit.door import Concealed, audit_file
from analysis.audit.report import Verdict, in_words
from analysis.batch.documents import engine
from analysis.errors import ExitCode, UserError
from analysis.pipeline.collection import Collection
from analysis.pipeline.packs import concealed_figures
from analysis.render.brief_page import brief_title
from analysis.render.document import DocumentMeta
from analysis.render.embedded import WRITERS, render_embedded
from analysis.render.notebook import run_notebook
from analysis.render.office import write_pptx
from analysis.render.parameters import BriefParameters
from analysis.render.parsing import Writer, parse
from analysis.render.prepare import prepare
from analysis.views.anonymised import AnonymisedView
from analysis.views.own import OwnView

FORMATS: Mapping[str, Writer] = MappingProxyType(
    {"docx": WRITERS["docx"], "pptx": write_pptx, "html": WRITERS["html"], "pdf": WRITERS["pdf"]}
)


class BriefRefusedError(UserError):
    """A finished brief that did not pass the audit: it is not laid anywhere."""

    exit_code = ExitCode.LEAK


@dataclass(frozen=True)
class Brief:
    """A brief in the formats that were asked for."""

    stem: str
    """`brief-2025-26-Q2-825-A06-own`."""
    files: Mapping[str, bytes]
    """By format."""


def make_brief(
    view: OwnView | AnonymisedView,
    asked: BriefParameters,
    notebooks: Path,
    formats: Sequence[str],
    epoch: int,
    stamp: str = "",
) -> Brief:
    """The documents of a brief.

    Parameters
    ----------
    view
        Of the same authority, period and variant as is asked for; it gives title and marking.
    notebooks
        The folder of the notebook sources.
    formats
        Of `FORMATS`.
    epoch
        Seconds since 1970 that stand for now.
    stamp
        For whom, content id and last day, for each page.

    Raises
    ------
    UsageError
        If there is no such indicator.
    RenderError
        If a writer fails or warns.
    """
    meta = DocumentMeta(
        profile=view.heading.variant,
        title=brief_title(view, asked.indicator),
        subtitle=view.heading.subtitle,
        marking=view.heading.marking,
        stamp=stamp,
        made_up=view.heading.made_up,
        contents=False,
    )
    with tempfile.TemporaryDirectory(prefix="tartanrug-", ignore_cleanup_errors=True) as name:
        scratch = Path(name)
        executed = run_notebook(notebooks / "brief.ipynb", asked, scratch / "notebook", engine())
        parsed = parse(prepare(executed, meta, scratch / "prepared"), meta.profile, epoch)
        files = render_embedded(parsed, formats, epoch, FORMATS)
    return Brief(f"brief-{asked.period}-{asked.authority}-{asked.indicator}-{asked.variant}", files)


def refuse_unless_concealing(brief: Brief, collection: Collection, reader: str, machines: Iterable[str] = ()) -> None:
    """Look through each file of a brief for whoever is concealed in it (S0 5.2, 5.5.3 iii).

    Parameters
    ----------
    collection
        The region's quarter: its members, and the reader's statistical neighbours, are concealed.
    reader
        DfE code of the one authority that may be named.
    machines
        Users, hosts and other words that no file may hold.

    Raises
    ------
    BriefRefusedError
        If a file did not pass, or could not be read.
    """
    deny = concealed_from(reader, collection.region, machines=machines)
    figures = concealed_figures(collection, reader)
    with tempfile.TemporaryDirectory(prefix="tartanrug-", ignore_cleanup_errors=True) as name:
        for kind, content in brief.files.items():
            path = Path(name, f"{brief.stem}.{kind}")
            path.write_bytes(content)
            report = audit_file(path, Concealed(deny, figures))
            if report.verdict is not Verdict.PASS:
                raise BriefRefusedError(
                    "the brief did not pass the audit, and was not written",
                    where=path.name,
                    remedy=f"tell whoever looks after the kit what was found: {in_words(report)}",
                )
