"""The people of a region's benchmarking: the names that belong to the numbers in the log, in a file of their own.

The log holds posts and numbers. Whoever leaves, or asks for it, is struck from this file, and the log stays whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Self

import yaml
from filelock import FileLock, Timeout
from pydantic import AfterValidator, Field, model_validator

from analysis import store
from analysis.errors import BadReferenceError, BusyError, ExitCode, UserError
from analysis.reference.model import Record
from analysis.reference.yaml_file import read_yaml
from analysis.registers.log.event import NOBODY, NOT_ENROLLED, Actor
from analysis.registers.wording import Code, Words


def _of_somebody(number: str) -> str:
    if number == NOBODY:
        raise ValueError("it stands for whoever is not enrolled")
    return number


PersonId = Annotated[str, Field(pattern=r"^[0-9a-f]{8}$"), AfterValidator(_of_somebody)]
"""Drawn at random once; it says nothing about the person."""
FILE = "people.yml"
_HEADER = (
    "# Who is behind the numbers in the log (docs/how-to/log.md). Personal data: for the group alone.\n"
    "# Whoever is struck from here stays a number in the log.\n"
)
_SECONDS = 10


class UnknownPersonError(UserError):
    """Nobody is enrolled by this account or number."""

    exit_code = ExitCode.BAD_REFERENCE


class Person(Record):
    """One person of the region."""

    name: str = Field(min_length=2, max_length=100, pattern=r"^[^\r\n]+$")
    post: Words = Field(min_length=2, max_length=100)
    """`DBG chair`, `performance analyst of 825`: what the log holds of them, beside the number."""
    authority: Code | None = None
    """DfE code of whom they work for; None for those who work for the region as a whole."""
    accounts: tuple[str, ...] = ()
    """What the machines call them when they have logged in; upper and lower case are one."""


class People(Record):
    """`people.yml`."""

    people: dict[PersonId, Person] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_account_one_person(self) -> Self:
        accounts = [account.casefold() for person in self.people.values() for account in person.accounts]
        twice = sorted({account for account in accounts if accounts.count(account) > 1})
        if twice:
            raise ValueError(f"two people have one account: {', '.join(twice)}")
        return self

    def by_account(self, account: str) -> PersonId | None:
        """The number of whoever logs in by this name."""
        wanted = account.casefold()
        for number, person in self.people.items():
            if wanted in (known.casefold() for known in person.accounts):
                return number
        return None

    def name_of(self, actor: Actor) -> str:
        """`Jane Smith, DBG chair`, or the post and number alone of someone who was struck from the file."""
        if actor == NOT_ENROLLED:
            return actor.post
        person = self.people.get(actor.person)
        return f"{person.name}, {actor.post}" if person else f"{actor.post} ({actor.person})"


def people_path(registers: Path) -> Path:
    """Where a region's people are in its folder of registers."""
    return registers / FILE


def read_people(path: Path) -> People:
    """The people of a region; nobody where there is no file.

    Raises
    ------
    BadReferenceError
        By name and line.
    """
    return read_yaml(path, People).content if path.is_file() else People()


def enrol(path: Path, number: PersonId, person: Person) -> People:
    """Add a person to the file, which is made if there is none.

    Parameters
    ----------
    path
        As `people_path`.
    number
        Drawn at random by the caller.

    Raises
    ------
    BadReferenceError
        If one of the accounts belongs to somebody already, or the number does.
    BusyError
        If somebody else is writing to it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=_SECONDS):
            before = read_people(path)
            taken = [account for account in person.accounts if before.by_account(account) is not None]
            known = [one.name.casefold() for one in before.people.values()]
            if person.name.casefold() in known:
                # One person with two numbers could approve twice.
                what = "somebody of this name is enrolled already"
                remedy = f"add the account to their entry in {path.name}; for another person, write the name in full"
                raise BadReferenceError(what, where=path.name, remedy=remedy)
            if taken or number in before.people:
                what = f"somebody is enrolled by {', '.join(taken) or number} already"
                raise BadReferenceError(what, where=path.name, remedy="see who, and change their entry instead")
            after = People(people={**before.people, number: person})
            content = yaml.safe_dump(after.model_dump(mode="json"), allow_unicode=True, sort_keys=False)
            store.write_text(path, _HEADER + content)
            return after
    except Timeout:
        raise BusyError("somebody else is writing to the people's file", where=path.name, remedy="try again") from None


def actor_of(registers: Path, *, account: str, person: str = "") -> Actor:
    """Who is at the keyboard, as the log holds them.

    Parameters
    ----------
    registers
        The region's folder of registers.
    account
        What the machine calls who has logged in.
    person
        A number from the settings, which goes before the account; empty where they say none.

    Returns
    -------
    Actor
        `known_by` says which of the two it rests on. Either is attested, not proven.

    Raises
    ------
    UnknownPersonError
        If nobody is enrolled so.
    """
    people = read_people(people_path(registers))
    number = person or people.by_account(account)
    if not number or number not in people.people:
        who = f"the number {person}" if person else f"the account {account}"
        raise UnknownPersonError(
            f"nobody is enrolled by {who}, and the log must say who did it",
            where=f"{registers.name}/{FILE}",
            remedy='tartanrug log enrol --name "NAME" --post "POST"',
        )
    return Actor(post=people.people[number].post, person=number, known_by="settings" if person else "account")


def of_authority(people: People, code: str) -> Sequence[Person]:
    """Whoever works for an authority."""
    return [person for person in people.people.values() if person.authority == code]
