"""How long the audit of anonymised packs takes: processor time of each file, and what nineteen packs would take.

Usage: python benchmarks/audit.py FOLDER, with anonymised HTML and PDF that `tartanrug build` made.
"""

from __future__ import annotations

import platform
import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from analysis.audit.deny import deny_list
from analysis.audit.scan import scan
from analysis.reference.regions import find_region

PACKS, CORES, INDICATORS = 19, 2, 40


def main(folder: Path) -> None:
    """Scan each file for the South East's concealed authorities and made-up figures of theirs, and print the times."""
    draw = np.random.default_rng(1)
    values = {f"indicator {place}": draw.lognormal(5, 0.3, 18).round(1).tolist() for place in range(INDICATORS)}
    seconds: dict[str, list[float]] = defaultdict(list)
    for file in sorted(folder.glob("tartan-rug-*-anonymised.*")):
        deny = deny_list(find_region("south-east").everyone, allowed=[file.stem.split("-")[5]])
        begun = time.process_time()
        report = scan(file, deny, values)
        seconds[file.suffix].append(time.process_time() - begun)
        print(f"{file.name}: {report.verdict}, {seconds[file.suffix][-1]:.1f} s")
    pack = sum(sum(each) / len(each) for each in seconds.values())
    print(f"{PACKS} packs on {CORES} cores: {pack * PACKS / CORES:.0f} s ({pack:.1f} s each; {platform.processor()})")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
