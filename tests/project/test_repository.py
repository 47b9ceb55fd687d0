"""What must never be committed, and the words that readers must not meet."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STIGMATISING = [
    "cases",
    "worst",
    "verdict",
    "failing",
    "bottom of",
    "league",
    "offender",
    "CLA",
    "CIN",
    "LAC",
    "poor performance",
]


def tracked():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines()]


def test_no_return_and_no_report_is_tracked():
    for path in tracked():
        place = path.relative_to(ROOT).as_posix()
        assert not re.match(r"(data/(raw|processed)|reports/(out|release))/(?!\.gitkeep)", place), place


def test_returns_and_reports_are_ignored():
    for place in (
        "data/raw/returns/x/825.csv",
        "data/processed/checked/x.parquet",
        "reports/out/x.pdf",
        "reports/release/x",
    ):
        ignored = subprocess.run(["git", "check-ignore", "-q", place], cwd=ROOT, check=False)
        assert ignored.returncode == 0, place


@pytest.mark.parametrize(
    "place",
    ["src/analysis/views/words.py", "src/analysis/views/sentences.py", "src/analysis/reference/data/indicators.yml"],
)
def test_fixed_text_is_not_stigmatising(place):
    """S0 2.2 i: a non-stigmatising approach. Annex A's own words are quoted as they are."""
    lines = (ROOT / place).read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if "annex_a:" not in line)
    found = [word for word in STIGMATISING if re.search(rf"\b{re.escape(word)}\b", text)]
    assert not found


def test_no_clock_is_read_below_the_command_line():
    """DESIGN 2.9: the same inputs give the same bytes. Receipts and registers carry the time that the command gives."""
    command_line = ROOT / "src" / "analysis" / "cli"
    for path in (ROOT / "src" / "analysis").rglob("*.py"):
        if command_line in path.parents:
            continue
        calls = re.findall(
            r"\b(?:now|today|utcnow|time_ns|perf_counter)\(|\btime\.time\(", path.read_text(encoding="utf-8")
        )
        assert not calls, path.relative_to(ROOT)
