"""Requests with their notice, incidents with their clock: what is said of them on a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from analysis.registers.incidents import (
    BadIncidentError,
    Incident,
    PersonalData,
    Sent,
    closing,
    find_incident,
    noting,
    opening,
)
from analysis.registers.log.chain import append, read_chain
from analysis.registers.log.event import Actor
from analysis.registers.requests import BadRequestError, answering, receiving, requests_of

CHAIR = Actor(post="DBG chair", person="0a1b2c3d", known_by="account")
AWARE = datetime(2026, 2, 4, 14, 30, tzinfo=UTC)
ASKED = date(2026, 3, 1)


@pytest.fixture
def write(tmp_path: Path):
    return lambda decide, at=AWARE: append(tmp_path, decide, by=CHAIR, at=at)


def ask(answer_by: date = date(2026, 3, 31)):
    return receiving(asker="DfE", purpose="a review", wanted="referrals", received=ASKED, answer_by=answer_by)


def test_a_request_counts_its_notice_down_until_it_is_answered(write, tmp_path: Path) -> None:
    write(ask())
    (request,) = requests_of(read_chain(tmp_path))
    assert request.notice == 30
    assert request.state(date(2026, 3, 30)) == "open, 1 day left"
    assert request.state(date(2026, 4, 2)) == "overdue by 2 days"
    write(answering("r0001", answer="in part", answered=date(2026, 3, 20), evidence="minutes"))
    (request,) = requests_of(read_chain(tmp_path))
    assert request.state(date(2026, 4, 2)) == "answered: in part"
    assert request.state(date(2026, 3, 19)) == "open, 12 days left"


def test_a_request_is_answered_once_and_not_before_it_came(write) -> None:
    write(ask())
    with pytest.raises(BadRequestError, match="dated before"):
        write(answering("r0001", answer="no", answered=date(2026, 2, 28), evidence="minutes"))
    write(answering("r0001", answer="no", answered=ASKED, evidence="minutes"))
    with pytest.raises(BadRequestError, match="was answered"):
        write(answering("r0001", answer="yes", answered=ASKED, evidence="minutes"))
    with pytest.raises(BadRequestError, match="no request r0002"):
        write(answering("r0002", answer="yes", answered=ASKED, evidence="minutes"))
    with pytest.raises(ValidationError):
        write(ask(answer_by=date(2026, 2, 1)))


def opened(personal: PersonalData):
    sent = (Sent(document="internal 2025-26-Q2", recipients=("a charity",)),)
    return opening(what="sent outside", aware=AWARE, personal=personal, sent=sent, shown=("825",))


def incident(folder: Path) -> Incident:
    return find_incident(read_chain(folder), "i0001")


def test_the_clock_runs_from_when_the_group_knew_and_stops_where_no_person_is_concerned(write, tmp_path: Path) -> None:
    write(opened(PersonalData.UNKNOWN), AWARE + timedelta(hours=5))
    assert incident(tmp_path).deadline == datetime(2026, 2, 7, 14, 30, tzinfo=UTC)
    assert "48 hours left" in incident(tmp_path).clock(AWARE + timedelta(hours=24))
    assert "not known yet" in incident(tmp_path).clock(AWARE)
    assert "by 8 hours" in incident(tmp_path).clock(AWARE + timedelta(hours=80))
    write(noting("i0001", note="aggregate counts above 5 alone", personal=PersonalData.NO))
    assert "no personal data" in incident(tmp_path).clock(AWARE + timedelta(hours=80))
    write(noting("i0001", note="a count of 2 was found after all", personal=PersonalData.YES))
    assert "Article 33: over" in incident(tmp_path).clock(AWARE + timedelta(hours=80))


def test_no_incident_is_closed_while_nobody_said_whether_people_are_concerned(write, tmp_path: Path) -> None:
    write(opened(PersonalData.UNKNOWN))
    with pytest.raises(BadIncidentError, match="nobody has said"):
        write(closing("i0001", outcome="deleted"))
    write(noting("i0001", note="looked through", personal=PersonalData.NO))
    write(closing("i0001", outcome="deleted"), AWARE + timedelta(days=3))
    assert incident(tmp_path).clock(AWARE + timedelta(days=9)) == "closed on 2026-02-07"
    with pytest.raises(BadIncidentError, match="was closed"):
        write(noting("i0001", note="one more thing"))
    with pytest.raises(BadIncidentError, match="no incident i0009"):
        write(closing("i0009", outcome="deleted"))
