"""Trusts that provide for authorities: asked once for all of theirs, told of nobody else's."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from change_examples import HEADER, change, row, written
from rich.console import Console

from analysis.cli.returns.chase import chase
from analysis.cli.returns.receive import receive
from analysis.cli.returns.status import show_status

NOW = "2025-26-Q2"
TRUST = 'kind: trust\nname: Thames Children Trust\nprovides_for: ["868", "871"]\nsends: true\nreads: true\n'
NAME = "Thames Children Trust"


@pytest.fixture
def trust(folder):
    written(folder, "t.yml", change(TRUST, "2025-26-Q1"))


def said(run, *arguments, **options):
    out = io.StringIO()
    run(*arguments, Console(file=out, width=200), **options)
    return out.getvalue()


def take_in(tmp_path, codes):

    path = tmp_path / "in.csv"
    path.write_text("\n".join([HEADER, *(row(code, NOW, "referrals", 500) for code in codes)]) + "\n", encoding="utf-8")
    return said(receive, [path], "south-east", NOW, NAME, "returns", now=datetime(2025, 10, 20, tzinfo=UTC))


def test_a_trust_is_asked_once_for_all_of_its_own(trust, tmp_path):
    said(chase, "south-east", NOW, "returns", into=tmp_path / "texts")
    names = {path.name for path in (tmp_path / "texts").iterdir()}
    assert "thames-children-trust.txt" in names
    assert names.isdisjoint({"868.txt", "871.txt"})
    assert len(names) == 17 + 2
    text = (tmp_path / "texts" / "thames-children-trust.txt").read_text(encoding="utf-8")
    assert text.startswith(f"Subject: {NAME}: quarterly returns for July to September 2025")
    assert "Windsor and Maidenhead's return" in text
    assert "Slough's return" in text
    assert "Buckinghamshire" not in text


def test_its_file_may_hold_all_of_its_authorities(trust, tmp_path):
    told = take_in(tmp_path, ["868", "871"])
    assert "Windsor and Maidenhead: vintage 1" in told
    assert "Slough: vintage 1" in told
    assert "too: nothing" not in told
    assert f"{NAME} sends for Windsor and Maidenhead, Slough: 2 of 2 received." in said(
        show_status, "south-east", NOW, "returns"
    )


def test_what_its_file_lacks_and_what_is_not_its_own_is_told(trust, tmp_path):
    told = take_in(tmp_path, ["868", "825"])
    assert f"{NAME} sends for Slough too: nothing of theirs is in it" in told
    assert f"{NAME} does not send for Buckinghamshire: ask whether it should" in told


def test_before_its_quarter_a_trust_is_nobody(folder, tmp_path):
    written(folder, "t.yml", change(TRUST, "2025-26-Q3"))
    said(chase, "south-east", NOW, "returns", into=tmp_path / "texts")
    assert (tmp_path / "texts" / "868.txt").exists()
    assert NAME not in said(show_status, "south-east", NOW, "returns")
