"""Cells and outputs for notebooks made on the spot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Cells = Sequence[dict[str, Any]]


def markdown_cell(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": "m", "metadata": {}, "source": source}


def code_cell(source: str, *outputs: dict[str, Any], tags: Sequence[str] = (), ran: bool = True) -> dict[str, Any]:
    count = 1 if ran else None
    metadata = {"tags": list(tags)}
    return {
        "cell_type": "code", "id": "c", "metadata": metadata, "source": source, "execution_count": count,
        "outputs": list(outputs),
    }  # fmt: skip


def shown(markdown: str) -> dict[str, Any]:
    return {"output_type": "display_data", "data": {"text/markdown": markdown}, "metadata": {}}
