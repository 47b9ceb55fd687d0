"""The views of meeting documents, from the views of a quarter that are on disk; built first where out of date."""

from __future__ import annotations

from pathlib import Path

from analysis.config import workspace
from analysis.pipeline.collection import Collection
from analysis.pipeline.load import BOOK, stored_regional_view, stored_view, view_path, views_folder
from analysis.pipeline.sources import choose_source
from analysis.reference.periods import Quarter
from analysis.reference.regions import find_region
from analysis.registers.log.chain import log_folder, read_chain
from analysis.views import meeting_pack, protocol, trajectory
from analysis.views.checking_book import CheckingBook
from analysis.views.internal import InternalView
from analysis.views.meeting_pack import MeetingPack
from analysis.views.model import Variant
from analysis.views.protocol import ProtocolReport
from analysis.views.trajectory import TrajectoryView


def load_checking_book(period: str, region: str, source: str = "") -> CheckingBook:
    """The checking book of a region's quarter.

    Parameters
    ----------
    period
        A quarter.
    region
        Id, name or area code.
    source
        `returns` or `made-up`; if empty, the returns received, or the made-up ones where none were.

    Raises
    ------
    UserError
        If there is no such region or quarter, or nothing was received for it.
    """
    return _book(_folder(period, region, source))


def load_meeting_pack(period: str, region: str, source: str = "") -> MeetingPack:
    """The quarterly meeting's pack, as `load_checking_book`."""
    folder = _folder(period, region, source)
    return meeting_pack.build(stored_regional_view(folder), _book(folder))


def load_trajectory(period: str, region: str, source: str = "") -> TrajectoryView:
    """The trajectory paper up to a quarter, as `load_checking_book`."""
    folder = _folder(period, region, source)
    pages = _book(folder).pages
    there = {page.authority for page in pages if view_path(folder, Variant.INTERNAL, page.authority).is_file()}
    views = [stored_view(folder, Variant.INTERNAL, page.authority) for page in pages if page.authority in there]
    return trajectory.build(
        stored_regional_view(folder),
        [view for view in views if isinstance(view, InternalView)],
        [page.name for page in pages if page.authority not in there],
    )


def load_protocol(period: str, region: str, source: str = "") -> ProtocolReport:
    """The protocol report of a quarter, as `load_checking_book`, with what the region's log holds of its months.

    Raises
    ------
    BrokenLogError
        If the log is not whole.
    """
    place, home, quarter = workspace(), find_region(region), Quarter.parse(period)
    collection = Collection(place, source or choose_source(place, home, quarter), home, quarter)
    chain = read_chain(log_folder(collection.registers))
    return protocol.build(_book(_folder(period, region, collection.source)), chain)


def _folder(period: str, region: str, source: str) -> Path:
    return views_folder(workspace(), find_region(region), period, Variant.INTERNAL, source)


def _book(folder: Path) -> CheckingBook:
    return CheckingBook.model_validate_json((folder / BOOK).read_bytes())
