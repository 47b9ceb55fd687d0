"""Who left, and what of theirs is no longer taken in."""

from __future__ import annotations

from pathlib import Path

from analysis.pipeline.collection import Collection
from analysis.pipeline.quarters_in_file import quarters_by_authority
from analysis.reference.changes.model import Membership
from analysis.registers.erased import erasures_of
from analysis.registers.leaving import Leaver, leavers_of
from analysis.registers.log.chain import Chain, log_folder, read_chain


def gone(collection: Collection) -> dict[str, Leaver]:
    """Who left by the quarter and has not come back, by DfE code.

    Raises
    ------
    BrokenLogError
        If somebody left, and the log that says when is not whole.
    """
    chain = _chain(collection)
    everyone, period = set(collection.region.everyone), str(collection.period)
    return {code: one for code, one in leavers_of(chain).items() if code not in everyone and one.left.first <= period}


def turned_back(collection: Collection, path: Path) -> dict[str, Leaver]:
    """Those who left and of whom a file has figures that are not collected any more, by DfE code.

    Parameters
    ----------
    path
        A file that was sent for the collection's quarter.

    Returns
    -------
    dict
        Of quarters from the first without them on; of any quarter where their data were erased since they left. What
        they revise of the quarters before is taken in otherwise.
    """
    left = gone(collection)
    if not left:
        return {}
    erased = {one.begun.authority: one.event for one in erasures_of(_chain(collection))}
    whose = quarters_by_authority(collection, str(collection.period), path) or {}
    return {
        code: one
        for code, one in left.items()
        if code in whose
        and (erased.get(code, 0) > one.event or any(quarter >= one.left.first for quarter in whose[code]))
    }


def _chain(collection: Collection) -> Chain:
    # A log that is not whole stops nothing here as long as nobody has left: returns go on coming in.
    some = any(one.leaves for one in collection.every_change.of(Membership))
    return read_chain(log_folder(collection.registers)) if some else Chain()
