"""Web pages in a headless browser, and one of each kind that the kit writes beside its reports."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from kit_run import PERIOD, tartanrug

SCRIPTS = Path(__file__).resolve().parent
OF_THE_QUARTER = ("--period", PERIOD, "--source", "made-up")
BESIDE_REPORTS = {
    "meeting pack": ("meeting", "pack", *OF_THE_QUARTER, "--format", "html"),
    "checking book": ("meeting", "book", *OF_THE_QUARTER, "--format", "html"),
    "trajectory paper": ("meeting", "trajectory", *OF_THE_QUARTER, "--format", "html"),
    "protocol report": ("meeting", "protocol", *OF_THE_QUARTER, "--format", "html"),
    "brief": ("brief", "--authority", "921", "--indicator", "A06", *OF_THE_QUARTER, "--format", "html"),
    "query form": ("returns", "query", *OF_THE_QUARTER, "--format", "html"),
    "public report": ("build", "--source", "published", "--year", "2025", "--authority", "921", "--format", "html"),
    "page of releases": ("release", "status", *OF_THE_QUARTER, "--html", "status.html"),
}


def pages_beside_reports(home: Path) -> dict[str, Path]:
    """Each kind, made in the workspace `home`."""
    found = {}
    for kind, words in BESIDE_REPORTS.items():
        before = set(home.rglob("*.html"))
        done = tartanrug(home, *(str(home / word) if word.endswith(".html") else word for word in words))
        assert done.returncode == 0, f"{kind}\n{done.stdout}{done.stderr}"
        found[kind] = min(set(home.rglob("*.html")) - before)
    return found


def browser_in(folder: Path) -> Path:
    """The folder, with the scripts and what they need."""
    missing = [program for program in ("node", "npm", "chromium") if not shutil.which(program)]
    assert not missing, f"apt-get install nodejs npm chromium, for {' and '.join(missing)}"
    for name in ("axe.mjs", "keyboard.mjs", "package.json", "package-lock.json"):
        shutil.copyfile(SCRIPTS / name, folder / name)
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=folder, check=True, capture_output=True)
    return folder


def looked_at(browser: Path, script: str, *pages: Path) -> subprocess.CompletedProcess[str]:
    """What a script says of pages."""
    return subprocess.run(
        ["node", script, *map(str, pages)], cwd=browser, capture_output=True, text=True, check=False, timeout=900
    )
