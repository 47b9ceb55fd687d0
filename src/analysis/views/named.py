"""Authorities that permit to be named: their own figures beside the bands of all (S0 5.5.3 ii, iii)."""

from __future__ import annotations

from analysis.reference.indicators import Indicator
from analysis.reference.model import Record
from analysis.views.evidence import Evidence, lookup
from analysis.views.model import Heading, History, NamedAuthority
from analysis.views.parts import own_figures
from analysis.views.words import context_with_named, marking_with_named


class NamedLine(Record):
    """One indicator's headline of a named authority, its counts of 1 to 5 and what would give them away hidden."""

    authority: str
    name: str
    history: History


def named_beside(evidence: Evidence, reader: str) -> tuple[NamedAuthority, ...]:
    """Who is named in a reader's pack, in alphabetical order: the reader stands there anyway."""
    others = (one for one in evidence.named if one.authority != reader)
    return tuple(sorted(others, key=lambda one: one.name))


def named_lines(evidence: Evidence, reader: str, indicator: Indicator) -> tuple[NamedLine, ...]:
    """The headline of each authority that is named in a reader's pack.

    Its small counts are hidden whatever it lifts in its own report: permission to be named is not that.
    """
    return tuple(
        NamedLine(
            authority=one.authority,
            name=one.name,
            history=own_figures(
                evidence, lookup(evidence.named_figures[one.authority]), one.authority, indicator, small_counts=False
            ).histories[0],
        )
        for one in named_beside(evidence, reader)
    )


def heading_with_named(heading: Heading, named: tuple[NamedAuthority, ...]) -> Heading:
    """A heading that says who is named and by which permission; the same where nobody is."""
    if not named:
        return heading
    told = [(one.name, one.permission, one.until) for one in named]
    context = (context_with_named(told), *heading.context[1:])
    return heading.model_copy(update={"context": context, "marking": marking_with_named(heading.variant)})
