"""A small document with two tables, a picture and words, as the writers of Word and Excel get it."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.figures.drawing import Drawing
from analysis.figures.markup import Column, Entry, Row, table, words
from analysis.figures.palette import SIXTHS
from analysis.render.document import DocumentMeta
from analysis.render.ipynb import write_document
from analysis.render.parsing import Parsed, parse
from analysis.render.prepare import entries_of, front_matter
from analysis.render.show import as_markdown
from analysis.views.model import Variant

ALT = "A line that rises from 1 to 9."
MARKING = "Internal & limited use only."
STAMP = "For key staff of the members. Content id 0123456789abcdef."
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63680000008200816757c0600000"
    "000049454e44ae426082"
)
RUG = table(
    "tbl-rug",
    "rug",
    "The rug's caption.",
    [Column("Indicator", number=False), Column("Latest figure"), Column("Change"), Column("South East", number=False)],
    [
        Row(
            words("1 Referrals", "per 10,000"),
            (Entry(("1,296.5",)), Entry(("−23.9",)), words("1 of 19", "(1 to 4)", fill=SIXTHS[0])),
        ),
        Row(
            words("=2 Plans"),
            (Entry(("c",), missing=True), Entry(("+0.4",)), words("19 of 19", fill=SIXTHS[5])),
            own=True,
        ),
    ],
)
SERIES = table(
    "tbl-a01-series",
    "series",
    "The series' caption.",
    [Column("Period", number=False), Column("Referrals")],
    [
        Row(words("July to September 2025"), (Entry(("1,296",)),)),
        Row(words("April to June 2025"), (Entry(("..",), missing=True),)),
    ],
)
TEXTS = [
    "## What this document is",
    "::: {.callout-note}\n## How far it may go\n\nIt stays here.\n:::",
    "## The rug",
    "## Referrals",
    "### 1. Referrals to social care",
    "- In the quarter: “high” and 'low'.",
    "::: {.method}\nThe method.\n:::",
    '::: {.content-visible when-format="html"}\nOn screen alone.\n:::',
]


def made_document(folder: Path, *, landscape: bool = False) -> Parsed:
    """The parsed document, with its picture in `folder`."""
    drawing = Drawing("fig-a01-trend", PNG, "The picture's caption.", ALT, 3.0, 2.0, ())
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        texts = [*TEXTS[:3], as_markdown(RUG), *TEXTS[3:6], as_markdown(drawing), as_markdown(SERIES), *TEXTS[6:]]
    meta = DocumentMeta(profile=Variant.INTERNAL, title="Northmoor: Report", subtitle="July to September 2025",
                        marking=MARKING, stamp=STAMP, made_up=True, landscape=landscape)  # fmt: skip
    prepared = folder / "report.ipynb"
    write_document(prepared, front_matter(entries_of(meta)), texts)
    return parse(prepared, Variant.INTERNAL, 0)
