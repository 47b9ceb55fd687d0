"""axe-core finds nothing wrong with a document that has every feature, and what is wrong with a page would be found."""

import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.acceptance

SCRIPT = Path(__file__).resolve().parents[1] / "acceptance"


@pytest.fixture(scope="module")
def look(tmp_path_factory):
    node, npm = shutil.which("node"), shutil.which("npm")
    assert node, "Node is needed: apt-get install nodejs npm"
    assert npm, "npm is needed: apt-get install nodejs npm"
    folder = tmp_path_factory.mktemp("axe")
    for name in ("axe.mjs", "package.json", "package-lock.json"):
        shutil.copyfile(SCRIPT / name, folder / name)
    subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=folder, check=True, capture_output=True)

    def say(page: bytes) -> subprocess.CompletedProcess[str]:
        (folder / "report.html").write_bytes(page)
        return subprocess.run([node, "axe.mjs", "report.html"], cwd=folder, capture_output=True, text=True, check=False)

    return say


def test_no_rule_of_axe_is_broken(pages, look):
    done = look(pages["own"])
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<p style='width: 3rem'>Southampton-and-Portsmouth-together</p>", "spills out of its place: Southampton"),
        ("<p style='height: 1rem; overflow: hidden'>One<br>two<br>three</p>", "spills out of its place: One"),
        ("<p style='width: 120rem'>Wide</p>", "pixels too wide"),
        ("<p style='color: #999'>Pale</p>", "color-contrast"),
        ("<img src='https://example.org/one.png' alt='One'>", "asks the network"),
    ],
)
def test_what_is_wrong_with_a_page_is_found(look, body, told):
    page = f"<html lang='en'><head><title>One</title></head><body><main><h1>One</h1>{body}</main></body></html>"
    done = look(f"<!DOCTYPE html>{page}".encode())
    assert done.returncode == 1
    assert told in done.stdout
