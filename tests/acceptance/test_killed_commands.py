"""The commands of a release themselves, killed at fifty moments: no event is lost, and nothing is half released.

Each runs in a process forked from this one, where its imports are done: else most moments would fall among these.
`test_killed_release.py` tries the steps without the commands around them, and with the DfE's pack.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.context import ForkProcess
from pathlib import Path

import pytest
from kit_run import environment, tartanrug

from analysis.cli.app import main
from analysis.registers.log.chain import append, faults, log_folder, read_chain
from analysis.registers.log.event import Actor
from analysis.registers.people import Person, enrol, people_path
from analysis.release.events import DocumentsBuilt
from analysis.release.manifest import MANIFEST, read_manifest
from analysis.release.standing import Standing, standings
from analysis.release.states import RELEASED, State
from analysis.release.verify import log_faults
from analysis.views.model import Variant
from analysis.views.words import DRAFT_MARKING, MARKINGS

pytestmark = pytest.mark.acceptance

YEAR = "2024-25"
WHICH = ("--period", YEAR, "--variant", "public")
ANALYST, CHAIR, LEAD = "0a1b2c3d", "0c0c0c0c", "1e1e1e1e"
POSTS = {ANALYST: "performance analyst", CHAIR: "DBG chair", LEAD: "DBG data lead"}
REGISTERS = Path("data", "registers", "south-east")
OUT = Path("reports", "out", "published", "south-east", YEAR)
CODES = [f"{code}" for code in range(800, 810)]
MOMENTS = {"approve": 16, "issue": 17, "supersede": 17}
"""Fifty, each while the command is at work: every other one just after the first trace that it leaves."""
WORK = 0.03
"""Seconds after the first trace within which these are killed."""
MOST = 5
"""Tries for a moment: some commands have ended by then, and are looked at like the others."""


def build(home: Path, figure: str) -> None:
    """Public documents of ten authorities, as `build --for-review` lays and notes them."""
    hashes = []
    for ending, marking in (("-final", MARKINGS[Variant.PUBLIC]), ("-draft", DRAFT_MARKING.replace("'", "&#39;"))):
        folder = home / OUT / f"public{ending}"
        folder.mkdir(parents=True, exist_ok=True)
        found = {}
        for code in CODES:
            content = f"<p>{marking}</p><p>{figure * 20_000} of {code}</p><p>{marking}</p>".encode()
            name = f"tartan-rug-{YEAR}-{code}-public.html"
            (folder / name).write_bytes(content)
            found[name] = hashlib.sha256(content).hexdigest()
        entries = {name: {"sha256": one, "inputs": {"kit": "a" * 64}} for name, one in found.items()}
        (folder / MANIFEST).write_text(json.dumps({"documents": entries}), encoding="utf-8")
        hashes.append(found)
    body = DocumentsBuilt(
        variant=Variant.PUBLIC, period=YEAR, source="published", documents=hashes[0], drafts=hashes[1]
    )
    by = Actor(post=POSTS[ANALYST], person=ANALYST, known_by="settings")
    append(log_folder(home / REGISTERS), lambda _: body, by=by, at=datetime(2026, 1, 5, tzinfo=UTC))


def do(home: Path, who: str, *words: str) -> None:
    done = tartanrug(home, "release", *words, TARTANRUG_PERSON=who)
    assert done.returncode == 0, done.stdout + done.stderr


def review(home: Path) -> str:
    """Put it before the DBG; the release's id."""
    do(home, ANALYST, "review", *WHICH)
    return list(held(home))[-1]


def held(home: Path) -> dict[str, Standing]:
    return dict(standings(read_chain(log_folder(home / REGISTERS))))


@dataclass(frozen=True)
class Step:
    """A command, the workspace before it, and what the log must say when it has ended."""

    before: Path
    who: str
    words: tuple[str, ...]
    release: str
    over: Callable[[Standing], bool]


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Step]:
    home = tmp_path_factory.mktemp("killed") / "home"
    for number, post in POSTS.items():
        enrol(people_path(home / REGISTERS), number, Person(name=f"Test {post}", post=post))
    build(home, "1")
    first = review(home)
    do(home, CHAIR, "approve", first)
    found = {"approve": (LEAD, ("approve", first, "--note", "read"), first, lambda one: len(one.approvals) == 2)}
    kept = {"approve": shutil.copytree(home, home.with_name("approve"))}
    do(home, LEAD, "approve", first)
    found["issue"] = (ANALYST, ("issue", first), first, lambda one: one.state in RELEASED)
    kept["issue"] = shutil.copytree(home, home.with_name("issue"))
    do(home, ANALYST, "issue", first)
    build(home, "2")
    second = review(home)
    for who in (CHAIR, LEAD):
        do(home, who, "approve", second)
    words = ("supersede", first, "--by", second, "--reason", "a revised figure")
    found["supersede"] = (ANALYST, words, second, lambda one: one.state in RELEASED)
    kept["supersede"] = shutil.copytree(home, home.with_name("supersede"))
    return {name: Step(Path(kept[name]), *parts) for name, parts in found.items()}


def run(home: Path, step: Step) -> None:
    """The command, as its own program runs it."""
    os.environ |= environment(home, TARTANRUG_PERSON=step.who)
    sys.argv = ["tartanrug", "release", *step.words]
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        sys.stdout = sys.stderr = nowhere
        main()


def started(home: Path, step: Step) -> ForkProcess:
    child = multiprocessing.get_context("fork").Process(target=run, args=(home, step))
    child.start()
    return child


def ended(child: ForkProcess) -> int | None:
    """The exit code; minus the signal's number for one that was killed."""
    child.join()
    return child.exitcode


def traces(home: Path) -> set[str]:
    """Whatever lies where a step writes: the log's events, also while they are written, and released folders."""
    places = (log_folder(home / REGISTERS), home / "reports" / "release", home / "reports" / "release" / "public")
    return {path.name for place in places if place.is_dir() for path in place.iterdir()}


def killed(home: Path, step: Step, wait: float, *, at_work: bool) -> bool:
    """Start the command and kill it; whether it was still running.

    Parameters
    ----------
    wait
        Seconds: from the start, or from the first trace.
    """
    before, child = traces(home), started(home, step)
    while at_work and child.is_alive() and traces(home) == before:
        time.sleep(0.0005)
    time.sleep(wait)
    child.kill()
    return ended(child) == -signal.SIGKILL


def whole_or_absent(home: Path) -> bool:
    """Whether what is released is whole, each folder to the byte, and of releases that the log tells of; what is there.

    A folder that is being made lies apart under another name, and is taken for none.
    """
    known, there = held(home), False
    public = home / "reports" / "release" / "public"
    for folder in public.iterdir() if public.is_dir() else ():
        if folder.name.startswith("making-"):
            continue
        assert known[folder.name].was_released
        manifest = read_manifest((folder / MANIFEST).read_bytes(), folder.name)
        assert {path.name for path in folder.iterdir()} == {MANIFEST, *manifest.documents}
        for name, document in manifest.documents.items():
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == document.sha256
        there = True
    return there


@pytest.mark.parametrize("name", list(MOMENTS))
def test_a_command_that_is_killed_loses_no_event_and_given_again_it_ends(
    steps: dict[str, Step], tmp_path: Path, name: str
) -> None:
    step, seen, at_work = steps[name], set(), 0
    first = [event.sha256 for event in read_chain(log_folder(step.before / REGISTERS)).events]
    timed = Path(shutil.copytree(step.before, tmp_path / "timed"))
    start = time.monotonic()
    assert ended(started(timed, step)) == 0
    took, chance = time.monotonic() - start, random.Random(f"2025 {name}")
    for number in range(MOST * MOMENTS[name]):
        if at_work == MOMENTS[name]:
            break
        home = Path(shutil.copytree(step.before, tmp_path / str(number)))
        late = number % 2 == 1
        at_work += killed(home, step, chance.uniform(0, WORK if late else took), at_work=late)
        log = log_folder(home / REGISTERS)
        assert faults(log) == ()
        assert [event.sha256 for event in read_chain(log).events][: len(first)] == first
        laid = whole_or_absent(home)
        now = held(home)[step.release]
        seen.add((step.over(now), laid, len(read_chain(log).events) - len(first)))
        # One event tells of both: there is never a quarter with two releases in use, or with none.
        if name == "supersede":
            assert sum(one.state in RELEASED for one in held(home).values()) == 1
        again = ended(started(home, step))
        # Who has approved is told so; a release is finished, whatever was left of it to do.
        assert again == (11 if name == "approve" and step.over(now) else 0)
        assert step.over(held(home)[step.release])
        assert log_faults(log, home / "reports" / "release", "south-east", made_up=False) == ()
        released = [one.release for one in held(home).values() if one.was_released]
        public = home / "reports" / "release" / "public"
        assert sorted(path.name for path in public.iterdir()) == sorted(released) if released else not public.exists()
        if name == "supersede":
            states = [one.state for one in held(home).values()]
            assert states == [State.SUPERSEDED, State.RELEASED_LIMITED]
        shutil.rmtree(home)
    # They were met at work, and before their event and after it: else nothing was tried.
    assert at_work == MOMENTS[name]
    assert {over for over, _, _ in seen} == {False, True}
