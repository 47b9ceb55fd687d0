"""Agreements: what sharing rests on, from when until when, and what is due of them (S1 5, 15, 17, 18; S4 4.1, 4.2).

The kit ships the memoranda as their texts have them; a region adds what it knows more of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, RootModel, model_validator

from analysis.config import PACKAGE
from analysis.reference.model import Record
from analysis.reference.yaml_file import YamlFile, read_yaml
from analysis.registers.wording import Code, Words

SHIPPED = PACKAGE / "registers" / "data" / "agreements.yml"
OWN = "agreements.yml"
"""A region's own file, in its folder of registers."""


class Purpose(StrEnum):
    """What something is shared for."""

    BENCHMARKING = "benchmarking"
    """The members' own reports."""
    PARTNERS_ANONYMISED = "partners_anonymised"
    """Anonymised reports for local partners and Ofsted."""
    DFE_SUMMARY = "dfe_summary"
    """The summary of each authority for the Department for Education."""
    SUMMARY_FOR_OTHERS = "summary_for_others"
    """The same summary for others, as Ofsted."""
    RIIA_SUBMISSION = "riia_submission"
    """The quarterly data set of the regional improvement and innovation alliances."""
    WIDER_GOVERNMENT = "wider_government"
    """Insights across government departments, by agreement."""
    OTHER_ORGANISATIONS = "other_organisations"
    """Projects and other agreed organisations."""
    PEER_CHALLENGE = "peer_challenge"
    """Data profiles and reports of peer challenge."""


class Signature(Record):
    """That somebody signed: an authority, or another party."""

    authority: Code | None = None
    party: Words = ""
    date: date | None
    """None where the copy bears no date."""
    posts: tuple[Words, ...] = ()
    """Who signed, by post."""

    @model_validator(mode="after")
    def _one_signatory(self) -> Self:
        if (self.authority is None) == (not self.party):
            raise ValueError("say which authority signed, or which other party")
        return self


class Extension(Record):
    """A longer term. "Any extension must be in writing and signed by all the parties" (S1 5)."""

    until: date
    agreed: date
    signed_by_all: bool
    evidence: Words = Field(min_length=3)


class Variation(Record):
    """A change of what was agreed. "Documented in writing and agreed by all parties in writing" (S1 17)."""

    agreed: date
    what: Words = Field(min_length=3)
    agreed_by_all: bool
    evidence: Words = Field(min_length=3)


class Termination(Record):
    """That it was ended before its term, by notice in writing (S1 18)."""

    notice: date
    ends: date
    """The last day on which it holds."""
    by: Words
    evidence: Words = Field(min_length=3)


class Review(Record):
    """That it was looked over."""

    done: date
    next_due: date | None = None
    evidence: Words = Field(min_length=3)


class Agreement(Record):
    """One memorandum."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: Words
    regions: tuple[str, ...] = Field(min_length=1)
    parties: tuple[Words, ...]
    begins: date | None
    """None where no day is known: nothing rests on it then."""
    ends: date | None
    """The last day; None where the text has no end."""
    open: Words = ""
    """Why it is valid without an end."""
    term_clause: str = ""
    review_due: date | None = None
    review_clause: str = ""
    variation_clause: str = ""
    termination_clause: str = ""
    replaced_by: str = ""
    purposes: dict[Purpose, str]
    """What may be shared under it, with the clause that says so."""
    notes: Words = ""
    signatures: tuple[Signature, ...] = ()
    extensions: tuple[Extension, ...] = ()
    variations: tuple[Variation, ...] = ()
    terminations: tuple[Termination, ...] = ()
    reviews: tuple[Review, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.begins is not None and self.ends is not None and self.ends < self.begins:
            raise ValueError("it ends before it begins")
        return self

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, extensions and terminations counted; None without an end."""
        last = self.ends
        if last is not None:
            last = max([last, *(one.until for one in self.extensions if one.signed_by_all)])
        ended = [one.ends for one in self.terminations]
        return min([*ended, last] if last is not None else ended, default=None)

    def holds(self, on: date) -> bool:
        """Whether anything may rest on it on a day."""
        if self.begins is None or on < self.begins or self.replaced_by:
            return False
        last = self.last_day
        return last is None or on <= last

    def why_not(self, on: date) -> str:
        """Why nothing may rest on it on a day."""
        last = self.last_day
        if self.replaced_by:
            return f"replaced by {self.replaced_by}"
        if self.begins is None:
            return "no day of commencement known"
        if on < self.begins:
            return f"begins on {self.begins}"
        ended = f"ended on {last}"
        return f"{ended}, {self.notes}" if self.notes else ended

    @property
    def next_review(self) -> date | None:
        """The day by which it is to be looked over next; None where none is known."""
        newest = max(self.reviews, key=lambda one: one.done, default=None)
        return self.review_due if newest is None else newest.next_due

    def warnings(self, on: date, members: Iterable[str]) -> tuple[str, ...]:
        """What is due of it, though it holds.

        Parameters
        ----------
        members
            DfE codes of the region's members.
        """
        said = []
        due = self.next_review
        if due is not None and due < on:
            clause = f" ({self.review_clause})" if self.review_clause else ""
            said.append(f"its review was due on {due}{clause}: review it, or enter its successor")
        signed = {one.authority for one in self.signatures}
        if any(one.party for one in self.signatures):
            signed |= set(members)
        unseen = [code for code in members if code not in signed]
        if unseen:
            said.append(f"no signature seen of {len(unseen)} of its authorities: {', '.join(unseen)}")
        said += [
            f"a change of {one.agreed} is not agreed in writing by all ({self.variation_clause or 'no clause'})"
            for one in self.variations
            if not one.agreed_by_all
        ]
        return tuple(said)


class _File(RootModel[Annotated[tuple[Agreement, ...], BeforeValidator(lambda held: held or ())]]):
    """`agreements.yml`: a list."""


def load_agreements(region: str, registers: Path | None = None) -> tuple[Agreement, ...]:
    """The agreements of a region: those that the kit ships, with the region's own in their place or beside them.

    Parameters
    ----------
    region
        The region's id.
    registers
        The region's folder of registers.

    Raises
    ------
    BadReferenceError
        By name and line: an entry that does not fit, an id twice, an entry of another region.
    """
    held = {one.id: one for one in _read(SHIPPED) if region in one.regions}
    own = registers / OWN if registers is not None else None
    if own is not None and own.is_file():
        held |= {one.id: one for one in _read(own, region)}
    return tuple(held.values())


def _read(path: Path, region: str = "") -> Sequence[Agreement]:
    file: YamlFile[_File] = read_yaml(path, _File)
    seen: set[str] = set()
    for index, one in enumerate(file.content.root):
        if one.id in seen:
            raise file.refuse(f"another agreement is called {one.id}", index, "id", remedy="rename one")
        if region and region not in one.regions:
            raise file.refuse(f"{one.id} is of another region", index, "regions", remedy=f"add {region}, or move it")
        seen.add(one.id)
    return file.content.root
