"""A region's rules of sharing: who may permit what, how a doubtful clause is read, how long copies are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from analysis.config import PACKAGE
from analysis.reference.authorities import authorities
from analysis.reference.matching import plain
from analysis.reference.model import Record
from analysis.reference.regions import find_region
from analysis.reference.yaml_file import read_yaml
from analysis.registers.recipients import Inside, load_recipients
from analysis.registers.wording import Words

SHIPPED = PACKAGE / "registers" / "data" / "sharing"
OWN = "sharing.yml"
"""A region's own file, in its folder of registers."""


class CollectiveGrantor(Record):
    """A body that may permit in the place of the authorities."""

    name: Words
    source: Words
    """The clause that says so."""


class Authorisation(Record):
    """A body without whose word nothing is shared with those outside, whoever permits it."""

    by: Words
    not_for: tuple[Words, ...] = ()
    """Audiences whose share the memorandum itself agrees."""
    source: Words


class Retention(Record):
    """For how many months after a quarter's last day working copies are kept."""

    staging: int = Field(ge=1, le=120)
    working: int = Field(ge=1, le=120)
    stages: int = Field(ge=1, le=120)


class SharingRules(Record):
    """`sharing.yml`."""

    collective_grantors: tuple[CollectiveGrantor, ...]
    authorisation: Authorisation | None
    inside: dict[Inside, tuple[Words, ...]]
    """By variant: the names of the recipients for whom it is made, each whole."""
    permission_months: int = Field(ge=1, le=60)
    summaries_for_others: Literal["permission", "agreed"]
    retention: Retention

    def collective(self, name: str) -> CollectiveGrantor | None:
        """The body of this name that may permit for authorities."""
        return next((one for one in self.collective_grantors if plain(one.name) == plain(name)), None)

    def authorising(self, audience: str) -> str:
        """The body whose word is needed before anything goes to an audience; empty where none is."""
        rule = self.authorisation
        if rule is None or plain(audience) in map(plain, rule.not_for):
            return ""
        return rule.by

    def is_outside(self, recipient: str, variant: str) -> bool:
        """Whether a recipient of a named variant is none of those for whom it is made, by the whole name."""
        known = (name for key, names in self.inside.items() if key == variant for name in names)
        return plain(recipient) not in map(plain, known)

    def asks_permission(self, *, named: bool, outside: bool, summary: bool = False) -> bool:
        """Whether a document needs the permission of the authorities that it shows.

        Parameters
        ----------
        named
            Whether it names authorities beside the one that shares it. An anonymised one, or one of published figures
            alone, does not (S0 5.2; 5.5.3 iii, iv).
        outside
            Whether it goes to anybody but key staff of the members (S0 5.5.3 i). The DfE's own summary is agreed to
            go to it (S0 5.4), and is not outside.
        summary
            Whether it is a summary benchmarking report (S0 5.4).
        """
        if not (named and outside):
            return False
        return not (summary and self.summaries_for_others == "agreed")


def sharing_rules(region: str, registers: Path | None = None) -> SharingRules:
    """The rules of a region: its own file, else the kit's for the region, else the kit's for all.

    Inside are, beside those whom the file names, the key staff of each member by the member's name, and whom the region
    has entered (`recipients.yml`).

    Parameters
    ----------
    region
        The region's id.
    registers
        The region's folder of registers.

    Raises
    ------
    BadReferenceError
        By name and line.
    """
    own = (registers / OWN,) if registers is not None else ()
    places = (*own, SHIPPED / f"{region}.yml", SHIPPED / "common.yml")
    rules = read_yaml(next(path for path in places if path.is_file()), SharingRules).content
    entered = load_recipients(registers) if registers is not None else ()
    staff = tuple(f"key staff of {authorities()[code].name}" for code in find_region(region).everyone)
    inside = {
        variant: (*names, *staff, *(one.name for one in entered if variant in one.variants))
        for variant, names in rules.inside.items()
    }
    return rules.model_copy(update={"inside": inside})
