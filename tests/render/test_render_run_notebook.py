"""Notebooks run in a folder of their own, whole or not at all."""

import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from small_notebooks import code_cell, markdown_cell

from analysis.errors import UsageError, UserError
from analysis.render.failure import NotebookError
from analysis.render.notebook import run_notebook

NOTEBOOKS = Path(__file__).parent / "notebooks"
PARAMETERS = 'authority = ""\nperiod = ""\nvariant = ""\nregion = ""\nsource = ""'


def source(*code, parameters=PARAMETERS):
    return [code_cell(parameters, tags=["parameters"], ran=False), *(code_cell(each, ran=False) for each in code)]


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_an_executed_notebook_stands_alone_with_its_pictures(executed):
    assert names(executed.parent) == [
        "executed.ipynb",
        "figures",
        "figures/fig-a01-trend.png",
        "figures/fig-a02-trend.png",
    ]
    assert names(executed.parent.parent)[0] == "own", "nothing is left beside it"


def test_no_path_is_written_into_the_executed_notebook(executed):
    """Papermill stores its input and output paths; here it stores names."""
    content = executed.read_text(encoding="utf-8")
    assert str(executed.parent) not in content
    assert json.loads(content)["metadata"]["papermill"]["input_path"] == "every_feature.ipynb"


def test_a_cell_that_fails_leaves_nothing_and_what_was_there_stays(notebook, parameters, tmp_path, capfd):
    out = tmp_path / "out"
    out.mkdir()
    (out / "executed.ipynb").write_text("the last good run", encoding="utf-8")
    path = notebook(source("from pathlib import Path\nPath('half').write_text('x')", "1 / 0"))
    with pytest.raises(NotebookError, match=r"small\.ipynb, cell 3: ZeroDivisionError") as caught:
        run_notebook(path, parameters, out)
    assert "1 / 0" in caught.value.traceback, "a bug keeps its traceback"
    assert "\x1b" not in caught.value.traceback
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value), "it must cross a process"
    assert names(out) == ["executed.ipynb"]
    assert (out / "executed.ipynb").read_text(encoding="utf-8") == "the last good run"
    assert names(tmp_path) == ["out", "out/executed.ipynb", "small.ipynb"]
    assert capfd.readouterr() == ("", ""), "no chatter"


def test_a_users_error_in_a_cell_comes_out_as_one(notebook, parameters, tmp_path):
    cell = "from analysis.errors import UsageError\nraise UsageError('no such\\nthing', where='here', remedy='mend it')"
    with pytest.raises(UsageError) as caught:
        run_notebook(notebook(source(cell)), parameters, tmp_path / "out")
    assert (caught.value.what, caught.value.where, caught.value.remedy) == ("no such\nthing", "here", "mend it")


def test_a_kernel_that_is_interrupted_as_it_ends_says_nothing(notebook, parameters, tmp_path, capfd):
    """Jupyter interrupts every kernel before it ends it, and the kernel may log that while it is still busy."""
    interrupted = "get_ipython().kernel.log.error('KeyboardInterrupt caught in kernel.')"
    run_notebook(notebook(source(interrupted)), parameters, tmp_path / "out")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (PARAMETERS.replace("period", "perriod"), "add period; take out perriod"),
        (PARAMETERS + "\nextra: int = 1", "take out extra"),
    ],
)
def test_a_parameters_cell_must_name_the_parameters(notebook, parameters, tmp_path, cell, told):
    with pytest.raises(UserError, match="doesn't fit ReportParameters") as caught:
        run_notebook(notebook(source(parameters=cell)), parameters, tmp_path / "out")
    assert caught.value.remedy == told


def test_a_notebook_without_a_parameters_cell_is_refused(notebook, parameters, tmp_path):
    with pytest.raises(UserError, match="one cell tagged"):
        run_notebook(notebook([markdown_cell("text")]), parameters, tmp_path / "out")


@pytest.mark.parametrize(("extra", "ended_well"), [([], True), (["-p", "athority", "825"], False)])
def test_plain_papermill_in_a_shell_is_as_strict(tmp_path, extra, ended_well):
    """Papermill by itself passes `901` as a number, and only warns of a parameter that the notebook doesn't know."""
    given = ["-p", "authority", "901", "-p", "period", "2025-26-Q2", "-p", "variant", "own"]
    command = [sys.executable, "-m", "papermill", str(NOTEBOOKS / "every_feature.ipynb"), "out.ipynb", *given, *extra]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode == 0) is ended_well, done.stderr
    assert ended_well or "there is no parameter 'athority' (did you mean 'authority'?)" in done.stderr
