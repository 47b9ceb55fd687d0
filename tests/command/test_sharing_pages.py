"""Every command on the pages about permissions, leaving and incidents is run as it stands there, in its order."""

from __future__ import annotations

import re
import shlex
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from command_line import PERIOD

from analysis.pipeline.issued_copies import issued_copies
from analysis.reference.regions import regions
from analysis.registers.agreements import Agreement, load_agreements
from analysis.registers.incidents import incidents_of
from analysis.registers.log.chain import append, log_folder, read_chain
from analysis.registers.people import Person, actor_of, enrol, people_path
from analysis.registers.permissions import permissions_of
from analysis.registers.sharing import sharing_rules
from analysis.release.allowed import refuse_unless_allowed
from analysis.release.events import ReleaseApproved, ReleaseChecked, ReleaseIssued, ReviewOpened, Scope
from analysis.release.refused import RefusedError
from analysis.views.model import Variant

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to"
SOUTH_EAST = regions()["south-east"]
HOME, LONDON = Path("data", "registers", "made-up", "south-east"), Path("data", "registers", "london")
AUDIENCE = {Variant.INTERNAL: "key staff of the members", Variant.DFE: "Department for Education"}
RULES, AGREEMENTS = sharing_rules("south-east"), load_agreements("south-east")


def commands(page: str) -> list[list[str]]:
    """The lines of the page's blocks that are commands."""
    blocks = re.findall(r"\n\n```\n(.*?)```\n", (HOW_TO / page).read_text(encoding="utf-8"), re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    assert all(line.startswith("tartanrug ") for line in lines)
    return [shlex.split(line)[1:] for line in lines]


@pytest.fixture
def desk(received: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of four authorities, with somebody who may write in the log."""
    for path in (received / "data" / "raw" / "made-up" / "south-east" / PERIOD).glob("*.csv"):
        if path.stem not in ("825", "850", "886", "936"):
            path.unlink()
    for registers in (HOME, LONDON):
        enrol(people_path(received / registers), "0a1b2c3d", Person(name="Jane Smith", post="DBG chair"))
    monkeypatch.setenv("TARTANRUG_PERSON", "0a1b2c3d")
    monkeypatch.chdir(tmp_path)
    return received


def issue(root: Path, variant: Variant, authority: str, *to: str, day: date, shows: tuple[str, ...] = ()) -> str:
    """A release on its whole way, as the log has it."""
    log, at = log_folder(root / HOME), datetime(day.year, day.month, day.day, tzinfo=UTC)
    actor = actor_of(root / HOME, account="", person="0a1b2c3d")
    release = f"{len(read_chain(log).events):064x}"
    scope = Scope(
        variant=variant, audience=AUDIENCE[variant], region="south-east", period=PERIOD, source="made-up",
        authority=authority,
    )  # fmt: skip
    chair, lead = (
        ReleaseApproved(release=release, for_post=post, documents="0" * 64, drafts="0" * 64)
        for post in ("DBG chair", "DBG data lead")
    )
    for body in (
        ReleaseChecked(release=release, scope=scope, documents=1, findings="0" * 64, audited=True, shows=shows),
        ReviewOpened(release=release, approvals=2, deputies_from=day, deadline=day),
        chair,
        lead,
        ReleaseIssued(release=release, to="released_limited", recipients=to),
    ):
        by = actor.model_copy(update={"person": "1b2c3d4e"}) if body is lead else actor
        append(log, lambda _, body=body: body, by=by, at=at)
    return release


def test_the_page_about_permissions(tartanrug, desk):
    done = {}
    for words in commands("permissions.md"):
        if "withdraw" in words:
            release = issue(desk, Variant.DFE, "825", "Ofsted", day=date(2026, 2, 5))
        done[tuple(words[1:3])] = result = tartanrug(*words)
        assert result.code == (11 if "ask" in words else 0), (words, result.err)
    asked = done["ask", "--audience"].words
    assert "Surrey (936)" in asked
    assert "Buckinghamshire" not in asked
    withdrawn = done["withdraw", "p0001"].words
    assert f"release {release[:12]}" in withdrawn
    assert "Ofsted: dfe 2025-26-Q2, 825" in withdrawn
    assert "extension not seen" in done["agreements", "--on"].words
    assert "review was due on 2024-06-30" in done["agreements", "--region"].words
    assert len(permissions_of(read_chain(log_folder(desk / LONDON)))) == 2
    assert "answered: yes" in done["requests", "--on"].words


def test_the_example_of_an_agreement_is_one():
    text = (HOW_TO / "permissions.md").read_text(encoding="utf-8")
    (example,) = yaml.safe_load(text.split("```yaml\n")[2].split("```")[0])
    assert Agreement.model_validate(example).holds(date(2026, 4, 1))


def test_the_page_about_leaving(tartanrug, desk, tmp_path):
    issue(desk, Variant.INTERNAL, "", "data lead of 825", day=date(2025, 9, 1))
    for words in commands("leaving.md"):
        result = tartanrug(*words)
        assert result.code == 0, (words, result.err)
    recall = (tmp_path / "letters" / "recall.txt").read_text(encoding="utf-8")
    assert "internal 2025-26-Q2" in recall
    assert "data lead of 825" in recall
    again = tartanrug("returns", "as-known", "--day", "2025-12-01", "--into", tmp_path / "then")
    assert again.code == 0, again.err
    assert "Reproducibility of older releases ends here" in again.words


def test_the_page_about_incidents(tartanrug, desk):
    for words in commands("incidents.md"):
        result = tartanrug(*words)
        assert result.code == 0, (words, result.err)
        if "open" in words:
            assert "internal 2025-26-Q2 went to a charity" in result.words
            assert "to be told without delay: Buckinghamshire (825)" in result.words
            assert "personal data alone" in result.words
    (incident,) = incidents_of(read_chain(log_folder(desk / HOME)))
    assert incident.closed is not None


def test_a_named_release_to_somebody_outside_needs_everybody_it_names(tartanrug, desk):
    internal = Scope(
        variant=Variant.INTERNAL, audience="key staff", region="south-east", period=PERIOD, source="made-up"
    )
    summary = internal.model_copy(update={"variant": Variant.DFE, "authority": "825"})
    chain = lambda: read_chain(log_folder(desk / HOME))  # noqa: E731
    now = date(2026, 2, 5)

    def allowed(scope: Scope, *to: str, rules=RULES, on: date = now):
        return refuse_unless_allowed(chain(), scope, to, SOUTH_EAST, rules, AGREEMENTS, on)

    assert allowed(internal).clause == "5.1, 5.5.3"
    with pytest.raises(RefusedError, match=r"867, .*for Ofsted"):
        allowed(internal, "Ofsted")
    assert allowed(internal, "key staff of Kent", "DBG chair")
    assert allowed(summary, "dfe", "Department for Education")
    # How a name begins lets nobody in.
    for outside in ("DfEs friends", "DfE's contractor", "DfE regional improvement lead", "key staff of a charity"):
        with pytest.raises(RefusedError, match=f"for {outside}") as refused:
            allowed(summary, outside)
        assert "recipients.yml" in refused.value.remedy
    for outside in ("DBG guests", "key staff of Kent Police", "key staff of Camden", "DfE"):
        with pytest.raises(RefusedError, match=f"for {outside}"):
            allowed(internal, outside)
    # The example of the page, entered as it stands there.
    page = (HOW_TO / "permissions.md").read_text(encoding="utf-8")
    (desk / HOME / "recipients.yml").write_text(page.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    entered = sharing_rules("south-east", desk / HOME)
    assert allowed(summary, "DfE regional improvement lead", rules=entered)
    with pytest.raises(RefusedError, match="for DfE regional improvement lead"):
        allowed(internal, "DfE regional improvement lead", rules=entered)
    with pytest.raises(RefusedError, match="improvement lead's deputy"):
        allowed(summary, "DfE regional improvement lead's deputy", rules=entered)
    with pytest.raises(RefusedError, match="no permission of 825 for Ofsted"):
        allowed(summary, "Ofsted")
    assert allowed(summary, "Ofsted", rules=RULES.model_copy(update={"summaries_for_others": "agreed"}))
    granted = ("--audience", "ofsted", "--purpose", "a visit", "--evidence", "letter 1", "--on", "2026-02-01")
    assert tartanrug("permit", "grant", "--authority", "825", *granted).code == 0
    assert allowed(summary, "Ofsted").clause == "5.4"
    with pytest.raises(RefusedError, match="no agreement"):
        allowed(summary, on=date(2025, 3, 31))
    assert allowed(summary.model_copy(update={"variant": Variant.PUBLIC}), "anyone", on=date(1999, 1, 1)) is None


def test_what_was_issued_is_told_for_each_recipient_with_whom_it_names(desk):
    issue(desk, Variant.DFE, "825", "Department for Education", "Ofsted", day=date(2026, 2, 5))
    issue(desk, Variant.INTERNAL, "", "key staff of Kent", day=date(2026, 2, 6))
    copies = issued_copies(read_chain(log_folder(desk / HOME)), SOUTH_EAST.everyone)
    assert [(one.audience, len(one.shown), one.issued.day) for one in copies] == [
        ("Department for Education", 1, 5),
        ("Ofsted", 1, 5),
        ("key staff of Kent", 19, 6),
    ]


def test_those_are_told_of_an_incident_of_whom_something_went_out_and_not_all_members(tartanrug, desk):
    """Of four councils two had a summary. Before the log noted whom a release shows, all members were told."""
    release = issue(desk, Variant.DFE, "", "Department for Education", day=date(2026, 2, 5), shows=("825", "886"))
    lost = ("incident", "open", "a report was sent outside", "--to", "a charity", "--document")
    told = tartanrug(*lost, release)
    assert told.code == 0, told.err
    assert "to be told without delay: Buckinghamshire (825), Kent (886)" in told.words
    assert "Surrey" not in told.words
    before = issue(desk, Variant.INTERNAL, "", "key staff of Kent", day=date(2026, 2, 6))
    every = tartanrug(*lost, before).words
    assert "Surrey (936)" in every
    assert "Isle of Wight (921)" in every


def test_nobody_writes_in_the_log_unknown(tartanrug, desk, monkeypatch):
    monkeypatch.setenv("TARTANRUG_PERSON", "ffffffff")
    done = tartanrug("permit", "grant", "--authority", "825", "--audience", "Ofsted", "--purpose", "a visit",
                     "--evidence", "letter 1")  # fmt: skip
    assert done.code == 3
    assert "enrol" in done.words
    assert not log_folder(desk / HOME).exists()
