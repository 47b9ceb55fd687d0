"""Recipients whom a region has entered as inside: each by its exact name, for a variant, with where that stands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, RootModel

from analysis.reference.model import Record
from analysis.reference.yaml_file import read_yaml
from analysis.registers.wording import Words

FILE = "recipients.yml"
"""In a region's folder of registers."""
Inside = Literal["internal", "dfe"]
"""Variants that name authorities and are made for somebody."""


class Recipient(Record):
    """Somebody for whom a variant is made, beside those whom `sharing.yml` names."""

    name: Words = Field(min_length=2, max_length=100)
    """A post or a mailbox, as it is written after `--to` or `--for`."""
    organisation: Words = Field(min_length=2)
    """Where it belongs: a member, the group, the DfE."""
    variants: tuple[Inside, ...] = Field(min_length=1)
    evidence: Words = Field(min_length=3)
    """Where the group's decision is to be found."""


class _File(RootModel[Annotated[tuple[Recipient, ...], BeforeValidator(lambda held: held or ())]]):
    """`recipients.yml`: a list."""


def load_recipients(registers: Path) -> tuple[Recipient, ...]:
    """Everybody whom a region has entered; nobody where there is no file.

    Raises
    ------
    BadReferenceError
        By name and line.
    """
    path = registers / FILE
    return read_yaml(path, _File).content.root if path.is_file() else ()
