"""The log: whole after whatever happens to two writers, and not whole after whatever somebody does to a file."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import resource
import shutil
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from analysis.errors import UserError
from analysis.registers.log.chain import BrokenLogError, Chain, append, faults, read_chain
from analysis.registers.log.event import Actor, Body

CHAIR = Actor(post="DBG chair", person="0a1b2c3d", known_by="account")
NOON = datetime(2026, 2, 4, 12, tzinfo=UTC)


class Noted(Body):
    kind: ClassVar[str] = "thing_noted"
    what: str


def note(folder: Path, what: str, at: datetime = NOON) -> None:
    append(folder, lambda _: Noted(what=what), by=CHAIR, at=at)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    folder = tmp_path / "log"
    for number in range(5):
        note(folder, f"note {number}", NOON + timedelta(days=number))
    return folder


def files(log: Path) -> list[Path]:
    return sorted(log.iterdir())


def test_events_are_read_back_in_order_and_each_is_bound_to_the_one_before(log: Path) -> None:
    chain = read_chain(log)
    assert [body.what for _, body in chain.of_kind(Noted)] == [f"note {number}" for number in range(5)]
    for path, after in zip(files(log), files(log)[1:], strict=False):
        assert json.loads(after.read_bytes())["previous"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert chain.head == hashlib.sha256(files(log)[-1].read_bytes()).hexdigest()


def test_what_was_known_on_a_day_ends_with_that_day(log: Path) -> None:
    assert len(read_chain(log).known_on(date(2026, 2, 6)).events) == 3


def test_the_same_events_are_the_same_bytes(log: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    for number in range(5):
        note(again, f"note {number}", NOON + timedelta(days=number))
    assert [path.read_bytes() for path in files(again)] == [path.read_bytes() for path in files(log)]


def test_no_log_is_an_empty_log(tmp_path: Path) -> None:
    assert read_chain(tmp_path / "log") == Chain()


def _reorder(log: Path) -> None:
    first, second = files(log)[1:3]
    held = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(held)


def _rewrite_the_past(log: Path) -> None:
    target = files(log)[2]
    event = json.loads(target.read_bytes())
    event["body"]["what"] = "something else"
    target.write_text(json.dumps(event, sort_keys=True, separators=(",", ":")) + "\n", encoding="utf-8")


def _conflict_copy(log: Path) -> None:
    target = files(log)[3]
    shutil.copy(target, target.with_name(f"{target.stem}-LAPTOP.json"))


def _fork(log: Path) -> None:
    other = log.with_name("other")
    other.mkdir()
    for path in files(log)[:3]:
        shutil.copy(path, other)
    note(other, "written by somebody who was not connected")
    note(other, "and one more")
    for path in files(other)[3:]:
        if not (log / path.name).exists():
            shutil.copy(path, log)


@pytest.mark.parametrize(
    "harm",
    [
        _reorder,
        _rewrite_the_past,
        _conflict_copy,
        _fork,
        lambda log: files(log)[0].unlink(),
        lambda log: files(log)[2].unlink(),
        lambda log: files(log)[2].rename(log / "000003-aaaaaaaaaaaa.json"),
        lambda log: (log / "000006-aaaaaaaaaaaa.json").write_text("{}", encoding="utf-8"),
        lambda log: (log / "notes.txt").write_text("for later", encoding="utf-8"),
    ],
    ids=["reordered", "rewritten", "conflict copy", "fork", "first gone", "gap", "renamed", "not an event", "stranger"],
)
def test_a_log_that_was_touched_is_refused_and_nothing_is_added(log: Path, harm: Callable[[Path], object]) -> None:
    harm(log)
    left = {path.name: path.read_bytes() for path in files(log)}
    with pytest.raises(BrokenLogError, match="not whole"):
        note(log, "one more")
    assert faults(log)
    assert {path.name: path.read_bytes() for path in files(log)} == left


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_byte_that_is_changed_in_any_event_is_found(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("flipped") / "log"
    for number in range(3):
        note(folder, f"note {number}")
    target = data.draw(st.sampled_from(files(folder)))
    content = bytearray(target.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    target.write_bytes(bytes(content))
    assert faults(folder)


def test_files_that_a_system_lays_in_a_folder_do_no_harm(log: Path) -> None:
    (log / "desktop.ini").write_text("[.ShellClassInfo]", encoding="utf-8")
    assert not faults(log)


def test_writers_at_the_same_time_lose_nothing_and_none_decides_on_what_is_old(tmp_path: Path) -> None:
    folder = tmp_path / "log"

    def count(_: int) -> None:
        append(folder, lambda chain: Noted(what=str(len(chain.events))), by=CHAIR, at=NOON)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count, range(24)))
    assert [body.what for _, body in read_chain(folder).of_kind(Noted)] == [str(number) for number in range(24)]


def test_where_links_do_not_exist_a_name_is_still_taken_once(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError("not supported")

    monkeypatch.setattr("analysis.registers.log.chain.os.link", no_links)
    note(log, "one more")
    assert len(read_chain(log).events) == 6
    assert len(files(log)) == 6


CUT_OFF = "cut off while it was written"


@settings(max_examples=60, deadline=None)
@given(missing=st.integers(1, 400))
@example(missing=1)
@example(missing=10_000)
def test_an_event_that_is_cut_off_anywhere_is_told_as_that_and_counts_for_nothing(
    tmp_path_factory: pytest.TempPathFactory, missing: int
) -> None:
    folder = tmp_path_factory.mktemp("torn") / "log"
    for number in range(3):
        note(folder, f"note {number}")
    last = files(folder)[-1]
    whole = last.read_bytes()
    last.write_bytes(whole[: -min(missing, len(whole))])
    (fault,) = faults(folder)
    assert (fault.file, CUT_OFF in fault.what, "give the command again" in fault.remedy) == (last.name, True, True)
    with pytest.raises(BrokenLogError, match="not whole"):
        note(folder, "one more")
    # As docs/how-to/log.md has it.
    last.unlink()
    note(folder, "note 2")
    assert [body.what for _, body in read_chain(folder).of_kind(Noted)] == ["note 0", "note 1", "note 2"]
    assert last.read_bytes() == whole


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
def test_killed_in_the_middle_of_an_event_where_links_do_not_exist_it_is_told(log: Path) -> None:
    """The system ends the writer after 100 bytes of the event: a limit on a file's size, with its own signal."""

    def no_links(*_: object) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
        raise OSError("not supported")

    child = os.fork()
    if not child:
        os.link = no_links
        try:
            note(log, "one more")
        finally:
            os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGXFSZ
    torn = files(log)[-1]
    assert (torn.stat().st_size, torn.name.startswith("000006-")) == (100, True)
    assert [CUT_OFF in fault.what for fault in faults(log)] == [True]
    with pytest.raises(BrokenLogError):
        read_chain(log)


def test_a_full_disk_leaves_no_event_that_is_cut_off(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def no_links(*_: object) -> None:
        monkeypatch.setattr("analysis.registers.log.chain.os.fsync", full)
        raise OSError("not supported")

    monkeypatch.setattr("analysis.registers.log.chain.os.link", no_links)
    with pytest.raises(OSError, match="No space"):
        note(log, "one more")
    assert len(files(log)) == 5
    assert not faults(log)


@pytest.mark.parametrize("harm", [_conflict_copy, _fork], ids=["conflict copy", "fork"])
def test_whoever_finds_a_conflict_copy_is_told_where_it_is_written_how_to_settle_it(
    log: Path, harm: Callable[[Path], object]
) -> None:
    harm(log)
    page, _, heading = faults(log)[0].remedy.partition("docs/")[2].partition(", ")
    text = (Path(__file__).resolve().parents[2] / "docs" / page).read_text(encoding="utf-8")
    assert f"## {heading.capitalize()}\n" in text


def test_what_may_not_happen_is_not_written(log: Path) -> None:
    def refuse(_: Chain) -> Noted:
        raise UserError("not now")

    with pytest.raises(UserError, match="not now"):
        append(log, refuse, by=CHAIR, at=NOON)
    assert len(files(log)) == 5


@pytest.mark.parametrize(
    "at",
    [datetime(2026, 2, 4, 12), NOON.replace(microsecond=1), NOON.astimezone(timezone(timedelta(hours=1)))],
    ids=["no zone", "fraction", "another zone"],
)
def test_a_time_is_in_whole_seconds_of_utc(tmp_path: Path, at: datetime) -> None:
    with pytest.raises(ValidationError, match="UTC"):
        note(tmp_path / "log", "one", at)


def test_a_post_is_a_role_and_not_a_person() -> None:
    with pytest.raises(ValidationError, match="name or identify"):
        Actor(post="Sarah Johnson", person="0a1b2c3d", known_by="account")


def test_a_kind_that_was_written_otherwise_is_refused_by_its_name(log: Path) -> None:
    class Other(Body):
        kind: ClassVar[str] = "thing_noted"
        whom: str

    with pytest.raises(BrokenLogError, match="thing_noted"):
        list(read_chain(log).of_kind(Other))
