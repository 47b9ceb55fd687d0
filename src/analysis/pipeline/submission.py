"""The quarter's counts in the standard layout of the regional data set (S0 5.5.4 ii; Annex A of S1)."""

from __future__ import annotations

from analysis.pipeline.collection import Collection
from analysis.pipeline.commentary import Scan, audited
from analysis.reference.registry import registry
from analysis.returns.history_import import return_csv


def submission_csv(collection: Collection, scan: Scan = audited) -> bytes:
    """Every count of the agreed list of every member, corrections included, as one CSV file.

    Parameters
    ----------
    scan
        Looks for other authorities in the notes beside the figures.

    Returns
    -------
    bytes
        In the layout of the returns, UTF-8. Counts of 1 to 5 stand as they are: the data set's guidance asks for
        figures, and what an authority has suppressed itself keeps its mark. A figure that was not sent is `..`, and
        never 0. What would begin a formula in a spreadsheet is written as text. A note that names another authority is
        left out.
    """
    known = registry()
    checked = collection.checked.checked
    rows = checked[
        (checked["period"] == str(collection.period))
        & checked["authority"].isin(collection.region.members)
        & checked["measure"].isin(list(known.measures))
    ]
    notes = [
        "" if note and scan(note, code) else note for code, note in zip(rows["authority"], rows["quality"], strict=True)
    ]
    return return_csv(rows.assign(quality=notes), collection.period, known)
