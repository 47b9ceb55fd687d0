"""A cell of a gigabyte is refused by a process that was never given the memory to hold it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from return_files import HEADER, Return, as_xlsx, saved

MEGABYTE = 1_000_000
READ = """
import resource, sys
from pathlib import Path
from analysis.reference.registry import registry
from analysis.returns.files import load_file
from analysis.returns.reading.mapping import packaged_templates
from analysis.returns.reading.read import read_return
from openpyxl import load_workbook
known, templates = registry(), packaged_templates()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
outcome = read_return(load_file("2025-26-Q2", Path(sys.argv[1])), known, templates)
print(outcome.rule.id, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""
"""Says the rule, and how many megabytes the process grew at its peak."""


def csv_file(folder: Path) -> Path:
    path = folder / "825.csv"
    with path.open("wb") as file:
        file.write((",".join(HEADER) + "\nSouth East,825,").encode())
        # The rest takes no room on the disk.
        file.truncate(1000 * MEGABYTE)
    return path


def workbook(folder: Path, part: str, before: bytes, after: bytes) -> Path:
    """A return with one part of its archive instead, that has a gigabyte of one letter in it."""
    small, path = folder / "small.xlsx", folder / "825.xlsx"
    small.write_bytes(saved(as_xlsx([HEADER, *Return("825").rows()])))
    with zipfile.ZipFile(small) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in set(old.namelist()) - {part}:
            new.writestr(name, old.read(name))
        with new.open(part, "w") as packed:
            packed.write(before)
            for _ in range(1000):
                packed.write(b"x" * MEGABYTE)
            packed.write(after)
    return path


def shared_string(folder: Path) -> Path:
    return workbook(folder, "xl/sharedStrings.xml", b"<sst><si><t>", b"</t></si></sst>")


def cell(folder: Path) -> Path:
    start, end = b'<worksheet><sheetData><row><c t="inlineStr"><is><t>', b"</t></is></c></row></sheetData></worksheet>"
    return workbook(folder, "xl/worksheets/sheet1.xml", start, end)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not count a process's peak in this way")
@pytest.mark.parametrize("made", [csv_file, shared_string, cell])
def test_a_gigabyte_in_one_cell_is_refused_in_little_memory(made, tmp_path):
    done = subprocess.run([sys.executable, "-c", READ, str(made(tmp_path))], capture_output=True, text=True, check=True)
    rule, grown = done.stdout.split()
    assert rule == "too_large"
    assert int(grown) < 60
