"""The report notebooks, in forked children and in kernels: the same outputs and pictures, byte for byte."""

import nbformat
import pytest

from analysis.batch.documents import FORKED, engine
from analysis.config import workspace
from analysis.render.notebook import run_notebook
from analysis.render.parameters import DfeParameters, RegionalParameters, ReportParameters

pytestmark = pytest.mark.skipif(engine() is None, reason="elsewhere notebooks run in kernels alone")

WHERE = {"period": "2025-26-Q2", "region": "south-east", "source": "made-up"}
NOTEBOOKS = {
    "internal": ("report", ReportParameters(authority="825", variant="internal", **WHERE)),
    "own, small counts": ("report", ReportParameters(authority="921", variant="own", **WHERE)),
    "anonymised": ("report", ReportParameters(authority="825", variant="anonymised", **WHERE)),
    "dfe": ("dfe_summary", DfeParameters(authority="825", **WHERE)),
    "regional": ("regional_overview", RegionalParameters(**WHERE)),
}


@pytest.mark.parametrize("kind", NOTEBOOKS)
def test_a_report_notebook_puts_out_the_same(kind, built_workspace, tmp_path, monkeypatch):
    monkeypatch.setenv("TARTANRUG_HOME", str(built_workspace))
    name, parameters = NOTEBOOKS[kind]
    source = workspace().notebooks / f"{name}.ipynb"
    forked, kernels = (made(source, parameters, tmp_path / str(each), each) for each in (FORKED, None))
    assert len(forked[0]) > 3
    assert any(outputs for _, outputs in forked[0])
    assert forked == kernels


def made(source, parameters, folder, name):
    """Each cell's count and outputs, and each picture's bytes."""
    executed = nbformat.read(run_notebook(source, parameters, folder, name), 4)
    cells = [(cell.get("execution_count"), cell.get("outputs")) for cell in executed.cells]
    return cells, {path.name: path.read_bytes() for path in sorted((folder / "figures").iterdir())}
