"""axe-core finds nothing wrong with a document that has every feature, on a wide screen and on a small one."""

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "acceptance"


@pytest.mark.acceptance
def test_no_rule_of_axe_is_broken(pages, tmp_path):
    node, npm = shutil.which("node"), shutil.which("npm")
    assert node, "Node is needed: apt-get install nodejs npm"
    assert npm, "npm is needed: apt-get install nodejs npm"
    for name in ("axe.mjs", "package.json", "package-lock.json"):
        shutil.copyfile(SCRIPT / name, tmp_path / name)
    subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=tmp_path, check=True, capture_output=True)
    (tmp_path / "report.html").write_bytes(pages["own"])
    done = subprocess.run([node, "axe.mjs", "report.html"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
