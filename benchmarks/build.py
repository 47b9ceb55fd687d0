"""How long documents take: the kit's own run against the way of today, in one run, with the machine named.

The way of today is the `papermill` command in a loop, then `jupyter nbconvert --to html` on each notebook. Both make
the same internal reports, from views that are up to date. Run by `make bench`; prints, asserts nothing.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from analysis.batch.progress import Silent
from analysis.cli.build import Order, build
from analysis.cli.make_up import make_up
from analysis.config import workspace

REGION, PERIOD, AUTHORITIES = "south-east", "2025-26-Q2", ("825", "921", "936", "846")


def timed(what: str, work: object) -> float:
    """Seconds that a call takes, printed."""
    began = time.perf_counter()
    assert callable(work)
    work()
    seconds = time.perf_counter() - began
    print(f"{what:<58} {seconds:7.1f} s")
    return seconds


def loop(folder: Path) -> None:
    """Today's way, one report after another."""
    scripts = Path(sys.executable).parent
    for code in AUTHORITIES:
        made = folder / f"{code}.ipynb"
        parameters = ["-p", "authority", code, "-p", "period", PERIOD, "-p", "variant", "internal"]
        source = workspace().notebooks / "report.ipynb"
        subprocess.run(
            [scripts / "papermill", source, made, *parameters, "--cwd", folder, "--no-progress-bar"],
            check=True,
            capture_output=True,
        )
        subprocess.run([scripts / "jupyter", "nbconvert", "--to", "html", made], check=True, capture_output=True)


def main() -> None:
    """Measure and print."""
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    quiet = Console(quiet=True)
    with tempfile.TemporaryDirectory() as name:
        os.environ["TARTANRUG_HOME"] = name
        timed("make up a region's returns", lambda: make_up(REGION, PERIOD, quiet))
        order = Order(REGION, PERIOD, authorities=AUTHORITIES[:1], variants=("internal",), formats=("html",))
        timed("all stages, all views and one report", lambda: build(order, quiet, Silent()))
        count = len(AUTHORITIES)
        order = Order(REGION, PERIOD, authorities=AUTHORITIES, variants=("internal",), formats=("html",), force=True)
        ours = timed(f"{count} internal reports, html, by tartanrug", lambda: build(order, quiet, Silent()))
        timed("the same command, when nothing has changed", lambda: build(replace(order, force=False), quiet, Silent()))
        today = timed(f"{count} internal reports, html, by a loop of commands", lambda: loop(Path(name)))
        print(f"ratio, loop to tartanrug: {today / ours:.2f}")


if __name__ == "__main__":
    main()
