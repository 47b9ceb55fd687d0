"""Changes written as a group would write them, and the small collections that they are held against."""

from __future__ import annotations

from pathlib import Path

SIGNED = "signed_off: {by: chair of the DBG, date: 2026-03-20}\n"
HEADER = "Region,LA Code,LA Name,Financial Year,Quarter,Measure ID,Measure Name,Measure Value,Measure Quality"
ABOUT = """\
title: {title}
from: {first}
reason: agreed at the meeting of the group
source: minutes of March 2026
date: 2026-03-10
"""
MERGER = """\
kind: reorganisation
predecessors: ["850", "851"]
successors:
  - {code: "990", ons_code: E06009990, name: Solent, aliases: [Solent Council], type: Unitary}
"""
SPLIT = """\
kind: reorganisation
predecessors: ["936"]
successors:
  - {code: "991", ons_code: E06009991, name: East Surrey, type: Unitary, populations: {2025: 100000}}
  - {code: "992", ons_code: E06009992, name: West Surrey, type: Unitary}
"""
DEFINITION = """\
kind: definition
indicator: A05
authorities: ["825"]
before: enquiries by the day on which they began
after: enquiries by the day on which they ended
"""


def change(body: str, first: str = "2026-27-Q1", *, signed: bool = True, title: str = "A change") -> str:
    """A change's file: what its kind says, and what every change says."""
    return body + ABOUT.format(title=title, first=first) + (SIGNED if signed else "")


def written(folder: Path, name: str, text: str) -> Path:
    """A change in a folder of changes."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def row(code: str, period: str, measure: str, value: object, quality: str = "") -> str:
    """A line of a return. The name stands nowhere: the code says whose it is."""
    year, quarter = period.rsplit("-", 1)
    return f",{code},,{year},{quarter},{measure},,{value},{quality}"


def sent(raw: Path, folder: str, name: str, rows: list[str]) -> Path:
    """A return in the folder of a quarter."""
    path = raw / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path
