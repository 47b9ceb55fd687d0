"""What a failed notebook tells: a plain message for what people can mend, the notebook's traceback for a bug."""

from __future__ import annotations

from collections.abc import Iterator

from papermill.exceptions import PapermillExecutionError, strip_color

from analysis.errors import UserError


class NotebookError(Exception):
    """A cell failed through a bug of the kit, so it keeps its traceback.

    Parameters
    ----------
    notebook
        Name of the notebook.
    cell
        Number of the cell in the notebook's source, from 1.
    summary
        The exception in one line.
    traceback
        The notebook's traceback as plain text.
    """

    def __init__(self, notebook: str, cell: int, summary: str, traceback: str) -> None:
        super().__init__(notebook, cell, summary, traceback)
        self.notebook = notebook
        self.cell = cell
        self.summary = summary
        self.traceback = traceback

    def __str__(self) -> str:
        return f"{self.notebook}, cell {self.cell}: {self.summary}\n{self.traceback}"


def failure_of(notebook: str, cell: int, error: PapermillExecutionError) -> UserError | NotebookError:
    """The exception of a cell as it would be had it been raised here.

    Parameters
    ----------
    notebook
        Name of the notebook.
    cell
        Number of the cell in the notebook's source, from 1.
    error
        What papermill caught. The exception itself stayed in the kernel; its name and message came out.
    """
    kinds: dict[str, type[UserError]] = {kind.__name__: kind for kind in _with_children(UserError)}
    if error.ename in kinds:
        what, where, remedy = _read_back(error.evalue)
        return kinds[error.ename](what, where=where or notebook, remedy=remedy)
    text = strip_color("\n".join(error.traceback))
    return NotebookError(notebook, cell, f"{error.ename}: {error.evalue}", text)


def _with_children(kind: type[UserError]) -> Iterator[type[UserError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _with_children(child)


def _read_back(message: str) -> tuple[str, str, str]:
    parts = {"where": "", "what to do": ""}
    what = []
    for line in message.splitlines():
        key, _, rest = line.strip().partition(": ")
        if line.startswith("  ") and key in parts:
            parts[key] = rest
        else:
            what.append(line)
    return "\n".join(what), parts["where"], parts["what to do"]
