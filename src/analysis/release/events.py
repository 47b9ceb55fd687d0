"""What happens to releases, event by event: bodies of the region's log."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from analysis.reference.model import Record
from analysis.registers.log.event import Body, Digest
from analysis.registers.wording import Code, Words
from analysis.views.model import Variant

FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._ -]*$")]
"""Of one file in one folder: it leads nowhere else."""
Reason = Annotated[Words, Field(min_length=3)]
Step = Literal[
    "pack", "review", "approve", "issue", "supersede", "withdraw", "recall", "meeting", "brief", "bands", "name"
]
"""What was wanted and refused: a step of a release, a document for a reader outside, bands, or names in packs."""


class Scope(Record):
    """What a release is of, and for whom. There is one that holds at a time."""

    variant: Variant
    audience: Words = Field(min_length=2)
    """`Department for Education`, `key staff of the members`."""
    region: str
    period: str
    source: str
    """Made-up figures are released to nobody but those who practise."""
    authority: str = ""
    """DfE code of the one authority that it is about or for; empty for all of them together."""
    document: Words = Field(default="", max_length=120)
    """The title of a document that the kit did not make and that was registered; empty for the kit's own."""

    @model_serializer(mode="wrap")
    def _as_kept(self, kept: SerializerFunctionWrapHandler) -> dict[str, object]:
        """Without a title that there is not: manifests from before there were titles are read to the byte."""
        return {name: value for name, value in kept(self).items() if value or name != "document"}

    def shows(self, everyone: Collection[str]) -> tuple[str, ...]:
        """DfE codes of those whom it names with what is not published.

        Parameters
        ----------
        everyone
            DfE codes of all whose figures the region has or had: an internal document shows every one of them.
        """
        if self.variant is Variant.PUBLIC:
            return ()
        if self.authority and (self.document or self.variant is not Variant.INTERNAL):
            return (self.authority,)
        return () if self.document and self.variant is Variant.ANONYMISED else tuple(everyone)

    @property
    def words(self) -> str:
        """As it is told to people."""
        about = f", {self.authority}" if self.authority else ""
        kind = f"{self.variant.value} {self.period}{about}"
        return f"{self.document} ({kind})" if self.document else kind


class DocumentsBuilt(Body):
    """Documents were made for checking; whoever made them approves none of them."""

    kind: ClassVar[str] = "documents_built"
    variant: Variant
    period: str
    source: str
    documents: dict[FileName, Digest] = Field(min_length=1)
    drafts: dict[FileName, Digest] = Field(default_factory=dict)


class ReadingCopiesBuilt(Body):
    """Documents were made that nobody is asked to check: reports, documents for meetings, briefs.

    It makes nobody a builder of a release: the same figures give the same bytes, whoever makes them again.
    """

    kind: ClassVar[str] = "reading_copies_built"
    what: Variant | Literal["meetings", "briefs"]
    period: str
    source: str
    audience: Words = Field(default="", max_length=100)
    """For whom, where it is not for its usual readers."""
    shows: tuple[Code, ...] = ()
    """DfE codes of those of whom it holds what is not published, where there is such an audience."""
    documents: dict[FileName, Digest] = Field(min_length=1)


class DocumentRegistered(Body):
    """A document that the kit did not make was taken in (S0 5.5.3 i); whoever did it does not approve it."""

    kind: ClassVar[str] = "document_registered"
    scope: Scope
    made_by: Words = Field(min_length=3)
    """Which body or post made it."""
    documents: dict[FileName, Digest] = Field(min_length=2)
    """The file and its cover sheet."""


class ReleaseChecked(Body):
    """A set of documents passed the checks that a machine can make: its manifest is written."""

    kind: ClassVar[str] = "release_checked"
    release: Digest
    scope: Scope
    documents: int = Field(ge=1)
    findings: Digest
    """Of the checks' findings on the returns, as they stood."""
    audited: bool
    """Whether each file has passed the audit of who is concealed; anonymised documents must."""
    shows: tuple[Code, ...] = ()
    """DfE codes of those of whom it holds what is not published; empty in events from before this was noted."""

    @model_serializer(mode="wrap")
    def _as_kept(self, kept: SerializerFunctionWrapHandler) -> dict[str, object]:
        """Without what was not noted: older events are read to the byte."""
        return {name: value for name, value in kept(self).items() if value or name != "shows"}


class ReviewOpened(Body):
    """The DBG is asked to check (S1 14)."""

    kind: ClassVar[str] = "review_opened"
    release: Digest
    approvals: int = Field(ge=2)
    """How many are needed, by the policy of the day."""
    deputies_from: date
    deadline: date


class ReleaseApproved(Body):
    """One of the approvals, for these bytes."""

    kind: ClassVar[str] = "release_approved"
    release: Digest
    for_post: Words
    """The post that approves, also where a deputy does it."""
    documents: Digest
    """Of the final documents' names and hashes."""
    drafts: Digest
    """Of the drafts' that were read."""
    note: Words = ""


class ReleaseIssued(Body):
    """The documents went through the gate."""

    kind: ClassVar[str] = "release_issued"
    release: Digest
    to: Literal["released_dfe", "released_limited"]
    recipients: tuple[Words, ...] = Field(min_length=1)
    supersedes: Digest | None = None
    reason: Words = ""
    """Why another one is superseded."""


class CopiesSent(Body):
    """Others got it after it was released: a recall reaches them too."""

    kind: ClassVar[str] = "copies_sent"
    release: Digest
    recipients: tuple[Words, ...] = Field(min_length=1)


class ReleaseWithdrawn(Body):
    """The documents are not to be used any more, and nothing takes their place."""

    kind: ClassVar[str] = "release_withdrawn"
    release: Digest
    reason: Reason


class ReleaseRefused(Body):
    """Somebody wanted a release to take a step, and was refused."""

    kind: ClassVar[str] = "release_refused"
    release: Digest | None = None
    """None where it was refused before there was a manifest, and so an id."""
    step: Step = "issue"
    reason: str = Field(max_length=1000)


class RecallWritten(Body):
    """Recipients are asked to give back or destroy what they have."""

    kind: ClassVar[str] = "recall_written"
    release: Digest
    recipients: tuple[Words, ...]
    documents: tuple[FileName, ...]
