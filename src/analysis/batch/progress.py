"""What a person, a log or nobody is told while the work list runs."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import Protocol, Self, TextIO

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn


@dataclass(frozen=True)
class Step:
    """One thing that has just begun or ended for one document."""

    subject: str
    variant: str
    step: str
    """`notebook`, `documents`, `done` or `failed`."""
    message: str = ""


class Reporter(Protocol):
    """Told of each step."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def begin(self, total: int) -> None:
        """So many documents are to be made."""
        ...

    def step(self, step: Step) -> None:
        """One step."""
        ...

    def end(self, documents: Sequence[str]) -> None:
        """All is done that could be; these lie there now."""
        ...


class Silent:
    """Says nothing: the quiet mode."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def begin(self, total: int) -> None:
        """Nothing to say."""

    def step(self, step: Step) -> None:
        """Nothing to say."""

    def end(self, documents: Sequence[str]) -> None:
        """Nothing to say."""


class JsonLines(Silent):
    """One JSON object a line, for another program."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._began = 0.0
        self._done = 0
        self._failed = 0
        self._total = 0

    def begin(self, total: int) -> None:
        """The number of documents."""
        self._began, self._total = time.monotonic(), total
        self._write({"event": "begin", "total": total})

    def step(self, step: Step) -> None:
        """The step, with how many are done and, from the first on, how long the others will take at that pace."""
        self._done += step.step in {"done", "failed"}
        self._failed += step.step == "failed"
        pace = (time.monotonic() - self._began) / self._done if self._done else None
        left = None if pace is None else round(pace * (self._total - self._done))
        record = {"event": "step", **asdict(step), "finished": self._done, "total": self._total, "seconds_left": left}
        self._write(record)

    def end(self, documents: Sequence[str]) -> None:
        """What was made, by path."""
        self._write({"event": "end", "failed": self._failed, "documents": list(documents)})

    def _write(self, record: dict[str, object]) -> None:
        self._stream.write(json.dumps(record, ensure_ascii=False) + "\n")
        self._stream.flush()


_WIDTH = 38
"""Characters of the words before the bar, so that the time left still stands on a terminal of 80."""


class Bar(Silent):
    """A progress bar with the authority, the step and the time left."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._progress = Progress(
            TextColumn("{task.description}", justify="left"),
            BarColumn(bar_width=12),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(elapsed_when_finished=False),
            console=console,
        )
        self._task = self._progress.add_task("starting", total=None)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def begin(self, total: int) -> None:
        """Show the bar's length."""
        self._progress.update(self._task, total=total)

    def step(self, step: Step) -> None:
        """Move the bar, or say why one failed above it."""
        finished = step.step in {"done", "failed"}
        self._progress.update(
            self._task,
            advance=1 if finished else 0,
            description=escape(f"{step.subject}, {step.variant}: {step.step}"[:_WIDTH].ljust(_WIDTH)),
        )
        if step.step == "failed":
            # In one line: the whole message, and what to do, stand at the end.
            why = step.message.partition("\n")[0]
            self._progress.console.print(f"[red]failed[/red] {escape(f'{step.subject}, {step.variant}: {why}')}")
