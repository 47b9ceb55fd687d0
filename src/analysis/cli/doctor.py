"""`tartanrug doctor`: whether everything is in place, which renderer serves, and why."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from analysis import __version__
from analysis.config import PACKAGE, workspace
from analysis.errors import ExitCode, UserError
from analysis.reference.registry import registry
from analysis.reference.sources import sources
from analysis.render.choice import choose_renderer
from analysis.render.pandoc import PANDOC


@dataclass(frozen=True)
class Check:
    """One thing looked at: whether it is well, and what was seen or what to do."""

    what: str
    well: bool
    seen: str


def doctor(console: Console) -> int:
    """Look at everything that the kit needs, and say it in a table.

    Returns
    -------
    int
        An exit code: unhealthy where anything is not well.
    """
    checks = [_safely(what, look) for what, look in _looks()]
    table = Table("", "what", "seen", title=f"tartan-rug {__version__}")
    for check in checks:
        table.add_row("[green]ok[/green]" if check.well else "[red]no[/red]", check.what, escape(check.seen))
    console.print(table)
    return int(ExitCode.OK if all(check.well for check in checks) else ExitCode.UNHEALTHY)


def _looks() -> Iterator[tuple[str, Callable[[], tuple[bool, str]]]]:
    yield "Python 3.11 or later", lambda: (sys.version_info >= (3, 11), sys.version.split()[0])
    yield "the package `analysis` is the kit's", _package
    yield "notebooks", _notebooks
    yield "reference data", lambda: (True, f"{len(sources())} files, {len(registry().indicators)} indicators")
    yield "workspace can be written to", _writable
    yield "pandoc and typst (embedded renderer)", _embedded
    yield "which renderer serves", _renderer


def _safely(what: str, look: Callable[[], tuple[bool, str]]) -> Check:
    try:
        return Check(what, *look())
    except (UserError, OSError, ImportError) as error:
        return Check(what, well=False, seen=str(error))


def _package() -> tuple[bool, str]:
    # A stray `analysis.py` beside a notebook would be imported in its place.
    here = PACKAGE.name == "analysis" and (PACKAGE / "py.typed").is_file()
    return here, str(PACKAGE)


def _notebooks() -> tuple[bool, str]:
    folder = workspace().notebooks
    names = sorted(path.name for path in folder.glob("*.ipynb"))
    return bool(names), ", ".join(names) or f"none in {folder}: install the kit from its checkout, with -e"


def _writable() -> tuple[bool, str]:
    root = workspace().root
    with tempfile.TemporaryDirectory(dir=root, prefix=".doctor-"):
        return True, str(root)


def _embedded() -> tuple[bool, str]:
    return PANDOC.is_file(), ", ".join(f"{part} {version(part)}" for part in ("pypandoc_binary", "typst"))


def _renderer() -> tuple[bool, str]:
    choice = choose_renderer(os.environ)
    return True, f"{choice.name} {choice.version} (html: {choice.html}, pdf: {choice.pdf}): {choice.why}"
