"""What is said of erasures wherever something is made again: older releases can't be."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape

from analysis.registers.erased import reproducibility_notes
from analysis.registers.log.chain import BrokenLogError, log_folder, read_chain


def tell_erasures(registers: Path, console: Console) -> None:
    """Say that data were erased from a region's registers, if they were.

    A log that is not whole is said and stops nothing here: it stops what is released.
    """
    try:
        notes = reproducibility_notes(read_chain(log_folder(registers)))
    except BrokenLogError as broken:
        notes = (f"{broken.what}, so that nothing can be released: tartanrug log verify",)
    for note in notes:
        console.print(escape(note), style="yellow")
