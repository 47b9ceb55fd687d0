"""The tutorial is done as a reader does it: each command typed, each file changed, and what it promises is seen."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

import pypdf
import pytest
from kit_run import left_over, tartanrug

pytestmark = pytest.mark.acceptance

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorial-a-quarter.md"
BLOCK = re.compile(r"(?P<before>[^\n]*)\n\n```(?P<kind>\w*)\n(?P<content>.*?)\n```\n", re.S)
RELEASE = re.compile(r"(?:released, id|review open, release) ([0-9a-f]{12})")


@dataclass
class Reader:
    """Somebody in an empty folder, who does what stands on the page."""

    home: Path
    said: str = ""
    """By the commands of the last block."""
    releases: list[str] = field(default_factory=list)
    """Ids as they were printed, each once."""
    commands: int = 0

    def do(self, before: str, kind: str, content: str) -> None:
        if kind == "":
            self.said = "".join(self.type(line, before) for line in content.splitlines())
        elif kind == "text":
            missing = [line for line in content.splitlines() if line not in self.said]
            assert not missing, f"{missing} in none of:\n{self.said}"
        else:
            assert kind == "yaml"
            self.write(before, content)

    def type(self, line: str, before: str) -> str:
        for name, release in zip(("FIRST", "SECOND"), self.releases, strict=False):
            line = line.replace(name, release)
        words = shlex.split(line)
        variables = {}
        while "=" in words[0]:
            name, value = words.pop(0).split("=")
            variables[name] = str(self.home / value) if name == "TARTANRUG_HOME" else value
        assert words.pop(0) == "tartanrug"
        places = [str(self.home / word) if word.startswith(("councils/", "data/")) else word for word in words]
        outs = [str(self.home / word) if places[place - 1] in ("--into", "--out") else word
                for place, word in enumerate(places)]  # fmt: skip
        done = tartanrug(self.home, *outs, **variables)
        expected = re.search(r"exit code (\d+)", before)
        assert done.returncode == (int(expected[1]) if expected else 0), f"{line}\n{done.stdout}{done.stderr}"
        self.commands += 1
        text = " ".join((done.stdout + done.stderr).split()).replace(f"{self.home}/", "")
        self.releases += [one for one in RELEASE.findall(text) if one not in self.releases]
        return f"{text}\n"

    def write(self, before: str, content: str) -> None:
        [name] = re.findall(r"`(data/[^`]*)`", before)
        path = self.home / name
        if "make the file" in before:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{content}\n", encoding="utf-8")
            return
        assert "change these lines" in before
        text = path.read_text(encoding="utf-8")
        for line in content.splitlines():
            key = line.split(":")[0]
            text, changed = re.subn(rf"^{re.escape(key)}:.*$", line, text, flags=re.M)
            assert changed == 1, f"{changed} lines begin with {key!r} in {name}"
        path.write_text(text, encoding="utf-8")


def pages_of_summaries(home: Path) -> dict[str, int]:
    """How many pages each of the DfE's summaries has, by file."""
    found = home.glob("reports/out/made-up/south-east/*/dfe-final/*-dfe.pdf")
    return {path.name: len(pypdf.PdfReader(path).pages) for path in found}


def test_a_reader_of_the_tutorial_gets_from_the_first_return_to_the_recall(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    blocks = [(found["before"], found["kind"], found["content"]) for found in BLOCK.finditer(PAGE.read_text("utf-8"))]
    for block in blocks:
        reader.do(*block)
        if "release pack" in block[2]:
            # Of few councils too, and without the cross-regional file.
            assert set(pages_of_summaries(tmp_path).values()) == {1}
    assert reader.commands == sum(
        line.lstrip().startswith(("tartanrug ", "TARTANRUG_")) for line in PAGE.read_text("utf-8").splitlines()
    )
    first, second = reader.releases
    assert first != second
    recall = (tmp_path / "letters" / "recall.txt").read_text(encoding="utf-8")
    assert first in recall
    assert second in recall
    assert "Department for Education" in recall
    assert not list((tmp_path / "reports" / "release" / "dfe").glob("*/*.pdf"))
    assert not list((tmp_path / "data" / "raw").rglob("887*"))
    assert left_over(tmp_path) == []
