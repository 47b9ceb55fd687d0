"""`tartanrug bands`: what is kept, what is said, and what is refused."""

from __future__ import annotations

from pathlib import Path

from command_line import Command

PERIOD = ("--period", "2025-26-Q2")
BY = ("--by", "DBG chair", "--on", "2026-02-04")


def test_bands_are_kept_listed_and_not_kept_twice(tartanrug: Command, received: Path) -> None:
    assert "No bands of South East were issued" in tartanrug("bands", "list").words
    done = tartanrug("bands", "freeze", *PERIOD, *BY)
    assert done.code == 0
    assert "they appear in the bands from the next quarter on" in done.words
    assert (received / "data/registers/made-up/south-east/bands/2025-26-Q2.yml").is_file()
    assert "2025-26-Q2, issue 1, 2026-02-04, DBG chair (sha256" in tartanrug("bands", "list").words
    again = tartanrug("bands", "freeze", *PERIOD, *BY)
    assert again.code == 4
    assert "tartanrug bands reissue" in again.words


def test_a_person_is_no_role(tartanrug: Command, received: Path) -> None:
    done = tartanrug("bands", "freeze", *PERIOD, "--by", "Margaret Thompson")
    assert done.code == 2
    assert "--by: it seems to name or identify a person" in done.words
    assert not (received / "data/registers").exists()
