"""The documents for the region's own meetings (S1 14; S0 5.5.6): which there are, and what stands at their top."""

from __future__ import annotations

from enum import StrEnum

from analysis.views.model import Heading


class Meeting(StrEnum):
    """A document for a meeting."""

    BOOK = "book"
    """For the data benchmarking group, which checks (S1 14)."""
    PACK = "pack"
    """For the quarterly meeting that discusses the reports (S1 14)."""
    TRAJECTORY = "trajectory"
    """For the steering group, twice a year (S1 14)."""
    PROTOCOL = "protocol"
    """For the directors: how the data sharing protocol works (S0 5.5.6)."""


TITLES = {
    Meeting.BOOK: "Checking book",
    Meeting.PACK: "Quarterly meeting pack",
    Meeting.TRAJECTORY: "Trajectory paper",
    Meeting.PROTOCOL: "Protocol report to directors",
}


def meeting_heading(regional: Heading, meeting: Meeting) -> Heading:
    """The regional overview's heading with the document's own title; marking and context are those of internal ones."""
    return regional.model_copy(update={"title": f"{regional.region_name}: {TITLES[meeting].lower()}"})
