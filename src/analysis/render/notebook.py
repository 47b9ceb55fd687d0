"""Run one notebook with papermill: strict parameters, a folder of its own, whole or not at all."""

from __future__ import annotations

import ast
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from analysis.errors import UserError
from analysis.reference.model import Record
from analysis.render.failure import failure_of

EXECUTED = "executed.ipynb"
_START_SECONDS = 180


def run_notebook(source: Path, parameters: Record, folder: Path, engine: str | None = None) -> Path:
    """The executed copy of a notebook, in a folder that holds nothing else but its pictures.

    Parameters
    ----------
    source
        The notebook, with a cell tagged `parameters`.
    parameters
        All of its parameters, and no other.
    folder
        The notebook's own folder. Made beside and renamed: a failed run leaves no notebook with a traceback, and
        leaves what stood there before.
    engine
        A papermill engine by its name; papermill's own, with a kernel, if None.

    Returns
    -------
    Path
        `executed.ipynb` in `folder`.

    Raises
    ------
    UserError
        If a cell raised one, or if the notebook's parameters cell doesn't name the parameters.
    NotebookError
        If a cell failed for any other reason.
    """
    notebook = nbformat.read(source, as_version=4)  # type: ignore[no-untyped-call]
    place = _parameters_cell(source.name, notebook, type(parameters))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".running-", ignore_cleanup_errors=True) as name:
        scratch = Path(name)
        making, ipython = scratch / "notebook", scratch / "ipython"
        making.mkdir()
        ipython.mkdir()
        try:
            executed = _execute(notebook, parameters, making, ipython, engine)
        except PapermillExecutionError as error:
            # Papermill puts a cell behind the parameters cell; people count in the notebook that they can open.
            number = error.cell_index + (error.cell_index <= place)
            raise failure_of(source.name, number, error) from None
        executed.metadata.papermill |= {"input_path": source.name, "output_path": EXECUTED}
        nbformat.write(executed, making / EXECUTED)  # type: ignore[no-untyped-call]
        if folder.exists():
            folder.rename(scratch / "replaced")
        making.rename(folder)
    return folder / EXECUTED


def _execute(
    notebook: NotebookNode, parameters: Record, folder: Path, ipython: Path, engine: str | None
) -> NotebookNode:
    # The notebook as an object and no output path: papermill would write both paths into the metadata, and an output
    # with the traceback when a cell fails. The kernel's folder goes by `resources`, since papermill's `cwd` changes
    # the folder of this whole process.
    with _quiet():
        executed: NotebookNode = papermill.execute_notebook(
            notebook,
            None,
            parameters=parameters.model_dump(mode="json"),
            engine_name=engine,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            log_output=False,
            report_mode=False,
            request_save_on_cell_execute=False,
            start_timeout=_START_SECONDS,
            resources={"metadata": {"path": str(folder)}},
            # A person's own profile and start-up files have no say in a report.
            extra_arguments=[
                f"--ipython-dir={ipython}",
                "--IPKernelApp.exec_PYTHONSTARTUP=False",
                # Jupyter interrupts each kernel that it ends, and one that isn't idle yet logs that as an error. What
                # goes wrong in a cell comes in its messages, never by this log.
                "--log-level=CRITICAL",
            ],
        )
    return executed


def _parameters_cell(name: str, notebook: NotebookNode, model: type[Record]) -> int:
    tagged = [index for index, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", ())]
    if len(tagged) != 1:
        raise UserError("the notebook needs one cell tagged `parameters`", where=name, remedy="tag the first code cell")
    # Papermill would inject what the cell lacks all the same, but a reader of the notebook couldn't know.
    declared = _assigned(notebook.cells[tagged[0]].source)
    missing = [field for field in model.model_fields if field not in declared]
    unknown = sorted(declared - model.model_fields.keys())
    if missing or unknown:
        add = [f"add {', '.join(missing)}"] if missing else []
        drop = [f"take out {', '.join(unknown)}"] if unknown else []
        raise UserError(
            f"the parameters cell doesn't fit {model.__name__}", where=name, remedy="; ".join([*add, *drop])
        )
    return tagged[0]


def _assigned(code: str) -> set[str]:
    statements = ast.parse(code).body
    plain = [target for each in statements if isinstance(each, ast.Assign) for target in each.targets]
    typed = [each.target for each in statements if isinstance(each, ast.AnnAssign)]
    return {target.id for target in (*plain, *typed) if isinstance(target, ast.Name)}


@contextmanager
def _quiet() -> Iterator[None]:
    """Papermill's and the kernel client's chatter is no part of a report."""
    loggers = [logging.getLogger(name) for name in ("papermill", "traitlets", "blib2to3")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
