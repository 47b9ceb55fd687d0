"""Which sheets of a workbook are the return: all that are one, beside covers and notes, and nothing that is hidden."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from analysis.returns.reading.beside import stands_aside
from analysis.returns.reading.document import Document
from analysis.returns.reading.layout import Layout, almost
from analysis.returns.reading.mapping import Template
from analysis.returns.rules.file_rules import REPEATED_COLUMN, SEVERAL_SHEETS, UNKNOWN_LAYOUT, Refusal


@dataclass(frozen=True, repr=False)
class Chosen:
    """The sheets that are read."""

    layouts: tuple[Layout, ...]
    choices: tuple[str, ...]
    """What was left out, in words for the receipt."""


def choose(
    document: Document, found: Sequence[Layout | Refusal], templates: Sequence[Template], known: Collection[str]
) -> Chosen | Refusal:
    """The sheets to read.

    Parameters
    ----------
    document
        A sheet or several.
    found
        What `layout.layouts_of` says of each.
    templates
        The layouts that were looked for.
    known
        Words of the kit, in the form of `reference.matching.plain`.

    Returns
    -------
    Chosen or Refusal
        Refused is a sheet that is neither a return nor a cover, notes or a list of the kit's words; one that was meant
        as a return and lacks a column; and a return on a hidden sheet, which nobody who sent it may have seen.
    """
    if not document.sheets:
        return Refusal(UNKNOWN_LAYOUT, "no table with a first line of column names")
    layouts = tuple(one for one in found if isinstance(one, Layout))
    others = [(sheet, one) for sheet, one in zip(document.sheets, found, strict=True) if isinstance(one, Refusal)]
    for sheet, refusal in others:
        if len(document.sheets) == 1 or refusal.rule is REPEATED_COLUMN or almost(sheet, templates):
            return refusal
    if not layouts:
        return others[0][1]
    if any(one.sheet.hidden for one in layouts):
        return Refusal(SEVERAL_SHEETS, "a return on a hidden sheet")
    for sheet, _ in others:
        if not stands_aside((sheet.row(position) for position in range(len(sheet.lines))), known):
            return Refusal(SEVERAL_SHEETS, f"sheet {sheet.number} is a table, and no return")
    return Chosen(layouts, tuple(_choices(layouts, len(others))))


def _choices(layouts: Sequence[Layout], others: int) -> list[str]:
    words = [text for one in layouts for text in one.left_out()]
    if len(layouts) > 1:
        words.insert(0, f"{len(layouts)} sheets read")
    if others:
        words.insert(0, f"{others} sheet{'s' if others > 1 else ''} of notes left out")
    return list(dict.fromkeys(words))
