"""How long the audit of a region's anonymised packs takes, and how many clean packs it fails.

Usage: python benchmarks/audit.py [REGION:SEED ...], by default the South East's made-up returns. It makes them up,
freezes the bands, builds the packs and audits them as `tartanrug release packs` does, on two processes. Nothing is
planted in these packs: whatever fails is a false alarm. Wall time is of a machine that may be busy with other work;
processor time is not. Run by `make bench-audit`; prints, asserts nothing.
"""

from __future__ import annotations

import os
import platform
import resource
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from analysis.audit.report import Verdict
from analysis.batch.progress import Silent
from analysis.cli.bands.issue import freeze_bands
from analysis.cli.build import Order, build
from analysis.cli.make_up import make_up
from analysis.cli.signals.collection import collection_of
from analysis.config import workspace
from analysis.pipeline.collection import MADE_UP
from analysis.pipeline.packs import audit_packs
from analysis.reference.regions import find_region

PERIOD, APPROVED, CORES = "2025-26-Q2", datetime(2025, 11, 20, tzinfo=UTC), 2
ASKED_FOR = "asked for: 19 packs in under 180 s on 2 cores, at most 1 false alarm in 100 clean packs"


@dataclass(frozen=True)
class Audited:
    """What the audit of one region's packs took and found."""

    packs: int
    failed: int
    wall: float
    processor: float


def audited(region: str) -> Audited:
    """Audit the packs that lie in staging, and print what failed and why."""
    folder = workspace().out / MADE_UP / region / PERIOD / "anonymised"
    began, used = time.perf_counter(), _processor()
    packs = audit_packs(collection_of(region, PERIOD, MADE_UP), folder, jobs=CORES)
    took = Audited(len(packs), 0, time.perf_counter() - began, _processor() - used)
    failed = 0
    for pack in packs:
        bad = [file for file in pack.files if file.report.verdict is Verdict.FAIL]
        failed += bool(bad)
        for file in bad:
            tests = [result.id for result in file.report.results if not result.passed]
            print(f"  {file.path.name}: {[str(one.kind) for one in file.report.findings]} {tests}")
    return replace(took, failed=failed)


def _processor() -> float:
    """Seconds of work of this process and of those that it has ended."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def main(worlds: list[str]) -> None:
    """Make, build and audit each world, and print the sums."""
    load = os.getloadavg()[0]
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f}")
    quiet, found = Console(quiet=True), []
    for world in worlds:
        name_or_id, _, seed = world.partition(":")
        region = find_region(name_or_id).id
        with tempfile.TemporaryDirectory() as name:
            os.environ["TARTANRUG_HOME"] = str(Path(name))
            make_up(region, PERIOD, quiet, seed=int(seed or "2026"))
            freeze_bands(region, PERIOD, MADE_UP, "DBG chair", quiet, at=APPROVED)
            build(Order(region, PERIOD, variants=("anonymised",)), quiet, Silent())
            one = audited(region)
        found.append(one)
        print(
            f"{world}: {one.packs} packs, {one.failed} failed, {one.wall:.0f} s on {CORES} processes, "
            f"{one.processor:.0f} s of the processor's time ({one.processor / one.packs:.1f} s a pack)"
        )
    print(f"false alarms: {sum(one.failed for one in found)} in {sum(one.packs for one in found)} packs; {ASKED_FOR}")


if __name__ == "__main__":
    main(sys.argv[1:] or ["south-east:2026"])
