"""Where a release stands on its way, and which step may follow which: forward only."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """The way of a set of documents, in its order."""

    BUILT = "built"
    QA_PASSED = "qa_passed"
    DBG_REVIEW = "dbg_review"
    DBG_APPROVED = "dbg_approved"
    RELEASED_DFE = "released_dfe"
    RELEASED_LIMITED = "released_limited"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        """As it is told to people."""
        return _WORDS[self]


_WORDS: Mapping[State, str] = MappingProxyType({
    State.BUILT: "built",
    State.QA_PASSED: "passed quality assurance",
    State.DBG_REVIEW: "with the DBG for checking",
    State.DBG_APPROVED: "approved by the DBG",
    State.RELEASED_DFE: "released to the DfE",
    State.RELEASED_LIMITED: "released for limited use",
    State.SUPERSEDED: "superseded",
    State.WITHDRAWN: "withdrawn",
})  # fmt: skip
RELEASED = frozenset({State.RELEASED_DFE, State.RELEASED_LIMITED})
"""Somebody has it and may use it."""
ENDED = frozenset({State.SUPERSEDED, State.WITHDRAWN})
"""Nothing follows."""
FOLLOWS: Mapping[State, frozenset[State]] = MappingProxyType({
    State.BUILT: frozenset({State.QA_PASSED, State.WITHDRAWN}),
    State.QA_PASSED: frozenset({State.DBG_REVIEW, State.SUPERSEDED, State.WITHDRAWN}),
    State.DBG_REVIEW: frozenset({State.DBG_APPROVED, State.SUPERSEDED, State.WITHDRAWN}),
    State.DBG_APPROVED: RELEASED | ENDED,
    State.RELEASED_DFE: ENDED,
    State.RELEASED_LIMITED: ENDED,
    State.SUPERSEDED: frozenset(),
    State.WITHDRAWN: frozenset(),
})  # fmt: skip
"""A review that a later build overtakes is superseded too, by the review of that build."""
_ORDER = list(State)
_MISSING: Mapping[State, str] = MappingProxyType({
    State.QA_PASSED: "it was not checked for quality",
    State.DBG_REVIEW: "it has not been with the DBG for checking",
    State.DBG_APPROVED: "the DBG has not approved it",
})  # fmt: skip


def why_not(now: State, wanted: State) -> str:
    """Why a step may not be taken; empty where it may.

    Returns
    -------
    str
        The end of a sentence, as `the DBG has not approved it`.
    """
    if wanted in FOLLOWS[now]:
        return ""
    if now in ENDED:
        return f"it is {now.words}, and nothing follows that"
    if now in RELEASED and wanted in RELEASED:
        return f"it is {now.words} already"
    if wanted is State.SUPERSEDED:
        return "nothing but a checked release is superseded: build it again"
    if _ORDER.index(wanted) <= _ORDER.index(now):
        return f"it is {now.words}, and no step leads back"
    return next(reason for state, reason in _MISSING.items() if _ORDER.index(state) > _ORDER.index(now))
