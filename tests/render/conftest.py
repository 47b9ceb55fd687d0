"""One notebook with every served feature, executed once, and small ones made on the spot."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from quarto_stand_in import StandIn, write_stand_in
from small_notebooks import Cells

from analysis.render.document import DocumentMeta
from analysis.render.embedded import render_embedded
from analysis.render.notebook import run_notebook
from analysis.render.parameters import ReportParameters
from analysis.render.parsing import Parsed, parse
from analysis.render.prepare import prepare
from analysis.views.model import Variant

NOTEBOOKS = Path(__file__).parent / "notebooks"


@pytest.fixture(scope="session")
def parameters() -> ReportParameters:
    return ReportParameters(authority="901", period="2025-26-Q2", variant="own", region="", source="")


@pytest.fixture(scope="session")
def executed(tmp_path_factory: pytest.TempPathFactory, parameters: ReportParameters) -> Path:
    """The notebook with every feature, run by papermill."""
    return run_notebook(NOTEBOOKS / "every_feature.ipynb", parameters, tmp_path_factory.mktemp("runs") / "own")


@pytest.fixture(scope="session")
def meta() -> DocumentMeta:
    return DocumentMeta(
        profile=Variant.OWN,
        title="Ambleshire & the *Isles*: O'Neill -- 'own'",
        subtitle="July to September 2025",
        marking="Unaudited management data of Ambleshire",
        made_up=True,
    )


@pytest.fixture(scope="session")
def prepared(executed: Path, meta: DocumentMeta, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(executed, meta, tmp_path_factory.mktemp("prepared"))


@pytest.fixture(scope="session")
def parsed(prepared: Path, meta: DocumentMeta) -> Parsed:
    return parse(prepared, meta.profile, epoch=0)


@pytest.fixture(scope="session")
def pages(prepared: Path, parsed: Parsed) -> dict[str, bytes]:
    """The HTML of the notebook with every feature, for its own reader and for another."""
    return {
        "own": render_embedded(parsed, ["html"], epoch=0)["html"],
        "internal": render_embedded(parse(prepared, Variant.INTERNAL, epoch=0), ["html"], epoch=0)["html"],
    }


@pytest.fixture
def stand_in(tmp_path: Path, pages: dict[str, bytes]) -> StandIn:
    """A stand-in for Quarto."""
    return write_stand_in(tmp_path / "quarto-program", pages)


@pytest.fixture
def notebook(tmp_path: Path) -> Callable[[Cells], Path]:
    """Write a notebook of these cells and give its path."""

    def write(cells: Cells) -> Path:
        path = tmp_path / "small.ipynb"
        numbered = [{**cell, "id": f"{cell['id']}{number}"} for number, cell in enumerate(cells)]
        content = {"cells": numbered, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        path.write_text(json.dumps(content), encoding="utf-8")
        return path

    return write
