"""What must have happened before a document goes out: data that the benchmarking group owns, and their hash."""

from __future__ import annotations

import calendar
import hashlib
from datetime import date
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from analysis.config import PACKAGE
from analysis.reference.model import Record
from analysis.reference.yaml_file import read_yaml
from analysis.registers.wording import Words
from analysis.views.model import Variant

SHIPPED = PACKAGE / "release" / "policy.yml"
OWN = "release.yml"
"""A region's own file, in its folder of registers."""


class Post(Record):
    """A post that may approve, and who stands in for it."""

    post: Words = Field(min_length=2, max_length=100)
    deputies: tuple[Words, ...] = ()


class Review(Record):
    """How the group checks before anything goes to the DfE (S1 14)."""

    approvals: int = Field(ge=2)
    """Two at least: the kit's promise does not depend on a region's settings."""
    posts: tuple[Post, ...] = Field(min_length=2)
    deputies_after: int = Field(ge=0)
    """Working days from the opening of a review."""
    deadline: int = Field(ge=1)
    """Working days from the opening of a review."""

    @model_validator(mode="after")
    def _hang_together(self) -> Self:
        if self.approvals > len(self.posts):
            raise ValueError("approvals is above the number of posts, so that nothing could be approved")
        if self.deputies_after >= self.deadline:
            raise ValueError("deputies_after must come before the deadline")
        words = [one.casefold() for post in self.posts for one in (post.post, *post.deputies)]
        if len(set(words)) < len(words):
            raise ValueError("a post stands here twice, and one person could approve for two")
        return self


class Expiry(Record):
    """Months after a quarter's last day; a public document has no end."""

    internal: int = Field(ge=1, le=120)
    own: int = Field(ge=1, le=120)
    anonymised: int = Field(ge=1, le=120)
    dfe: int = Field(ge=1, le=120)


class Dfe(Record):
    """What is said in summaries for the DfE."""

    sentence_waits: int = Field(ge=1, le=60)
    """Working days after an authority was asked about what is unusual for it (S0 4.4.2 to 4.4.5)."""


class Rules(Record):
    """`policy.yml`."""

    review: Review
    expiry: Expiry
    dfe: Dfe


class ReleasePolicy(Rules):
    """The rules in force, and which file says so."""

    sha256: str

    def use_until(self, variant: Variant, quarter_end: date) -> date | None:
        """The last day on which a document may be used; None where it may be used for ever."""
        if variant is Variant.PUBLIC:
            return None
        return _months_after(quarter_end, getattr(self.expiry, variant.value))


def _months_after(day: date, months: int) -> date:
    """The last day of the month that lies so many months on."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def release_policy(registers: Path | None = None) -> ReleasePolicy:
    """Read the release policy.

    Parameters
    ----------
    registers
        The region's folder of registers, whose own file goes before the kit's.

    Returns
    -------
    ReleasePolicy
        With the SHA-256 of the file's text (its lines ended by a line feed, whatever the checkout did to them).

    Raises
    ------
    BadReferenceError
        By name and line.
    """
    own = registers / OWN if registers is not None else None
    return _read(own if own is not None and own.is_file() else SHIPPED)


def _read(path: Path) -> ReleasePolicy:
    rules = read_yaml(path, Rules).content
    text = path.read_text(encoding="utf-8-sig")
    return ReleasePolicy(**rules.model_dump(), sha256=hashlib.sha256(text.encode("utf-8")).hexdigest())
