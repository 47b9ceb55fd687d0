"""Blocks and views by the variant that they belong to, so that none is shown under another's marking."""

from __future__ import annotations

from analysis.views.anonymised import AnonymisedBlock, AnonymisedView
from analysis.views.dfe import DfeBlock, DfeView
from analysis.views.internal import InternalBlock, InternalView
from analysis.views.model import Heading, Variant
from analysis.views.own import OwnBlock, OwnView
from analysis.views.public import PublicBlock, PublicView

Block = InternalBlock | OwnBlock | AnonymisedBlock | DfeBlock | PublicBlock
View = InternalView | OwnView | AnonymisedView | DfeView | PublicView
NamedBlock = InternalBlock | PublicBlock
PlacedBlock = InternalBlock | DfeBlock | PublicBlock

_VARIANTS: dict[type[Block], Variant] = {
    InternalBlock: Variant.INTERNAL,
    OwnBlock: Variant.OWN,
    AnonymisedBlock: Variant.ANONYMISED,
    DfeBlock: Variant.DFE,
    PublicBlock: Variant.PUBLIC,
}


def require_same_variant(block: Block, heading: Heading) -> None:
    """Refuse a block under the heading of another variant: the marking on the page would be untrue.

    Raises
    ------
    TypeError
        If they are of different variants.
    """
    belongs = _VARIANTS[type(block)]
    if belongs is not heading.variant:
        raise TypeError(f"a block of the {belongs} view can't stand under the heading of the {heading.variant} view")
