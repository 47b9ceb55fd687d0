"""What stands in a brief: one indicator of one authority on one page, for readers who see no other authority's figure.

People used to cut such a page out of an internal report. Here it comes from a view that never held anybody else's.
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis.errors import UsageError
from analysis.figures import block_table, trend
from analysis.render.page import Part
from analysis.render.plain import plain
from analysis.views.anonymised import AnonymisedBlock, AnonymisedView
from analysis.views.own import OwnBlock, OwnView
from analysis.views.sentences import fourth_sentence, interval_sentence, own_sentence
from analysis.views.words import direction

QUARTERS_IN_TABLE = 8


def brief(view: OwnView | AnonymisedView, indicator: str) -> Iterator[Part]:
    """The parts of a brief: definition, sentences, picture, table and method line.

    Parameters
    ----------
    view
        Of the own or the anonymised variant.
    indicator
        Id, as `A06`.

    Raises
    ------
    UsageError
        If the view has no such indicator.
    TypeError
        If the view is of a variant that names others.
    """
    if not isinstance(view, OwnView | AnonymisedView):
        raise TypeError(f"a brief is made from an own or an anonymised view, and not from a {type(view).__name__}")
    block = _block(view, indicator)
    card = block.own.card
    yield f"“{plain(card.annex_a)}” ({plain(direction(card.polarity))}.)"
    yield "\n".join(f"- {plain(sentence)}" for sentence in _sentences(block))
    yield trend(block, view.heading)
    yield block_table(_lately(block), view.heading)
    # All choices behind the figure stand in the report; a page has room for the method line.
    yield f"::: {{.method}}\n{plain(card.method)}\n\n{plain(view.heading.context[0])}\n:::"


def indicator_of(view: OwnView | AnonymisedView, named: str) -> str:
    """The id of an indicator as the view has it, whatever its case.

    Raises
    ------
    UsageError
        If the view has no such indicator.
    """
    ids = {block.own.card.id.lower(): block.own.card.id for block in view.blocks}
    return _block(view, ids.get(named.lower(), named)).own.card.id


def brief_title(view: OwnView | AnonymisedView, indicator: str) -> str:
    """`Buckinghamshire: 6 Section 47 enquiries`."""
    card = _block(view, indicator).own.card
    return f"{view.heading.authority_name}: {card.number} {card.title}"


def _block(view: OwnView | AnonymisedView, indicator: str) -> OwnBlock | AnonymisedBlock:
    blocks: dict[str, OwnBlock | AnonymisedBlock] = {block.own.card.id: block for block in view.blocks}
    if indicator not in blocks:
        raise UsageError(f"there is no indicator {indicator!r}", remedy=f"choose from {', '.join(blocks)}")
    return blocks[indicator]


def _lately(block: OwnBlock | AnonymisedBlock) -> OwnBlock | AnonymisedBlock:
    """The same with the newest quarters alone: the picture shows those before."""
    histories = tuple(one.model_copy(update={"points": one.points[-QUARTERS_IN_TABLE:]}) for one in block.own.histories)
    return block.model_copy(update={"own": block.own.model_copy(update={"histories": histories})})


def _sentences(block: OwnBlock | AnonymisedBlock) -> list[str]:
    said = [own_sentence(block.own)]
    if isinstance(block, AnonymisedBlock):
        said += [interval_sentence(block), fourth_sentence(block)]
    return [sentence for sentence in said if sentence]
