"""A plain papermill from a shell serves as well as the kit, and is as strict."""

import json
import subprocess

import pytest
from command_line import program

from analysis.config import Workspace

pytestmark = pytest.mark.xdist_group("built")
GOOD = {"authority": "825", "period": "2025-26-Q2", "variant": "internal"}


def papermill(root, out, **parameters):
    source = Workspace(root).notebooks / "report.ipynb"
    given = [word for name, value in parameters.items() for word in ("-p", name, value)]
    command = [program("papermill"), str(source), out, *given, "--no-progress-bar"]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_it_makes_a_report(fresh):
    running = papermill(fresh, "out.ipynb", **GOOD)
    _, errors = running.communicate()
    assert running.returncode == 0, errors
    cells = json.loads((fresh / "out.ipynb").read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    shown = [output["data"] for output in outputs if output["output_type"] == "display_data"]
    assert len(shown) > 20
    assert all(data.keys() <= {"text/markdown", "text/plain"} and "text/markdown" in data for data in shown)
    text = "\n".join("".join(data["text/markdown"]) for data in shown)
    assert "Buckinghamshire" in text
    assert "internal and limited use only" in text
    assert len(list((fresh / "figures").glob("*.png"))) >= 18


def test_an_unknown_or_a_missing_parameter_is_an_error(fresh):
    told = {
        "unknown.ipynb": ({**GOOD, "autority": "825"}, "there is no parameter 'autority' (did you mean 'authority'?)"),
        "missing.ipynb": ({"authority": "825", "variant": "internal"}, "parameter 'period' is missing"),
    }
    running = {out: papermill(fresh, out, **parameters) for out, (parameters, _) in told.items()}
    for out, (_, words) in told.items():
        _, errors = running[out].communicate()
        assert running[out].returncode != 0
        assert words in errors
    assert not (fresh / "figures").exists()
