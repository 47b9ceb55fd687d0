"""What went to whom, from the log's events of release: what a withdrawal, an incident or an erasure calls back."""

from __future__ import annotations

from analysis.reference.regions import Region
from analysis.registers.log.chain import Chain
from analysis.registers.recall import IssuedCopy


def issued_copies(chain: Chain, region: Region) -> tuple[IssuedCopy, ...]:
    """The copies that were issued, in the order of their issue."""
    return ()
