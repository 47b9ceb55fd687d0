"""How long the screen takes for a region's quarter: 342 cells, all three tiers, on one core. Asserts nothing."""

from __future__ import annotations

import platform
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "calibration"))

from worlds import CHILDREN, read_world, simulate

from analysis.signals.screen import screen
from analysis.signals.tiers import Tier

QUARTERS, SEED, TIMES = 20, 5, 5


def main() -> None:
    """Measure and print: seconds of one core's time, so that what else a machine does is not in them."""
    panels = [made.panel for made in simulate(read_world(), 1, QUARTERS, SEED)]
    taken = []
    for _ in range(TIMES):
        began = time.process_time()
        for tier in Tier:
            screen(panels, tier)
        taken.append(time.process_time() - began)
    print(f"{platform.platform()}, Python {platform.python_version()}")
    print(f"{len(panels)} series x {len(CHILDREN)} authorities, {QUARTERS} quarters, all tiers: {min(taken):.2f} s")


if __name__ == "__main__":
    main()
