"""What is noted in the log, by whom, and of whom nothing: copies to read, bands, refusals, and no person's name."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from command_line import DOCUMENTS, PERIOD, Command
from rich.console import Console

from analysis.cli import judged
from analysis.cli.note_built import note_copies
from analysis.cli.release.desk import Desk, desk_of
from analysis.pipeline.issued_copies import issued_copies
from analysis.registers.issued_bands import BandsIssued
from analysis.registers.log.chain import append
from analysis.registers.log.event import NOT_ENROLLED, Actor, Event
from analysis.registers.people import Person, enrol, people_path
from analysis.registers.recall import recall_notice, showing
from analysis.release.events import ReadingCopiesBuilt, ReleaseRefused
from analysis.release.refused import RefusedError

ANALYST = "a11a11a1"
BANDS = ("bands", "freeze", "--period", PERIOD, "--by", "DBG chair", "--on", "2026-02-04")
NAMING = ("permit", "name", "886", "--period", PERIOD, "--evidence", "minutes, item 4")


@pytest.fixture
def desk(received: Path) -> Desk:
    """Returns, and nobody enrolled."""
    return desk_of("south-east", "made-up")


@pytest.fixture
def enrolled(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    enrol(people_path(desk.registers), ANALYST, Person(name="Jane Smith", post="performance analyst of 825"))
    monkeypatch.setenv("TARTANRUG_PERSON", ANALYST)
    return desk


@pytest.fixture
def copies(desk: Desk) -> list[Path]:
    """Documents of three folders, as a build, a meeting's command and a brief's lay them."""
    found = []
    for folder, name in (("dfe", "rug.html"), ("dfe", "rug.pdf"), ("meetings", "book.pdf"), ("briefs", "a06.docx")):
        path = desk.place.root / DOCUMENTS / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
        found.append(path)
    return found


def said(desk: Desk, copies: list[Path], audience: str = "", shows: tuple[str, ...] = ()) -> str:
    console = Console(width=200)
    with console.capture() as words:
        note_copies(desk, copies, console, audience, shows)
    return words.get()


def events(desk: Desk) -> list[Event]:
    return list(desk.chain().events)


def test_copies_to_read_are_an_event_for_each_folder_with_the_hash_of_each(enrolled: Desk, copies: list[Path]) -> None:
    assert said(enrolled, copies, "the directors") == ""
    bodies = {body.what: body for _, body in enrolled.chain().of_kind(ReadingCopiesBuilt)}
    assert {what: sorted(body.documents) for what, body in bodies.items()} == {
        "dfe": ["rug.html", "rug.pdf"], "meetings": ["book.pdf"], "briefs": ["a06.docx"],
    }  # fmt: skip
    assert bodies["dfe"].documents["rug.pdf"] == hashlib.sha256(b"rug.pdf").hexdigest()
    assert {(body.period, body.source, body.audience) for body in bodies.values()} == {
        (PERIOD, "made-up", "the directors")
    }
    assert {event.by.person for event in events(enrolled)} == {ANALYST}


def test_what_was_made_for_somebody_without_a_release_is_called_back_too(enrolled: Desk, copies: list[Path]) -> None:
    said(enrolled, copies[:3])
    said(enrolled, copies[3:], "Ofsted", ("886",))
    (copy,) = issued_copies(enrolled.chain(), ("825", "886"))
    assert (copy.release, copy.title, copy.recipients, copy.shown) == ("", "a06.docx", ("Ofsted",), ("886",))
    assert showing("886", (copy,)) == (copy,)
    assert "- Ofsted: a06.docx" in recall_notice("It was withdrawn.", (copy,), sender="DBG", on=copy.issued)


def test_whoever_is_not_enrolled_makes_copies_all_the_same_and_is_told_that_nothing_was_noted(
    enrolled: Desk, copies: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TARTANRUG_PERSON", "ffffffff")
    assert said(enrolled, copies).startswith("Not noted in the log: nobody is enrolled by the number ffffffff")
    assert events(enrolled) == []


def test_where_nobody_is_enrolled_no_log_is_begun_and_nothing_is_said(desk: Desk, copies: list[Path]) -> None:
    assert said(desk, copies) == ""
    assert not desk.registers.exists()


def test_a_log_that_cannot_be_read_or_written_fails_nothing_that_was_made(enrolled: Desk, copies: list[Path]) -> None:
    enrolled.log.mkdir()
    stranger = enrolled.log / "000001-000000000000.json"
    stranger.write_text("{}")
    assert said(enrolled, copies).startswith("Not noted in the log: the log is not whole")
    stranger.unlink()
    enrolled.log.rmdir()
    enrolled.log.write_text("a file where the log should lie")
    assert said(enrolled, copies) == "Not noted in the log: it can't be written\n"


def test_copies_to_read_hinder_no_step_that_is_dated_before_them(
    enrolled: Desk, copies: list[Path], tartanrug: Command, today
) -> None:
    at = judged.moment.moment(None).replace(year=2026, month=1, day=6)
    today("2026-01-09")
    said(enrolled, copies)
    refused = ReleaseRefused(step="brief", reason="it was not permitted")
    append(enrolled.log, lambda _: refused, by=NOT_ENROLLED, at=judged.moment.now())
    judged.refuse_back_dated(enrolled.chain(), at)
    append(
        enrolled.log,
        lambda _: refused,
        by=Actor(post="DBG chair", person=ANALYST, known_by="settings"),
        at=judged.moment.now(),
    )
    with pytest.raises(RefusedError, match="before the newest event"):
        judged.refuse_back_dated(enrolled.chain(), at)


def test_bands_are_noted_whoever_freezes_them_and_a_refusal_too(tartanrug: Command, desk: Desk) -> None:
    assert tartanrug(*BANDS).code == 0
    ((event, body),) = desk.chain().of_kind(BandsIssued)
    assert (event.by, body.approved_by, body.decided.isoformat()) == (NOT_ENROLLED, "DBG chair", "2026-02-04")
    assert body.sha256 in tartanrug("bands", "list").words
    assert tartanrug(*BANDS).code == 4
    assert [event.kind for event in events(desk)] == ["bands_issued", "release_refused"]
    assert events(desk)[-1].body["step"] == "bands"
    # A command that was stopped between the register and the log.
    for path in desk.log.iterdir():
        path.unlink()
    assert tartanrug(*BANDS).code == 4
    assert [event.kind for event in events(desk)] == ["bands_issued", "release_refused"]
    assert tartanrug("log", "verify").code == 0
    assert "not enrolled" in tartanrug("log", "show").words


def test_packs_whose_bands_are_not_frozen_are_held_back_and_that_is_noted(tartanrug: Command, enrolled: Desk) -> None:
    held = tartanrug("release", "packs", "--period", PERIOD)
    assert (held.code, "bands freeze" in held.words) == (4, True)
    ((event, body),) = enrolled.chain().of_kind(ReleaseRefused)
    assert (event.by.person, body.step, "are not frozen" in body.reason) == (ANALYST, "review", True)


def test_a_refused_decision_on_names_is_noted_with_who_is_missing(tartanrug: Command, enrolled: Desk) -> None:
    assert tartanrug(*NAMING).code == 11
    ((event, body),) = enrolled.chain().of_kind(ReleaseRefused)
    assert (event.by.person, body.step, body.release) == (ANALYST, "name", None)
    assert "no permission of Kent (886)" in body.reason


@pytest.mark.parametrize(
    "words",
    [
        ("meeting", "book", "--period", PERIOD, "--for", "Jane Smith"),
        ("brief", "--authority", "825", "--indicator", "A06", "--period", PERIOD, "--for", "jane.smith@example.org"),
        ("release", "issue", "abcdef", "--to", "Jane Smith"),
    ],
    ids=["meeting", "brief", "issue"],
)
def test_a_reader_is_a_post_and_no_person(tartanrug: Command, enrolled: Desk, words: tuple[str, ...]) -> None:
    refused = tartanrug(*words)
    assert (refused.code, "it seems to name a person" in refused.words) == (2, True)
    assert events(enrolled) == []


def test_who_may_only_read_the_folder_is_refused_all_the_same(tartanrug: Command, enrolled: Desk, monkeypatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr("analysis.cli.release.refusals.append", full)
    monkeypatch.setattr("analysis.cli.region_log.append", lambda folder, decide, **_: decide(enrolled.chain()))
    refused = tartanrug(*NAMING)
    assert refused.code == 11
    assert "no permission of Kent (886)" in refused.words
    assert "this refusal does not stand in it" in refused.words
