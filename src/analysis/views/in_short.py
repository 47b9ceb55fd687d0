"""The first page in sentences: what changed, what stands out, what can't be said, and what to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from analysis.signals.schema import PROMPTS
from analysis.views.anonymised import AnonymisedBlock, AnonymisedView
from analysis.views.internal import InternalView
from analysis.views.model import Card, OwnFigures
from analysis.views.own import OwnView
from analysis.views.public import PublicView
from analysis.views.questions import questions
from analysis.views.words import FOURTHS, rounded

View = InternalView | OwnView | AnonymisedView | PublicView

_FEWEST = 8
"""Figures among which the latest may be called the highest or the lowest."""
_ENDS = ("highest", "lowest")
_NAMED = 6
"""Indicators that are told by their titles in one sentence."""
_WAYS = ("higher", "lower", "the same")
_NOT_WHY = "No figure says why it is as it is, nor whether a service is good."
_ASK = "Is the figure right? What is behind it: need, practice, or how it is recorded? What is already being done?"


def in_short(view: View) -> tuple[tuple[str, str], ...]:
    """Four questions, each with its answer in sentences; the parts that follow hold what is behind them."""
    owns = [block.own for block in view.blocks]
    return (
        ("What changed", _changed(owns)),
        ("What stands out", _stands_out(view, owns)),
        ("What can't be said", _unsaid(view, owns)),
        ("What to ask", _to_ask(view)),
    )


def _changed(owns: Sequence[OwnFigures]) -> str:
    counts = Counter(_way(own) for own in owns)
    found = ", ".join(f"{way} for {counts[way]}" for way in _WAYS if counts[way]) or "none to compare"
    without = f"; {counts['']} {'has' if counts[''] == 1 else 'have'} no figure to compare" if counts[""] else ""
    return f"Of {len(owns)} indicators, the latest figure against the one a year before: {found}{without}."


def _way(own: OwnFigures) -> str:
    """As printed; empty where there is no change to tell."""
    if own.change.value is None or own.latest.value is None or own.year_ago.value is None:
        return ""
    latest, before = (rounded(value, own.card.decimals) for value in (own.latest.value, own.year_ago.value))
    return "the same" if latest == before else "higher" if latest > before else "lower"


def _stands_out(view: View, owns: Sequence[OwnFigures]) -> str:
    match view:
        case InternalView():
            prompted = {one.number for one in view.readings if any(tier.reading in PROMPTS for tier in one.tiers)}
            if not prompted:
                return "Nothing lies apart from the authority's own pattern beside the region's."
            listed = _listed(own.card for own in owns if own.card.number in prompted)
            return f"Apart from the authority's own pattern beside the region's: {listed}."
        case AnonymisedView():
            ends = [(end, [block.own.card for block in view.blocks if block.fourth == end]) for end in _ENDS]
            said = [f"In the {FOURTHS[end]} of the group: {_listed(cards)}." for end, cards in ends if cards]
            return " ".join(said) or "No figure is in an outer fourth of the group."
        case _:
            return _extremes(owns)


def _extremes(owns: Sequence[OwnFigures]) -> str:
    ends = {end: [own.card for own in owns if _end(own) == end] for end in _ENDS}
    said = [f"The {end} of the figures shown is the latest: {_listed(ends[end])}." for end in _ENDS if ends[end]]
    if not said:
        return "No latest figure is the highest or the lowest of those shown."
    return " ".join([*said, "By chance alone the latest is as often at an end as any other."])


def _end(own: OwnFigures) -> str:
    """Whether the latest figure, as printed, is above or below all others shown; across a new definition neither."""
    history = own.histories[0]
    values = [point.cell.value for point in history.points]
    *earlier, latest = [None if value is None else rounded(value, history.decimals) for value in values]
    others = [value for value in earlier if value is not None]
    if latest is None or history.breaks or len(others) + 1 < _FEWEST:
        return ""
    return "highest" if latest > max(others) else "lowest" if latest < min(others) else ""


def _unsaid(view: View, owns: Sequence[OwnFigures]) -> str:
    missing = [own.card for own in owns if own.latest.value is None]
    bandless = [block.own.card for block in view.blocks if isinstance(block, AnonymisedBlock) and block.bands is None]
    everything = len(missing) == len(owns)
    said = [f"There is no figure for {'any indicator' if everything else _listed(missing)}."] if missing else []
    if bandless:
        said.append(f"There is no band to compare with for {_listed(bandless)}.")
    if isinstance(view, InternalView) and view.stands_out.too_few:
        found = view.stands_out
        said.append(f"In {found.too_few} of {found.looked_at} readings there are too few children to say anything.")
    if isinstance(view, OwnView):
        said.append("This report compares with nobody: how others stand is not in it.")
    return " ".join([*said, _NOT_WHY])


def _to_ask(view: View) -> str:
    if isinstance(view, AnonymisedView) and questions(view.blocks):
        return f"The questions that these figures raise stand below. Of each figure: {_ASK[0].lower()}{_ASK[1:]}"
    return _ASK


def _listed(cards: Iterable[Card]) -> str:
    """Indicators by number and title; by their numbers where they are many."""
    every = list(cards)
    if len(every) > _NAMED:
        return f"indicators {', '.join(str(card.number) for card in every)}"
    return "; ".join(f"{card.number} {card.title}" for card in every)
