"""What every change says: its title, its first quarter, why, whence, when, and who signed it off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from datetime import date as date_type  # inside a change, `date` is the field
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from analysis.errors import UsageError
from analysis.reference.model import Record
from analysis.reference.periods import Quarter


def _quarter(text: object) -> object:
    try:
        return Quarter.parse(text) if isinstance(text, str) else text
    except UsageError as error:
        raise ValueError(f"{error.what}: {error.remedy}") from None


class SignOff(Record):
    """Who agreed to a change, and when."""

    by: str = Field(min_length=2)
    """A role."""
    date: date


class Change(Record):
    """What every change says."""

    title: str = Field(min_length=3)
    first: Annotated[Quarter, BeforeValidator(_quarter), PlainSerializer(str)] = Field(alias="from")
    """The first quarter whose figures it holds for."""
    reason: str = Field(min_length=3)
    source: str = Field(min_length=3)
    """The document or publication that it comes from."""
    date: date
    """On which it was written down. A build as known earlier leaves it out."""
    signed_off: SignOff | None = None
    """Until it is, this is a proposal: only a preview reckons with it."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.signed_off is not None and self.signed_off.date < self.date:
            raise ValueError("it was signed off before its date")
        return self

    def known_on(self, day: date_type) -> Self | None:
        """As it stood at the end of a day: None before it was written, a proposal before it was signed off."""
        if self.date > day:
            return None
        if self.signed_off is not None and self.signed_off.date > day:
            return self.model_copy(update={"signed_off": None})
        return self

    @property
    def words(self) -> Iterable[tuple[str, str]]:
        """What people wrote freely, each with its key: it may name nobody."""
        yield from (("title", self.title), ("reason", self.reason), ("source", self.source))
        if self.signed_off is not None:
            yield "signed_off", self.signed_off.by

    @property
    def codes(self) -> Iterable[tuple[tuple[str | int, ...], str]]:
        """The authorities that it names, each with its place."""
        return ()

    @property
    def moves(self) -> frozenset[str] | None:
        """Whose own figures it can move, by DfE code; None for everybody's."""
        return frozenset()
