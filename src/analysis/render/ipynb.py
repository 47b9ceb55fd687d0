"""Notebook files, read as the few things that a document needs of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Quarto asks a notebook for its language, though a prepared one holds no code.
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


@dataclass(frozen=True)
class Output:
    """One output of a code cell.

    Parameters
    ----------
    kind
        `display_data`, `execute_result`, `stream` or `error`.
    shown
        Text by media type.
    error
        Name of the exception.
    """

    kind: str
    shown: dict[str, str]
    error: str


@dataclass(frozen=True)
class Cell:
    """One cell: its kind (`markdown`, `code`, `raw`), its source, and for code whether it ran and what it showed."""

    kind: str
    source: str
    executed: bool = False
    outputs: tuple[Output, ...] = ()


def read_cells(path: Path) -> tuple[Cell, ...]:
    """The cells of a notebook (nbformat 4).

    Raises
    ------
    ValueError
        If the file is no notebook of that format.
    """
    notebook = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4:
        raise ValueError(f"{path.name} is no notebook of format 4")
    return tuple(_cell(cell) for cell in notebook["cells"])


def write_document(path: Path, front: str, texts: Sequence[str]) -> None:
    """Write a notebook of prose: a raw cell with the front matter, then one Markdown cell for each text."""
    cells = [{"cell_type": "raw", "id": "front", "metadata": {}, "source": front}]
    cells += [
        {"cell_type": "markdown", "id": f"text-{number}", "metadata": {}, "source": text}
        for number, text in enumerate(texts, start=1)
    ]
    notebook = {"cells": cells, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _cell(cell: dict[str, Any]) -> Cell:
    return Cell(
        kind=cell["cell_type"],
        source=_joined(cell["source"]),
        executed=cell.get("execution_count") is not None,
        outputs=tuple(_output(output) for output in cell.get("outputs", ())),
    )


def _output(output: dict[str, Any]) -> Output:
    shown = {media: _joined(text) for media, text in output.get("data", {}).items()}
    return Output(output["output_type"], shown, output.get("ename", ""))


def _joined(text: object) -> str:
    return "".join(text) if isinstance(text, list) else str(text)
