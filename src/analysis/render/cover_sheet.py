"""The cover sheet of a document that the kit did not make: its marking, on a page of its own."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from analysis.render.document import DocumentMeta
from analysis.render.embedded import render_embedded
from analysis.render.ipynb import write_document
from analysis.render.parsing import parse
from analysis.render.prepare import PREPARED, as_text, entries_of, front_matter
from analysis.views.model import Variant
from analysis.views.words import COVER_SHEET, REGISTERED_MARKINGS


@dataclass(frozen=True)
class CoverSheet:
    """What stands on it."""

    title: str
    """Of the document that it goes with."""
    variant: Variant
    file: str
    """The document's file name, as it is released."""
    sha256: str
    size: int
    """Bytes."""
    about: str
    """Whom the document is about, in words."""
    audience: str
    made_by: str
    use_until: str
    """The last day of its use, in words."""
    stamp: str
    """As `stamp.stamp`: audience, content id, last day."""
    made_up: bool


def cover_sheet(sheet: CoverSheet, epoch: int) -> bytes:
    """The sheet as tagged PDF; the same facts, the same bytes.

    Parameters
    ----------
    epoch
        Seconds since 1970 that stand for now.

    Raises
    ------
    RenderError
        If a writer fails or warns.
    """
    meta = DocumentMeta(
        profile=sheet.variant,
        title=f"Cover sheet: {sheet.title}",
        marking=REGISTERED_MARKINGS[sheet.variant],
        stamp=sheet.stamp,
        made_up=sheet.made_up,
        contents=False,
    )
    facts = (
        ("File", as_text(sheet.file)),
        ("SHA-256", f"`{sheet.sha256}`"),
        ("Size", f"{sheet.size:,} bytes"),
        ("About", as_text(sheet.about)),
        ("Made by", as_text(sheet.made_by)),
        ("For", as_text(sheet.audience)),
        ("For use until", as_text(sheet.use_until)),
    )
    listed = "\n".join(f"- **{name}**: {words}" for name, words in facts)
    # The profile's own readers are those of the kit's documents.
    front = {**entries_of(meta), "audience": as_text(sheet.audience)}
    texts = ["## What this sheet is", *COVER_SHEET, "## The document", listed]
    with tempfile.TemporaryDirectory(prefix="tartanrug-", ignore_cleanup_errors=True) as name:
        prepared = Path(name, PREPARED)
        write_document(prepared, front_matter(front), texts)
        return render_embedded(parse(prepared, sheet.variant, epoch), ["pdf"], epoch)["pdf"]
