"""A plain papermill from a shell serves as well as the kit, and is as strict."""

import json
import subprocess

import pytest
from conftest import program

from analysis.config import Workspace

GOOD = {"authority": "825", "period": "2025-26-Q2", "variant": "internal"}


def papermill(root, **parameters):
    source = Workspace(root).notebooks / "report.ipynb"
    given = [word for name, value in parameters.items() for word in ("-p", name, value)]
    command = [program("papermill"), str(source), "out.ipynb", *given, "--no-progress-bar"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_it_makes_a_report(fresh):
    done = papermill(fresh, **GOOD)
    assert done.returncode == 0, done.stderr
    cells = json.loads((fresh / "out.ipynb").read_text(encoding="utf-8"))["cells"]
    shown = [output["data"] for cell in cells for output in cell.get("outputs", ()) if "data" in output]
    assert len(shown) > 20
    assert all(data.keys() == {"text/markdown"} for data in shown)
    text = "\n".join("".join(data["text/markdown"]) for data in shown)
    assert "Buckinghamshire" in text
    assert "Milton Keynes" in text
    assert len(list((fresh / "figures").glob("*.png"))) >= 18


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({**GOOD, "autority": "825"}, "there is no parameter 'autority' (did you mean 'authority'?)"),
        ({"authority": "825", "variant": "internal"}, "parameter 'period' is missing"),
    ],
)
def test_an_unknown_or_a_missing_parameter_is_an_error(fresh, parameters, told):
    done = papermill(fresh, **parameters)
    assert done.returncode != 0
    assert told in done.stderr
    assert not (fresh / "figures").exists()
