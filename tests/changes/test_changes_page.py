"""The page about changes: each of its examples is a change that can be read, and every kind has one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from change_examples import written

from analysis.reference.changes.files import KINDS
from analysis.reference.regions import regions
from analysis.registers.change_files import load_changes

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "how-to" / "a-world-that-changes.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def kind_of(text: str) -> str:
    return text.splitlines()[0].removeprefix("kind: ")


def test_every_kind_has_an_example() -> None:
    assert {kind_of(text) for text in EXAMPLES} == KINDS.keys()


@pytest.mark.parametrize("text", EXAMPLES, ids=kind_of)
def test_an_example_can_be_read_as_written(text, folder) -> None:
    written(folder, "mid-2025.csv", "authority,population\n825,131204\n")
    near = ("826", "845", "846", "850", "851", "852", "867", "868", "869", "870")
    lines = [f"825,{place},{code},Close" for place, code in enumerate(near, start=1)]
    written(folder, "neighbours-2028.csv", "\n".join(["authority,rank,neighbour,closeness", *lines]) + "\n")
    written(folder, "example.yml", text)
    [filed] = load_changes(folder, regions()["south-east"]).held
    assert filed.change.signed_off is not None
