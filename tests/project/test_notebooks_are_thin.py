"""Report notebooks load a view and show it: no function, no file reading, no arithmetic (DESIGN 1)."""

import ast
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REPORTS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def code_of(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def test_there_are_report_notebooks():
    assert {path.stem for path in REPORTS} >= {"report", "dfe_summary", "regional_overview"}


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_notebook_only_loads_and_shows(path):
    forbidden = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.BinOp, ast.AugAssign, ast.With)
    for source in code_of(path):
        for node in ast.walk(ast.parse(source)):
            assert not isinstance(node, forbidden), f"{path.name}: {ast.unparse(node)}"
            if isinstance(node, ast.Name | ast.Attribute):
                name = node.id if isinstance(node, ast.Name) else node.attr
                assert name not in {"open", "read_csv", "read_text", "read_parquet", "read_bytes"}, path.name


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_notebook_is_short(path):
    lines = [line for source in code_of(path) for line in source.splitlines() if line.strip()]
    assert len(lines) <= 60


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").rglob("*.ipynb")), ids=lambda path: path.stem)
def test_notebooks_are_stored_without_outputs(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert "papermill" not in notebook["metadata"]
    for cell in notebook["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_nothing_beside_a_notebook_hides_the_package():
    # JupyterLab puts the notebook's folder first on the path.
    assert not [path for path in (ROOT / "notebooks").rglob("analysis*") if path.suffix in {".py", ""}]
