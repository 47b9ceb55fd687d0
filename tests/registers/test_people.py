"""Names and numbers: the log says who by a number, and the file that names them can lose anybody."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import pytest
from pydantic import ValidationError

from analysis.errors import BadReferenceError
from analysis.registers.log.chain import append, log_folder, read_chain
from analysis.registers.log.event import NOBODY, NOT_ENROLLED, Body
from analysis.registers.people import Person, UnknownPersonError, actor_of, enrol, people_path, read_people

JANE = Person(name="Jane Smith", post="DBG chair", accounts=("JSmith",))


class Noted(Body):
    kind: ClassVar[str] = "thing_noted"


def test_an_account_is_found_whatever_its_letters_are(tmp_path: Path) -> None:
    enrol(people_path(tmp_path), "01234567", JANE)
    found = actor_of(tmp_path, account="jsmith")
    assert (found.person, found.post, found.known_by) == ("01234567", "DBG chair", "account")


def test_the_number_of_nobody_is_given_to_nobody(tmp_path: Path) -> None:
    enrol(people_path(tmp_path), "01234567", JANE)
    with pytest.raises(ValidationError, match="not enrolled"):
        enrol(people_path(tmp_path), NOBODY, Person(name="Ali Khan", post="DBG data lead"))
    with pytest.raises(UnknownPersonError):
        actor_of(tmp_path, account="jsmith", person=NOBODY)
    assert read_people(people_path(tmp_path)).name_of(NOT_ENROLLED) == "not enrolled"


def test_settings_go_before_the_account_and_are_said(tmp_path: Path) -> None:
    enrol(people_path(tmp_path), "01234567", JANE)
    enrol(people_path(tmp_path), "1e345678", Person(name="Ali Khan", post="DBG data lead", accounts=("akhan",)))
    found = actor_of(tmp_path, account="jsmith", person="1e345678")
    assert (found.person, found.post, found.known_by) == ("1e345678", "DBG data lead", "settings")


@pytest.mark.parametrize(("account", "person"), [("someone", ""), ("jsmith", "ffffffff"), ("", "")])
def test_who_is_not_enrolled_is_told_how(tmp_path: Path, account: str, person: str) -> None:
    enrol(people_path(tmp_path), "01234567", JANE)
    with pytest.raises(UnknownPersonError, match="log enrol"):
        actor_of(tmp_path, account=account, person=person)


def test_one_account_belongs_to_one_person_and_one_number_too(tmp_path: Path) -> None:
    path = people_path(tmp_path)
    enrol(path, "01234567", JANE)
    before = path.read_bytes()
    for number, account in (("00000001", "JSMITH"), ("01234567", "other")):
        with pytest.raises(BadReferenceError, match="enrolled"):
            enrol(path, number, Person(name="Another One", post="DBG data lead", accounts=(account,)))
    path.write_bytes(before + b"  '00000002': {name: Ann Other, post: DBG vice-chair, accounts: [jsmith]}\n")
    with pytest.raises(BadReferenceError, match="two people have one account"):
        read_people(path)


def test_one_person_gets_no_second_number_with_which_to_approve_twice(tmp_path: Path) -> None:
    enrol(people_path(tmp_path), "01234567", JANE)
    with pytest.raises(BadReferenceError, match="this name"):
        enrol(people_path(tmp_path), "76543210", JANE.model_copy(update={"name": "jane SMITH", "accounts": ("other",)}))
    assert len(read_people(people_path(tmp_path)).people) == 1


def test_a_person_struck_from_the_file_stays_a_number_in_a_whole_log(tmp_path: Path) -> None:
    enrol(people_path(tmp_path), "01234567", JANE)
    who = actor_of(tmp_path, account="jsmith")
    append(log_folder(tmp_path), lambda _: Noted(), by=who, at=datetime(2026, 2, 4, tzinfo=UTC))
    assert not any(b"Smith" in path.read_bytes() for path in log_folder(tmp_path).iterdir())
    assert read_people(people_path(tmp_path)).name_of(who) == "Jane Smith, DBG chair"
    people_path(tmp_path).unlink()
    assert read_people(people_path(tmp_path)).name_of(who) == "DBG chair (01234567)"
    assert [event.by for event in read_chain(log_folder(tmp_path)).events] == [who]
