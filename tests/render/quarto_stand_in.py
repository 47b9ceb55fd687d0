"""Put the stand-in for Quarto on disk as a program."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).with_name("fake_quarto.py")


@dataclass(frozen=True)
class StandIn:
    """The program's folder and its log."""

    folder: Path

    @property
    def log(self) -> Path:
        return self.folder / "calls.jsonl"

    def environment(self, mistake: str = "", version: str = "1.7.34") -> dict[str, str]:
        """An environment that leads to it."""
        named = {"QUARTO_PATH": str(self.folder), "QUARTO_PROFILE": "internal"}
        fake = {"": mistake, "_VERSION": version, "_LOG": str(self.log), "_PAGES": str(self.folder)}
        return {**os.environ, **named, **{f"FAKE_QUARTO{key}": value for key, value in fake.items()}}

    def calls(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]


def write_stand_in(folder: Path, pages: Mapping[str, bytes]) -> StandIn:
    """The stand-in in a folder of its own, with a page for each profile to give out."""
    folder.mkdir()
    for profile, page in pages.items():
        (folder / f"{profile}.html").write_bytes(page)
    if sys.platform == "win32":
        (folder / "quarto.cmd").write_text(f'@"{sys.executable}" -I "{PROGRAM}" %*\n', encoding="utf-8")
    else:
        program = folder / "quarto"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I "{PROGRAM}" "$@"\n', encoding="utf-8")
        program.chmod(0o755)
    return StandIn(folder)
