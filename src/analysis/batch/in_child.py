"""The forked child of a notebook: an IPython shell that runs the cells and tells what each of them put out."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO, TextIOBase
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

from ipykernel.compiler import XCachingCompiler
from ipykernel.jsonutil import encode_images, json_clean
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from nbformat.v4 import new_output
from traitlets import Type
from traitlets.config import Config

_DIE_WITH_PARENT = 1
"""`PR_SET_PDEATHSIG` of Linux."""


@dataclass(frozen=True)
class Cell:
    """A code cell to run, by its place in the notebook."""

    index: int
    source: str


@dataclass(frozen=True)
class Started:
    """Told before a cell runs."""

    index: int


@dataclass(frozen=True)
class Done:
    """Told after a cell has run."""

    index: int
    count: int
    outputs: list[NotebookNode]
    failed: bool


def _output(kind: str, **fields: Any) -> NotebookNode:
    made: NotebookNode = new_output(kind, **fields)  # type: ignore[no-untyped-call]
    return made


class Outputs(list[NotebookNode]):
    """What a cell has put out so far, in the form in which a notebook keeps it."""

    def stream(self, name: str, text: str) -> None:
        """Text that was printed: one output of each stream between two others, as a kernel flushes its buffers."""
        since = next((place for place in range(len(self), 0, -1) if self[place - 1].output_type != "stream"), 0)
        for output in self[since:]:
            if output.name == name:
                output.text += text
                return
        # A kernel flushes stdout first.
        self.insert(since if name == "stdout" else len(self), _output("stream", name=name, text=text))


class _Stream(TextIOBase):
    """What cells print, nothing of it held back."""

    def __init__(self, outputs: Outputs, name: str) -> None:
        self._outputs, self._name = outputs, name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if text:
            self._outputs.stream(self._name, text)
        return len(text)


class _Publisher(DisplayPublisher):
    """What cells `display`."""

    shell: Any

    def publish(self, data: dict[str, Any], metadata: dict[str, Any] | None = None, *_: Any, **__: Any) -> None:
        self.shell.outputs.append(_output("display_data", data=_clean(data), metadata=metadata or {}))


class _Hook(DisplayHook):
    """The value of a cell's last line."""

    shell: Any

    def start_displayhook(self) -> None:
        """A kernel begins a message here."""

    def write_output_prompt(self) -> None:
        """The number stands in the output itself."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        self.shell.outputs.append(
            _output(
                "execute_result", data=_clean(format_dict), metadata=md_dict or {}, execution_count=self.prompt_count
            )
        )

    def finish_displayhook(self) -> None:
        """A kernel sends its message here."""


class _Shell(InteractiveShell):
    """A shell that keeps what a kernel would send."""

    compiler_class = Type(XCachingCompiler)  # which names a cell in a traceback as a kernel does
    outputs: Outputs

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        self.outputs.append(_output("error", ename=etype.__name__, evalue=str(evalue), traceback=list(stb)))


def run_in_child(cells: Sequence[Cell], sending: Connection, folder: Path, profiles: Path) -> NoReturn:
    """Run the cells up to the first that fails, tell each, and end the process.

    Parameters
    ----------
    cells
        In the order of the notebook.
    sending
        Takes `Started` and `Done`, and at the end None, or a traceback as text if the shell itself failed.
    folder
        The working folder.
    profiles
        Where IPython keeps its profile: an empty folder, so that nobody's own start-up files have a say.
    """
    status = 1
    try:
        # Whoever kills the parent can't tell us.
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        os.chdir(folder)
        sys.stdin = StringIO()  # a cell that asks a question is told that there is nobody
        _as_in_a_kernel()
        shell = _shell(profiles)
        for cell in cells:
            sending.send(Started(cell.index))
            shell.outputs.clear()
            count = shell.execution_count
            result = shell.run_cell(cell.source, store_history=True)  # type: ignore[no-untyped-call]
            sending.send(Done(cell.index, count, list(shell.outputs), not result.success))
            if not result.success:
                break
        sending.send(None)
        status = 0
    except Exception as error:
        sending.send("".join(traceback.format_exception(error)))
    finally:
        # Neither the parent's exit functions nor its open files are ours.
        os._exit(status)


def _shell(profiles: Path) -> _Shell:
    config = Config()
    config.HistoryManager.enabled = False
    shell = _Shell.instance(
        config=config, ipython_dir=str(profiles), display_pub_class=_Publisher, displayhook_class=_Hook
    )
    shell.outputs = Outputs()
    sys.stdout, sys.stderr = _Stream(shell.outputs, "stdout"), _Stream(shell.outputs, "stderr")
    return shell


def _as_in_a_kernel() -> None:
    """What these libraries decide when they are imported, or leave to a process that starts afresh."""
    if "pandas" in sys.modules:
        sys.modules["pandas"].set_option("display.max_columns", 20)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(None)


def _clean(data: dict[str, Any]) -> dict[str, Any]:
    images: dict[str, Any] = encode_images(data)  # type: ignore[no-untyped-call]
    cleaned: dict[str, Any] = json_clean(images)  # type: ignore[no-untyped-call]
    return cleaned
