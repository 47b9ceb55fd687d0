"""A papermill engine: each notebook runs in a child forked from this process, where its imports are already done.

A kernel started for each notebook spends more on starting and importing than on its cells (`docs/decisions/`). Here the
cells run in an IPython shell in the child, so that what they show crosses no socket; the child ends with its notebook,
so that nothing of one notebook is left for the next.

Papermill imports this module itself, by the entry point in `pyproject.toml`. Nothing else may import it before
papermill is there: papermill would look for an engine in a module that is not whole yet.
"""

from __future__ import annotations

import ast
import gc
import importlib
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.engines import Engine, NotebookExecutionManager

from analysis.batch.in_child import Cell, Done, Started, run_in_child


class ForkedEngine(Engine):  # type: ignore[misc]
    """Run a notebook's cells in a child of this process. Widgets and `input` need papermill's own engine."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        resources: dict[str, Any] | None = None,
        execution_timeout: float | None = None,
        **_: object,
    ) -> None:
        """Execute the notebook, as papermill asks every engine.

        Parameters
        ----------
        nb_man
            Holds the notebook, and is told of each cell.
        kernel_name
            Of a Python kernel; no kernel is started.
        resources
            `["metadata"]["path"]`: the working folder of the cells.
        execution_timeout
            Seconds for each cell; no limit if None.

        Raises
        ------
        DeadKernelError
            If the child ended before its notebook did.
        CellTimeoutError
            If a cell took longer than `execution_timeout`.
        """
        cells = [Cell(index, cell.source) for index, cell in enumerate(nb_man.nb.cells) if _runs(cell)]
        for module in imported_by(cells):
            # A module that can't be imported is the notebook's failure, in the cell that asks for it.
            with suppress(Exception):
                importlib.import_module(module)
        folder = (resources or {}).get("metadata", {}).get("path") or Path.cwd()
        # A person's own profile and start-up files have no say in a notebook: its shell keeps its things in a new one.
        with TemporaryDirectory(prefix="ipython-", ignore_cleanup_errors=True) as profiles:
            _run(nb_man, cells, Path(folder), Path(profiles), execution_timeout)
        nb_man.nb.metadata["language_info"] = dict(IPythonKernel.language_info)


def imported_by(cells: Sequence[Cell]) -> list[str]:
    """The modules that cells import at their top level, in order."""
    return list(dict.fromkeys(name for cell in cells for name in _imports(cell.source)))


def _imports(source: str) -> Iterator[str]:
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a line of IPython's own
        return
    for statement in body:
        if isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom) and statement.module:
            yield statement.module


def _runs(cell: NotebookNode) -> bool:
    skipped = "skip-execution" in cell.metadata.get("tags", [])
    return cell.cell_type == "code" and bool(cell.source.strip()) and not skipped


def _run(
    nb_man: NotebookExecutionManager, cells: Sequence[Cell], folder: Path, profiles: Path, timeout: float | None
) -> None:
    receiving, sending = Pipe(duplex=False)
    gc.freeze()  # What is there now stays where it is: the child's collector would copy every page of it.
    child = os.fork()
    if child == 0:
        receiving.close()
        run_in_child(cells, sending, folder, profiles)
    sending.close()
    try:
        _follow(nb_man, receiving, timeout)
    except EOFError:
        raise DeadKernelError(f"the notebook's process ended early ({_ended(child)})") from None
    except BaseException:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        raise
    finally:
        receiving.close()
        with suppress(ChildProcessError):  # already waited for
            os.waitpid(child, 0)


def _follow(nb_man: NotebookExecutionManager, receiving: Connection, timeout: float | None) -> None:
    """Take what the child tells of each cell into the notebook, until it has told the last."""
    cell: Any = None
    while True:
        if not receiving.poll(timeout):
            raise CellTimeoutError.error_from_timeout_and_cell("the cell took too long", int(timeout or 0), cell)
        match receiving.recv():
            case Started(index):
                cell = nb_man.nb.cells[index]
                nb_man.cell_start(cell, index)
            case Done(index, count, outputs, failed):
                cell = nb_man.nb.cells[index]
                cell.execution_count = count
                cell.outputs = outputs
                if failed:
                    nb_man.cell_exception(cell, cell_index=index)
                nb_man.cell_complete(cell, cell_index=index)
            case str(broken):
                raise DeadKernelError(f"the notebook's process could not go on: {broken}")
            case None:
                return


def _ended(child: int) -> str:
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return f"signal {-code}" if code < 0 else f"exit code {code}"
