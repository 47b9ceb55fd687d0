"""Call the pandoc of the `pypandoc_binary` wheel, never another that a machine may have."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pypandoc

ASSETS = Path(__file__).parent / "assets"
FILTER = ASSETS / "document.lua"
PANDOC = Path(pypandoc.__file__).parent / "files" / ("pandoc.exe" if sys.platform == "win32" else "pandoc")
_SECONDS = 300


class RenderError(Exception):
    """A renderer failed, or warned, or gave a document that is not what it should be."""


def run_pandoc(defaults: Mapping[str, object], folder: Path, epoch: int) -> None:
    """Run pandoc once, on a file of its settings.

    Parameters
    ----------
    defaults
        Pandoc's settings, as in its defaults file.
    folder
        Where it runs, which holds the input; a file `pandoc.json` is left there.
    epoch
        Seconds since 1970 that stand for now.

    Raises
    ------
    RenderError
        If pandoc fails or warns of anything: a missing picture is only a warning to it.
    """
    settings = folder / "pandoc.json"
    settings.write_text(json.dumps(defaults, ensure_ascii=False), encoding="utf-8", newline="\n")
    # `--data-dir`: a person's own pandoc templates and abbreviations have no say in a report.
    done = subprocess.run(
        [str(PANDOC), f"--data-dir={folder}", f"--defaults={settings}"],
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=_SECONDS,
        check=False,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    if done.returncode or done.stderr.strip():
        raise RenderError(f"pandoc ended with {done.returncode}: {done.stderr.strip()}")
