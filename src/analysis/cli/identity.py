"""Who is at the keyboard: by the settings of their machine, else by the account they have logged in with.

Both are attested and not proven: whoever can write in the shared folder could write another's number.
"""

from __future__ import annotations

import getpass
import os
from pathlib import Path

import typer

from analysis.reference.model import Record
from analysis.reference.yaml_file import read_yaml
from analysis.registers.log.event import NOT_ENROLLED, Actor
from analysis.registers.people import PersonId, UnknownPersonError, actor_of

VARIABLE = "TARTANRUG_PERSON"
"""A person's number in the environment; it goes before the settings file."""
ATTESTED = "Who did what is attested by the account or the settings of their machine; it is not proven."
"""Said wherever the log's people are shown."""


class Settings(Record):
    """`settings.yml` in the user's own folder of settings."""

    person: PersonId


def settings_path() -> Path:
    """Where a person's own settings are on their machine."""
    return Path(typer.get_app_dir("tartanrug")) / "settings.yml"


def whoever_this_is(registers: Path) -> Actor:
    """Who is at the keyboard, as the region's log holds them.

    Parameters
    ----------
    registers
        The region's folder of registers.

    Raises
    ------
    UnknownPersonError
        If nobody is enrolled by the number or the account.
    BadReferenceError
        If the settings or the people's file can't be read.
    """
    return actor_of(registers, account=_account(), person=_from_settings())


def whoever_this_may_be(registers: Path) -> Actor:
    """Who is at the keyboard, or that nobody is enrolled who is: of what is noted whoever does it.

    Raises
    ------
    BadReferenceError
        As `whoever_this_is`.
    """
    try:
        return whoever_this_is(registers)
    except UnknownPersonError:
        return NOT_ENROLLED


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):
        return ""  # a machine that calls this account nothing: Python says so in three ways


def _from_settings() -> str:
    given = os.environ.get(VARIABLE, "").strip()
    if given:
        return given
    path = settings_path()
    return read_yaml(path, Settings).content.person if path.is_file() else ""
