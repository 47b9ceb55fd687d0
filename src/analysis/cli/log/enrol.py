"""`tartanrug log enrol`: a person gets a random number, under which the log knows them."""

from __future__ import annotations

import getpass
import secrets
from collections.abc import Sequence

from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape

from analysis.cli.identity import ATTESTED, VARIABLE
from analysis.cli.release.desk import desk_of
from analysis.config import shown
from analysis.errors import ExitCode, UsageError
from analysis.reference.authorities import find_authority
from analysis.reference.yaml_file import in_words
from analysis.registers.people import Person, people_path
from analysis.registers.people import enrol as add_person


def enrol_person(
    name: str, post: str, accounts: Sequence[str], authority: str, region: str, source: str, console: Console
) -> int:
    """Add a person to the region's people.

    Raises
    ------
    UserError
        If there is no such region or authority, the post names a person, or an account belongs to somebody.
    """
    desk = desk_of(region, source)
    try:
        person = Person(
            name=name,
            post=post,
            authority=find_authority(authority).code if authority else None,
            accounts=tuple(accounts) or (getpass.getuser(),),
        )
    except ValidationError as error:
        first = error.errors()[0]
        what = f"{'.'.join(map(str, first['loc']))}: {in_words(first)}"
        raise UsageError(what, remedy="a post is a role: DBG chair, performance analyst of 825") from None
    number, path = secrets.token_hex(4), people_path(desk.registers)
    add_person(path, number, person)
    console.print(f"[bold]{number}[/bold]  {escape(person.post)}  ({escape(', '.join(person.accounts))})")
    console.print(f"The name is in {escape(shown(path))} alone. On another machine: {VARIABLE}={number}")
    console.print(ATTESTED)
    return int(ExitCode.OK)
