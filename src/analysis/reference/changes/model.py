"""The kinds of change as people write them: one file, one change, from one quarter on, signed off or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from analysis.reference.authority_table import Authority, OnsCode
from analysis.reference.changes.change import Change
from analysis.reference.model import Record
from analysis.reference.periods import Quarter

Code = Annotated[str, Field(pattern=r"^\d{3}$")]
Codes = Annotated[tuple[Code, ...], Field(min_length=1)]
Populations = Mapping[str, Annotated[int, Field(gt=0)]]
FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][\w.-]*\.csv$")]
"""Beside the change: a path would lead out of the folder."""


def _begins_a_year(quarter: Quarter) -> None:
    if quarter.number != 1:
        raise ValueError(
            f"councils change on 1 April, so it is from a Q1: {Quarter(quarter.start_year, 1)} or "
            f"{Quarter(quarter.start_year + 1, 1)}"
        )


class PopulationChange(Change):
    """Estimates of a mid-year that the package does not have, or that were revised."""

    kind: Literal["population"]
    mid_year: int = Field(ge=1990, le=2100)
    file: FileName | None = None
    populations: Populations = Field(default_factory=dict)
    """By DfE code: children aged 0 to 17."""

    @model_validator(mode="after")
    def _of_its_year(self) -> Self:
        if (self.file is None) == (not self.populations):
            raise ValueError("name a file, or write the populations here: one of the two")
        first = Quarter(self.mid_year + 1, 1)
        if self.first != first:
            raise ValueError(f"a financial year is measured on one mid-year: mid-{self.mid_year} holds from {first}")
        return self

    @property
    def moves(self) -> frozenset[str] | None:
        """Those with an estimate."""
        return frozenset(self.populations)

    @property
    def codes(self) -> Iterable[tuple[tuple[str | int, ...], str]]:
        """The authorities with an estimate."""
        yield from ((("populations", code), code) for code in self.populations)


class NeighboursChange(Change):
    """A new edition of the statistical neighbours."""

    kind: Literal["neighbours"]
    edition: str = Field(pattern=r"^\d{4}$")
    file: FileName


class DefinitionChange(Change):
    """An indicator is counted in another way, by everybody or by some."""

    kind: Literal["definition"]
    indicator: str
    authorities: Literal["all"] | Codes
    before: str = Field(min_length=3)
    after: str = Field(min_length=3)

    @property
    def words(self) -> Iterable[tuple[str, str]]:
        """Also what was counted before, and what is since."""
        yield from super().words
        yield from (("before", self.before), ("after", self.after))

    @property
    def moves(self) -> frozenset[str] | None:
        """Those who count in the new way."""
        return None if self.authorities == "all" else frozenset(self.authorities)

    @property
    def codes(self) -> Iterable[tuple[tuple[str | int, ...], str]]:
        """Those who count in the new way, where it is not all."""
        if self.authorities != "all":
            yield from ((("authorities", index), code) for index, code in enumerate(self.authorities))


class Successor(Record):
    """A council that begins."""

    code: Code
    ons_code: str = Field(pattern=r"^[EWNS]\d{8}$")
    name: str = Field(min_length=3)
    aliases: tuple[str, ...] = ()
    type: str
    populations: Mapping[int, Annotated[int, Field(gt=0)]] = Field(default_factory=dict)
    """By mid-year: children aged 0 to 17 within its boundaries."""


class Reorganisation(Change):
    """Councils end and others follow them: one (a merger), or several (a split)."""

    kind: Literal["reorganisation"]
    predecessors: Codes
    successors: tuple[Successor, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _of_whole_councils(self) -> Self:
        _begins_a_year(self.first)
        codes = [*self.predecessors, *(one.code for one in self.successors)]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"{twice[0]} stands there twice: a new council has a code of its own")
        return self

    @property
    def moves(self) -> frozenset[str] | None:
        """The new councils, which have no figure of before."""
        return frozenset(one.code for one in self.successors)

    @property
    def is_merger(self) -> bool:
        """Whether one council follows: only then is there a history to be had, as a sum."""
        return len(self.successors) == 1

    @property
    def codes(self) -> Iterable[tuple[tuple[str | int, ...], str]]:
        """Those who end."""
        yield from ((("predecessors", index), code) for index, code in enumerate(self.predecessors))

    def made(self, known: Mapping[str, Authority]) -> tuple[Authority, ...]:
        """The new councils, in the region of the first of those that they follow."""
        home = known[self.predecessors[0]]
        return tuple(
            Authority(
                code=one.code,
                ons_code=one.ons_code,
                name=one.name,
                aliases=one.aliases,
                region=home.region,
                region_code=home.region_code,
                london_subregion=home.london_subregion,
                type=one.type,
                ons_codes=(OnsCode(code=one.ons_code, first_year=self.first.year_ending, last_year=None),),
                first_year=self.first.year_ending,
                last_year=None,
                current=True,
                predecessors=self.predecessors,
                successors=(),
                change_date=f"{self.first.start_year}-04-01",
                note=self.title,
            )
            for one in self.successors
        )

    def ended(self, known: Mapping[str, Authority]) -> tuple[Authority, ...]:
        """Those who end, with their last year and who follows them."""
        update: dict[str, Any] = {
            "last_year": self.first.year_ending - 1,
            "current": False,
            "successors": tuple(one.code for one in self.successors),
            "change_date": f"{self.first.start_year}-04-01",
        }
        return tuple(known[code].model_copy(update=update) for code in self.predecessors)


class Membership(Change):
    """Authorities join the region's collection, or leave it."""

    kind: Literal["membership"]
    joins: tuple[Code, ...] = ()
    leaves: tuple[Code, ...] = ()
    joined_as: Literal["member", "outside"] | None = Field(default=None, alias="as")
    """For those who join: in the rank set, or from outside (S0 5.5)."""

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not (self.joins or self.leaves):
            raise ValueError("say who joins or who leaves")
        if bool(self.joins) != (self.joined_as is not None):
            raise ValueError("`as` is member or outside for those who join, and nothing else")
        return self

    @property
    def codes(self) -> Iterable[tuple[tuple[str | int, ...], str]]:
        """Those who come and go."""
        for key, codes in (("joins", self.joins), ("leaves", self.leaves)):
            yield from (((key, index), code) for index, code in enumerate(codes))


class Trust(Change):
    """A trust provides children's services for one or more authorities (S2 1.1)."""

    kind: Literal["trust"]
    name: str = Field(min_length=3)
    provides_for: Codes
    sends: bool
    """Whether their returns come from it."""
    reads: bool
    """Whether it gets their reports."""

    @property
    def words(self) -> Iterable[tuple[str, str]]:
        """Also what it is called."""
        yield from super().words
        yield "name", self.name

    @property
    def codes(self) -> Iterable[tuple[tuple[str | int, ...], str]]:
        """Those for whom it provides."""
        yield from ((("provides_for", index), code) for index, code in enumerate(self.provides_for))


class Processor(Change):
    """Who works with the data for the region (S0 5.5.5)."""

    kind: Literal["processor"]
    name: str = Field(min_length=3)

    @property
    def words(self) -> Iterable[tuple[str, str]]:
        """Also what it is called."""
        yield from super().words
        yield "name", self.name
