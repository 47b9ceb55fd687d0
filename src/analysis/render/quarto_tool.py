"""The Quarto of the machine, if it has one: where it is, how old, and how it is called."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import ExitCode, UsageError, UserError
from analysis.render.pandoc import RenderError

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_TROUBLE = re.compile(r"\b(WARN|WARNING|ERROR)\b")
_FIRST_TAGGED_PDF = (1, 9)


class NoQuartoError(UserError):
    """Quarto was asked for and is not there."""

    exit_code = ExitCode.NO_QUARTO


@dataclass(frozen=True)
class Quarto:
    """One Quarto.

    Parameters
    ----------
    path
        Its executable.
    version
        As it says itself: `1.7.34`.
    """

    path: Path
    version: str

    @property
    def tags_pdf(self) -> bool:
        """Whether its PDF carries tags and alternative texts, which began with 1.9."""
        return tuple(int(part) for part in self.version.split(".")[:2]) >= _FIRST_TAGGED_PDF


def find_quarto(environ: Mapping[str, str]) -> Quarto | None:
    """The Quarto named by `QUARTO_PATH`, else the one on PATH, else none.

    Parameters
    ----------
    environ
        The environment; `QUARTO_PATH` names the executable or the folder that holds it.

    Raises
    ------
    UsageError
        If `QUARTO_PATH` leads to no Quarto, or the Quarto found doesn't tell its version.
    """
    named = environ.get("QUARTO_PATH", "")
    found = _named(named) if named else shutil.which("quarto", path=environ.get("PATH", ""))
    if found is None:
        if named:
            raise UsageError(
                "QUARTO_PATH leads to no Quarto", where=named, remedy="correct the variable, or unset it to do without"
            )
        return None
    return Quarto(Path(found), _version(Path(found), environ))


def _named(name: str) -> str | None:
    if Path(name).is_file():
        return name
    return shutil.which("quarto", path=os.pathsep.join([name, str(Path(name, "bin"))]))


def _version(path: Path, environ: Mapping[str, str]) -> str:
    remedy = "mend it, or set QUARTO_PATH to another; without any Quarto the embedded renderer serves"
    try:
        done = _call([str(path), "--version"], Path.cwd(), environ, seconds=120)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UsageError(f"Quarto doesn't start: {error}", where=str(path), remedy=remedy) from None
    found = re.search(r"\d+\.\d+\.\d+", done.stdout)
    if done.returncode or not found:
        raise UsageError("Quarto doesn't tell its version", where=str(path), remedy=remedy)
    return found[0]


def call_quarto(quarto: Quarto, arguments: Sequence[str], folder: Path, environ: Mapping[str, str], epoch: int) -> None:
    """Run Quarto once in a folder.

    Parameters
    ----------
    arguments
        All that follows `quarto`.
    folder
        The project, which is also the working folder.
    environ
        The environment, of which `QUARTO_PROFILE` is not passed on: the profile is an argument.
    epoch
        Seconds since 1970 that stand for now.

    Raises
    ------
    RenderError
        If Quarto fails, or warns: it ends with 0 on a missing picture, an unresolved reference and a failed download.
    """
    kept = {key: value for key, value in environ.items() if not key.startswith("QUARTO_PROFILE")}
    kept |= {"SOURCE_DATE_EPOCH": str(epoch), "NO_COLOR": "1"}
    try:
        done = _call([str(quarto.path), *arguments], folder, kept, seconds=1800)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RenderError(f"quarto {quarto.version}: {error}") from None
    errors = _ANSI.sub("", done.stderr)
    if done.returncode or _TROUBLE.search(errors):
        told = [line for line in errors.splitlines() if line.strip()]
        raise RenderError(f"quarto {quarto.version} ended with {done.returncode}:\n" + "\n".join(told[-20:]))


def _call(
    command: Sequence[str], folder: Path, environ: Mapping[str, str], seconds: int
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env=dict(environ),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=seconds,
        check=False,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
