"""The foot of the one-page summary for the DfE: what was answered about its figures, and what it rests on."""

from __future__ import annotations

from analysis.render.plain import plain
from analysis.views.confirmed import waiting_words
from analysis.views.dfe import DfeView
from analysis.views.readings import OF_CHANCE_IN_SHORT

_ON_ONE_PAGE = 4
"""Prompts that a one-page summary lists; the pack has all of them."""


def small_print(view: DfeView) -> str:
    """The foot of a one-page summary: context, neighbours' edition and sources in small type."""
    context = " ".join(plain(paragraph) for paragraph in view.heading.context)
    return (
        f"::: {{.method}}\n{_answer(view)} {context} Statistical neighbours: {plain(view.neighbours_edition)} edition. "
        f"Sources: {plain('; '.join(view.sources))}.\n:::"
    )


def _answer(view: DfeView) -> str:
    """What the authority answered about its figures, what is unusual for it, and where its own words are."""
    said = [plain(view.answered_words)]
    if view.unusual:
        told = ", ".join(f"{one.number} ({plain(one.change)})" for one in view.unusual[:_ON_ONE_PAGE])
        more = len(view.unusual) - _ON_ONE_PAGE
        rest = f", and {more} more in the pack" if more > 0 else ""
        said.append(f"Unusual beside the authority's own pattern: indicators {told}{rest}. {plain(OF_CHANCE_IN_SHORT)}")
    if view.waiting:
        said.append(plain(waiting_words(view.waiting)))
    if view.remarks:
        said.append("The authority's own words stand in the pack's cover document.")
    return " ".join(said)
