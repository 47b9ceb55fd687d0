"""How long `tartanrug validate` takes for the returns of all 153 authorities, as a process of its own.

Processor seconds (a machine has others on it) beside the seconds on the clock, and as a ratio to a process that does
nothing but import pandas. The aim is at most 3 seconds for a quarter's returns. Run by `make bench`; prints, asserts
nothing.
"""

from __future__ import annotations

import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from analysis.reference.authorities import authorities
from analysis.reference.data_folder import DATA
from analysis.reference.periods import Quarter
from analysis.reference.regions import regions
from analysis.synthetic.world import World, make_world
from analysis.synthetic.write import write_returns

PERIOD, SEED, AIM = Quarter(2025, 2), 2026, 3.0
NATION = "nation"
VALIDATE = """
import sys
from pathlib import Path
import analysis.reference.data_folder as folder
folder.DATA = Path(sys.argv.pop(1))
from analysis.cli.app import main
main()
"""
"""The command as it is, but with one more region, of which every authority is a member."""


@dataclass(frozen=True)
class Time:
    """What a process took, in seconds."""

    cpu: float
    wall: float


def timed(*command: object, home: Path, times: int = 3) -> Time:
    """The best of some runs of a command: what others on the machine do only ever adds to it."""
    found = []
    for _ in range(times):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        environment = os.environ | {"TARTANRUG_HOME": str(home)}
        done = subprocess.run([sys.executable, *map(str, command)], env=environment, capture_output=True, text=True)
        # 4: some return is refused, as where the made-up world has a slip in it.
        if done.returncode not in (0, 4):
            sys.exit(done.stderr)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        found.append(Time(cpu, time.perf_counter() - began))
    return min(found, key=lambda one: one.cpu)


def with_nation(folder: Path, codes: list[str]) -> Path:
    """The reference data with a region of all authorities beside the others."""
    data = shutil.copytree(DATA, folder / "reference")
    agreed = regions()["south-east"].model_dump(
        mode="json", include={"indicator_set", "due_dates", "collection_dates"}, exclude_none=True
    )
    settings = {"id": NATION, "name": "Nation", "area_code": "E92000001", "members": codes, **agreed}
    (data / "regions" / f"{NATION}.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    return data


def only(world: World, quarters: list[Quarter], *, sent: Quarter) -> World:
    """The world of some quarters, as it is sent in the last of them."""
    kept = world.returns["period"].isin(list(map(str, quarters)))
    return replace(world, returns=world.returns[kept], period=sent)


def main() -> None:
    """Measure and print."""
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    codes = [code for code, one in authorities().items() if one.current]
    world = make_world(SEED, PERIOD, 20)
    sendings = {
        "one quarter each": [(PERIOD, 1)],
        "16 quarters each": [(PERIOD, 16)],
        "20 quarters each": [(PERIOD, 20)],
        "16 quarters each, sent again in 4 quarters": [(quarter, 16) for quarter in PERIOD.back(4)],
    }
    with tempfile.TemporaryDirectory() as name:
        data = with_nation(Path(name), codes)
        least = timed("-c", "import pandas", home=Path(name))
        print(f"{'import pandas alone':<58} {least.cpu:5.1f} s of processor, {least.wall:5.1f} s")
        for number, (what, sent) in enumerate(sendings.items()):
            home = Path(name) / str(number)
            for quarter, length in sent:
                part = only(world, quarter.back(length), sent=quarter)
                write_returns(part, home / "data" / "raw" / "made-up" / NATION, codes)
            took = timed("-c", VALIDATE, data, "validate", "--region", NATION, "--period", PERIOD, home=home)
            said = f"validate, {len(codes)} returns, {what}"
            print(f"{said:<58} {took.cpu:5.1f} s of processor, {took.wall:5.1f} s, ratio {took.cpu / least.cpu:.1f}")
        print(f"aim: at most {AIM:g} s for one quarter each")


if __name__ == "__main__":
    main()
