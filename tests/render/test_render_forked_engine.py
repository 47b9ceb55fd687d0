"""Notebooks run in forked children, and what a kernel would have put out comes out."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import papermill
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from papermill.exceptions import PapermillExecutionError, strip_color

from analysis.batch.documents import FORKED, engine

pytestmark = pytest.mark.skipif(engine() is None, reason="elsewhere notebooks run in kernels")

EVERY_KIND = [
    "import sys, warnings\nprint('one'); print('two', file=sys.stderr); print('three')",
    "from IPython.display import Image, HTML, Markdown, display\ndisplay(HTML('<b>&</b>')); Markdown('# é')",
    "import pandas as pd\npd.DataFrame([range(30)] * 3)",
    "from base64 import b64decode\n"
    "dot = b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJ'\n"
    "                'RU5ErkJggg==')"
    "\ndisplay(Image(dot), metadata={'a': 1})\nImage(dot)",
    "",
    "x = 3",
    "x",
    "x;",
    "import asyncio\nawait asyncio.sleep(0, 'awaited')",
    "%xmode",
    "sys.stdout.writelines(['of', ' several\\n']); sys.stdout.flush(); sys.stdout.writable()",
    "print('a', end=''); display(1); print('b', end='')",
    "get_ipython() is not None, __name__, Path if 'Path' in globals() else None",
    "class Odd:\n    def _repr_html_(self): return '<i>odd</i>'\n    def __repr__(self): return 'odd'\nOdd()",
]


def run(cells, name, tmp_path, **more):
    """The cells' counts and outputs, and the error that papermill raised for them."""
    notebook = new_notebook(
        cells=[new_markdown_cell("# A heading"), *(new_code_cell(source) for source in cells)],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    source = tmp_path / "in.ipynb"
    nbformat.write(notebook, source)
    out, failed = tmp_path / f"{name}.ipynb", None
    try:
        papermill.execute_notebook(source, out, engine_name=name, progress_bar=False, cwd=tmp_path, **more)
    except PapermillExecutionError as error:
        failed = error
    done = nbformat.read(out, 4)
    made = [cell for cell in done.cells if not cell.metadata.get("tags")]
    return [(cell.get("execution_count"), plain(cell.get("outputs"))) for cell in made], failed


def plain(outputs):
    """Outputs whose tracebacks hold no colours."""
    for output in outputs or ():
        if output.output_type == "error":
            output.traceback = strip_color("\n".join(output.traceback)).splitlines()
    return outputs


def children():
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="utf-8").split()


def test_every_kind_of_output_is_a_kernels(tmp_path):
    forked, _ = run(EVERY_KIND, FORKED, tmp_path)
    kernels, _ = run(EVERY_KIND, None, tmp_path)
    assert sum(len(outputs or ()) for _, outputs in kernels) >= 14
    assert forked == kernels


@pytest.mark.parametrize(
    "cell", ["def f():\n    return 1 / 0\nf()", "raise KeyError('é')", "this is no Python", "import no_such_module"]
)
def test_a_failure_is_a_kernels_and_the_last_thing_that_runs(tmp_path, cell):
    cells = ["print('before')", cell, "print('after')"]
    forked, told = run(cells, FORKED, tmp_path)
    kernels, by_kernel = run(cells, None, tmp_path)
    assert forked == kernels
    assert forked[-1] == (None, [])
    assert (told.ename, told.evalue, told.cell_index) == (by_kernel.ename, by_kernel.evalue, by_kernel.cell_index)


@pytest.mark.parametrize(("cell", "told"), [("os._exit(3)", "exit code 3"), ("os.kill(os.getpid(), 9)", "signal 9")])
def test_a_child_that_dies_is_told_at_once_and_the_next_notebook_runs(tmp_path, cell, told):
    began = time.monotonic()
    with pytest.raises(DeadKernelError, match=told):
        run(["import os", cell], FORKED, tmp_path)
    assert time.monotonic() - began < 30
    assert run(["1 + 1"], FORKED, tmp_path)[0][1][1][0].data["text/plain"] == "2"


def test_a_cell_may_take_so_long_and_no_longer(tmp_path):
    with pytest.raises(CellTimeoutError):
        run(["import time; time.sleep(600)"], FORKED, tmp_path, execution_timeout=1)


def test_nothing_is_left_of_a_notebook(tmp_path):
    before = children()
    marks = (
        "import os, random, json, matplotlib, pandas, numpy\n"
        "here = 1; os.environ['LEFT'] = '1'; os.chdir('/'); json.left = 1\n"
        "matplotlib.rcParams['lines.linewidth'] = 77; pandas.set_option('display.max_rows', 7); numpy.random.seed(1)"
    )
    seen = (
        "import os, json, matplotlib, pandas, numpy\n"
        "('here' in globals(), os.environ.get('LEFT'), os.getcwd() == '/', hasattr(json, 'left'),\n"
        " matplotlib.rcParams['lines.linewidth'] == 77, pandas.get_option('display.max_rows') == 7)"
    )
    run([marks], FORKED, tmp_path)
    [_, (_, [output])], _ = run([seen], FORKED, tmp_path)
    assert output.data["text/plain"] == "(False, None, False, False, False, False)"
    draws = [run(["import numpy\nnumpy.random.rand()"], FORKED, tmp_path)[0][1][1][0].data["text/plain"] for _ in "ab"]
    assert draws[0] != draws[1]
    assert children() == before, "no child is left, dead or alive"


def test_a_child_ends_with_its_parent(tmp_path):
    """Whoever runs the engine is killed outright: the cell that would go on for ten minutes ends."""
    mark = tmp_path / "child"
    cell = f"import os, pathlib, time\npathlib.Path({str(mark)!r}).write_text(str(os.getpid())); time.sleep(600)"
    parent = os.fork()
    if parent == 0:
        run([cell], FORKED, tmp_path)
        os._exit(0)
    for _ in range(600):
        if mark.is_file() and mark.read_text():
            break
        time.sleep(0.05)
    child = int(mark.read_text())
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    for _ in range(200):
        if not is_alive(child):
            return
        time.sleep(0.05)
    raise AssertionError("the child lives on")


def is_alive(process):
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_papermills_command_has_it_too(tmp_path):
    notebook = new_notebook(cells=[new_code_cell("import os; os.getppid()")])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, tmp_path / "in.ipynb")
    command = [sys.executable, "-m", "papermill", "in.ipynb", "out.ipynb", "--engine", FORKED]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert nbformat.read(tmp_path / "out.ipynb", 4).cells[0].outputs[0].output_type == "execute_result"
