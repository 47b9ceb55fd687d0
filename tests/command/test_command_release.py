"""The commands from built documents to a released folder, and back: as the people of a region type them."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from analysis.cli.release.desk import recipient_of
from analysis.reference.regions import regions
from analysis.registers.log.chain import append, log_folder, read_chain
from analysis.registers.people import actor_of
from analysis.release.events import CopiesSent, DocumentsBuilt, ReleaseRefused
from analysis.views.model import Variant
from analysis.views.words import DRAFT_MARKING, MARKINGS

YEAR = "2024-25"
NAMES = {"analyst": "performance analyst", "chair": "DBG chair", "lead": "DBG data lead"}
WHICH = ("--period", YEAR, "--variant", "public")


@pytest.fixture
def numbers(empty, tartanrug, monkeypatch) -> dict[str, str]:
    """Three people, each with the number that the log knows them by; whoever types is the analyst."""
    monkeypatch.setattr("getpass.getuser", lambda: "analyst")
    for account, post in NAMES.items():
        done = tartanrug("log", "enrol", "--name", f"Jane {account.title()}", "--post", post, "--account", account)
        assert done.code == 0
    people = yaml.safe_load((empty / "data/registers/south-east/people.yml").read_text(encoding="utf-8"))["people"]
    return {person["accounts"][0]: number for number, person in people.items()}


@pytest.fixture
def built(empty: Path, numbers) -> Path:
    """Public documents of two authorities, as `build --for-review` lays and notes them."""
    registers, hashes = empty / "data/registers/south-east", []
    for ending, marking in (("-final", MARKINGS[Variant.PUBLIC]), ("-draft", DRAFT_MARKING.replace("'", "&#39;"))):
        folder = empty / "reports/out/published/south-east" / YEAR / f"public{ending}"
        folder.mkdir(parents=True)
        for code in ("825", "921"):
            page = f"<p>{marking}</p><p>Figures of {code}</p><p>{marking}</p>"
            (folder / f"tartan-rug-{YEAR}-{code}-public.html").write_text(page, encoding="utf-8")
        found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}
        entries = {name: {"sha256": one, "inputs": {"kit": "a" * 64}} for name, one in found.items()}
        (folder / "manifest.json").write_text(json.dumps({"documents": entries}), encoding="utf-8")
        hashes.append(found)
    body = DocumentsBuilt(
        variant=Variant.PUBLIC, period=YEAR, source="published", documents=hashes[0], drafts=hashes[1]
    )
    by = actor_of(registers, account="analyst")
    append(log_folder(registers), lambda _: body, by=by, at=datetime(2026, 1, 5, tzinfo=UTC))
    return empty


def kinds(home: Path) -> list[str]:
    return [event.kind for event in read_chain(home / "data/registers/south-east/log").events]


@pytest.fixture
def approved(built: Path, tartanrug, numbers, monkeypatch, today) -> str:
    """The id of a release that both posts have approved, on 6 January 2026."""
    today("2026-01-05")
    done = tartanrug("release", "review", *WHICH)
    assert done.code == 0, done.err
    assert "2 approvals until 19 January 2026, deputies from 12 January 2026" in done.words
    refused = tartanrug("release", "approve", *WHICH)
    assert (refused.code, "whoever built" in refused.words) == (11, True)
    today("2026-01-06")
    monkeypatch.setenv("TARTANRUG_PERSON", numbers["chair"])
    named = tartanrug("release", "approve", *WHICH, "--note", "Margaret Thompson has read it")
    assert (named.code, "note: it seems to name or identify a person" in named.words) == (2, True)
    for account in ("chair", "lead"):
        monkeypatch.setenv("TARTANRUG_PERSON", numbers[account])
        assert tartanrug("release", "approve", *WHICH).code == 0
    monkeypatch.delenv("TARTANRUG_PERSON")
    return next((built / "reports/out/published/south-east" / YEAR / "review").iterdir()).name


def test_what_two_posts_approved_goes_out_and_is_recalled_from_whoever_has_it(approved, built, tartanrug) -> None:
    done = tartanrug("release", "issue", approved[:8], "--to", "Ofsted")
    assert done.code == 0, done.err
    folder = built / "reports/release/public" / approved
    assert {path.name for path in folder.iterdir()} == {
        "manifest.json",
        f"tartan-rug-{YEAR}-825-public.html",
        f"tartan-rug-{YEAR}-921-public.html",
    }
    assert hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest() == approved
    assert tartanrug("log", "verify").code == 0
    itself = tartanrug("release", "supersede", approved, "--by", approved, "--reason", "a mistake")
    assert (itself.code, "did not take the place" in itself.words) == (11, True)
    short = tartanrug("release", "withdraw", approved, "--reason", "")
    assert (short.code, "reason: 3 characters or more are wanted here" in short.words) == (2, True)
    early = tartanrug("release", "withdraw", approved, "--reason", "a mistake", "--on", "2999-01-01")
    assert (early.code, "still to come" in early.words) == (2, True)
    assert tartanrug("release", "recall", approved[:8]).code == 11
    assert tartanrug("release", "issue", approved[:8], "--to", "the county's partners").code == 0
    assert tartanrug("release", "withdraw", approved[:8], "--reason", "a figure was revised").code == 0
    notice = tartanrug("release", "recall", approved[:8])
    for words in ("a figure was revised", "Ofsted", "the county's partners", f"tartan-rug-{YEAR}-921-public.html"):
        assert words in notice.words
    assert kinds(built)[-6:] == [
        "release_issued",
        "release_refused",
        "release_refused",
        "copies_sent",
        "release_withdrawn",
        "recall_written",
    ]


def test_an_issue_that_was_stopped_before_its_folder_was_laid_is_finished_by_the_same_words(
    approved, built, tartanrug, monkeypatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr("analysis.cli.release.decide.let_through", stop)
        assert tartanrug("release", "issue", *WHICH).code == 130
    assert (kinds(built)[-1], (built / "reports/release").exists()) == ("release_issued", False)
    assert tartanrug("release", "issue", *WHICH).code == 0
    assert (built / "reports/release/public" / approved / "manifest.json").is_file()
    assert kinds(built).count("release_issued") == 1
    # Then there is nothing left to do.
    assert tartanrug("release", "issue", *WHICH).code == 11


def refusals(home: Path) -> list[ReleaseRefused]:
    return [body for _, body in read_chain(home / "data/registers/south-east/log").of_kind(ReleaseRefused)]


def test_every_refused_step_is_noted_with_its_release_and_why(approved, built, tartanrug, monkeypatch, numbers):
    (builder,) = refusals(built)
    assert (builder.step, builder.release, "whoever built" in builder.reason) == ("approve", approved, True)
    monkeypatch.setenv("TARTANRUG_PERSON", numbers["chair"])
    page = built / f"reports/out/published/south-east/{YEAR}/public-final/tartan-rug-{YEAR}-825-public.html"
    kept = page.read_bytes()
    page.write_bytes(kept + b" ")
    for words, step, release, reason in (
        (("review", *WHICH), "review", None, "changed after it was built"),
        (("issue", approved), "issue", approved, "changed after the review"),
        (("recall", approved), "recall", approved, "never released"),
    ):
        assert tartanrug("release", *words).code == 11
        last = refusals(built)[-1]
        assert (last.step, last.release, reason in last.reason) == (step, release, True), words
    page.write_bytes(kept)
    supersede = ("supersede", approved, "--by", approved, "--reason", "a test")
    assert tartanrug("release", "withdraw", approved, "--reason", "a test").code == 0
    withdraw = ("withdraw", approved, "--reason", "a test")
    for words, step in ((withdraw, "withdraw"), (("approve", approved), "approve"), (supersede, "supersede")):
        assert tartanrug("release", *words).code == 11
        last = refusals(built)[-1]
        assert (last.step, last.release, "withdrawn" in last.reason) == (step, approved, True), words
    assert len(refusals(built)) == 7
    assert tartanrug("log", "verify").code == 0


def test_without_its_manifest_a_release_is_recalled_from_the_log_alone(approved, built, tartanrug, today):
    today("2026-01-08")
    assert tartanrug("release", "issue", approved, "--to", "Ofsted", "--on", "2026-01-07").code == 0
    assert tartanrug("release", "issue", approved, "--to", "a partner").code == 0
    assert tartanrug("release", "withdraw", approved, "--reason", "a figure was revised").code == 0
    for manifest in built.rglob(f"{approved}/manifest.json"):
        manifest.chmod(0o600)
        manifest.unlink()
    notice = tartanrug("release", "recall", approved)
    assert notice.code == 0, notice.err
    for words in ("list of its 2 documents is kept no longer", "Ofsted, 7 January 2026", "a partner, 8 January 2026"):
        assert words in notice.words
    assert "anyone, 7 January 2026" in notice.words
    assert "erased" not in notice.words


def test_a_changed_file_is_named_refused_and_noted_and_the_status_shows_it(approved, built, tartanrug) -> None:
    page = built / f"reports/out/published/south-east/{YEAR}/public-draft/tartan-rug-{YEAR}-825-public.html"
    kept = page.read_bytes()
    page.write_bytes(kept.replace(b"825", b"826"))
    refused = tartanrug("release", "issue", *WHICH)
    assert (refused.code, page.name in refused.words) == (11, True)
    assert not (built / "reports/release").exists()
    assert kinds(built)[-1] == "release_refused"
    assert "approvals void" in tartanrug("release", "status").words
    page.write_bytes(kept)
    assert tartanrug("release", "issue", *WHICH).code == 0


def test_the_status_is_one_screen_and_a_page_and_a_successor_finds_their_way(approved, built, tartanrug) -> None:
    page = built / "status.html"
    done = tartanrug("release", "status", "--on", "2026-01-07", "--html", page, "--handover")
    for words in (approved[:12], "approved by the DBG", "Jane Chair, DBG chair", "not proven", "release.md"):
        assert words in done.words
    text = page.read_text(encoding="utf-8")
    assert approved[:12] in text
    assert "<h1>Releases of South East on 7 January 2026</h1>" in text
    assert "http" not in text
    # A page is passed on: it bears its marking at both ends, and posts instead of names.
    marked = re.findall(r'<p class="marking">(.*?)</p>', text)
    assert marked[: len(marked) // 2] == marked[len(marked) // 2 :]
    assert marked[0] == MARKINGS[Variant.INTERNAL]
    assert re.fullmatch(
        r"For the data benchmarking group\. Content id [0-9a-f]{16}\. For use until 31 July 2027\.", marked[1]
    )
    assert "<td>DBG chair for DBG chair; DBG data lead for DBG data lead</td>" in text
    assert "DBG chair: 1 enrolled; deputies: none enrolled" in text
    assert not [name for name in ("Jane", "Chair,", "Lead,") if name in text]
    # Another state of things is another content id.
    assert tartanrug("release", "withdraw", approved, "--reason", "a test").code == 0
    tartanrug("release", "status", "--on", "2026-01-07", "--html", page)
    assert marked[1] not in page.read_text(encoding="utf-8")


def test_a_successor_is_told_what_is_due_and_what_ends(approved, built, tartanrug):
    """By hand: SERIA's memorandum with the DfE ended in 2021; the regional one is due for review on 31 March 2026."""
    grant = ("permit", "grant", "--audience", "Ofsted", "--purpose", "an inspection", "--evidence", "letter 12")
    for code, until in (("825", "2026-02-01"), ("886", "2026-12-01"), ("887", "2026-01-09")):
        done = tartanrug(*grant, "--authority", code, "--until", until, "--on", "2026-01-06")
        assert done.code == 0, done.err
    said = tartanrug("release", "status", "--handover", "--on", "2026-01-15").words
    assert "Permission p0001 ends on 2026-02-01: Buckinghamshire (825), for Ofsted" in said
    assert "p0002" not in said
    assert "p0003" not in said
    assert "Permissions in force: 2, of which 1 end within 92 days" in said
    assert "its review is due on 2026-03-31" in said
    assert "ended on 2021-03-31" in said
    assert (
        "its review was due on 2026-03-31" in tartanrug("release", "status", "--handover", "--on", "2026-04-01").words
    )
    assert "Permission" not in tartanrug("release", "status", "--on", "2026-01-15").words


def test_a_log_that_was_touched_stops_everything_with_its_own_code(approved, built, tartanrug) -> None:
    last = sorted((built / "data/registers/south-east/log").iterdir())[-1]
    last.write_bytes(last.read_bytes().replace(b"DBG data lead", b"DBG data load"))
    for words in (("log", "verify"), ("log", "show"), ("release", "status"), ("release", "issue", *WHICH)):
        assert tartanrug(*words).code == 12, words
    assert not (built / "reports/release").exists()


@pytest.mark.parametrize("region", ["south-east", "london"])
def test_everybody_who_can_get_a_copy_can_be_written_in_the_log(region) -> None:
    """The log refuses what seems to name a person, and some councils are called like one."""
    home = regions()[region]
    for variant in Variant:
        for code in (*home.everyone, home.id) if variant is Variant.INTERNAL else home.everyone:
            whose = recipient_of(code, variant, home)
            assert CopiesSent(release="0" * 64, recipients=(whose,)).recipients == (whose,)


def test_whoever_is_not_enrolled_is_told_how(built, tartanrug, monkeypatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "stranger")
    done = tartanrug("release", "review", *WHICH)
    assert done.code == 3
    assert "tartanrug log enrol" in done.words


SIGNED = """- id: south-east-2025-26
  title: Regional memorandum
  regions: [south-east]
  parties: [the authorities of the South East]
  begins: 2025-04-01
  ends: {ends}
  purposes: {{benchmarking: "5.1"}}
"""


@pytest.fixture
def registered(empty, numbers, tartanrug, today) -> str:
    """A peer review report, which rests on an agreement: with the DBG on 5 January 2026, for use until the 21st."""
    today("2026-01-05")
    file = empty / "review.html"
    file.write_text("<p>What the team saw in Medway</p>", encoding="utf-8")
    done = tartanrug("release", "register", file, "--title", "Peer review of Medway", "--about", "887",
                     "--period", "2025-26-Q2", "--made-by", "peer review team", "--until", "2026-01-21")  # fmt: skip
    assert done.code == 0, done.err
    return next((empty / "reports/out/returns/south-east/2025-26-Q2/review").iterdir()).name


@pytest.fixture
def by_both(registered, numbers, tartanrug, monkeypatch):
    for account in ("chair", "lead"):
        monkeypatch.setenv("TARTANRUG_PERSON", numbers[account])
        assert tartanrug("release", "approve", registered).code == 0
    monkeypatch.delenv("TARTANRUG_PERSON")


def agreement(home: Path, ends: str) -> None:
    """In the place of the shipped one, a memorandum that ends."""
    (home / "data/registers/south-east/agreements.yml").write_text(SIGNED.format(ends=ends), encoding="utf-8")


def test_an_agreement_that_has_ended_refuses_today_whatever_day_is_named(
    registered, by_both, empty, tartanrug, today
) -> None:
    agreement(empty, "2026-01-08")
    today("2026-01-09")
    # On the 8th it held, and nothing in the log is later; but it is the 9th.
    for on in (("--on", "2026-01-08"), ()):
        refused = tartanrug("release", "issue", registered, *on)
        assert (refused.code, "ended on 2026-01-08" in refused.words) == (11, True), on
    assert not (empty / "reports/release").exists()
    agreement(empty, "2026-01-09")
    # The refusals are of the 9th, so that nothing is dated before them any more.
    late = tartanrug("release", "issue", registered, "--on", "2026-01-08")
    assert (late.code, "before the newest event of the log, of 2026-01-09" in late.words) == (11, True)
    assert refusals(empty)[-1].step == "issue"
    assert tartanrug("release", "issue", registered).code == 0


def test_what_is_past_its_last_day_goes_to_nobody(registered, by_both, empty, tartanrug, today) -> None:
    over = "its last day of use was 21 January 2026"
    today("2026-01-22")
    for on in (("--on", "2026-01-21"), ()):
        refused = tartanrug("release", "issue", registered, *on)
        assert (refused.code, over in refused.words) == (11, True), on
    today("2026-01-21")
    assert tartanrug("release", "issue", registered).code == 0
    today("2026-01-22")
    assert tartanrug("release", "issue", registered, "--to", "DBG").code == 11
    page = empty / "status.html"
    assert tartanrug("release", "status", "--html", page).code == 0
    assert over in page.read_text(encoding="utf-8")
    # To finish what is released already gives it to nobody else.
    assert tartanrug("release", "issue", registered).code == 0


def test_a_permission_that_has_ended_refuses_today_whatever_day_is_named(
    registered, by_both, empty, tartanrug, today
) -> None:
    granted = tartanrug("permit", "grant", "--authority", "887", "--audience", "Ofsted", "--purpose", "a visit",
                        "--document", "Peer review of Medway", "--evidence", "letter 12",
                        "--until", "2026-01-06")  # fmt: skip
    assert granted.code == 0, granted.err
    today("2026-01-07")
    refused = tartanrug("release", "issue", registered, "--to", "Ofsted", "--on", "2026-01-06")
    assert (refused.code, "no permission of Medway (887) for Ofsted" in refused.words) == (11, True)


def test_a_deputys_time_begins_when_the_review_was_opened_and_not_on_a_day_that_is_named(
    built, numbers, tartanrug, monkeypatch, today
) -> None:
    """The documents are of 5 January; a review that is opened on the 14th can't be dated back so far."""
    enrolled = tartanrug("log", "enrol", "--name", "Ann Vice", "--post", "DBG vice-chair", "--account", "vice")
    assert enrolled.code == 0
    today("2026-01-14")
    opened = tartanrug("release", "review", *WHICH, "--on", "2026-01-05")
    assert opened.code == 0, opened.err
    assert "deputies from 21 January 2026" in opened.words
    monkeypatch.setattr("getpass.getuser", lambda: "vice")
    for on in (("--on", "2026-01-06"), ()):
        refused = tartanrug("release", "approve", *WHICH, *on)
        assert (refused.code, "from 21 January 2026" in refused.words) == (11, True), on
    today("2026-01-21")
    # Not on a day on which it was still the holder's, though the deputy's time has come by now.
    refused = tartanrug("release", "approve", *WHICH, "--on", "2026-01-20")
    assert (refused.code, "from 21 January 2026" in refused.words) == (11, True)
    assert tartanrug("release", "approve", *WHICH).code == 0


@pytest.mark.parametrize("words", [("approve",), ("issue",), ("withdraw", "--reason", "a mistake"), ("recall",)])
def test_no_step_is_dated_before_what_the_log_knows(approved, built, tartanrug, today, words) -> None:
    today("2026-01-12")
    refused = tartanrug("release", words[0], approved, *words[1:], "--on", "2026-01-05")
    assert (refused.code, "before the newest event of the log, of 2026-01-06" in refused.words) == (11, True)
    assert refusals(built)[-1].step == words[0]
    assert read_chain(built / "data/registers/south-east/log").events[-1].at.date().isoformat() == "2026-01-12"
