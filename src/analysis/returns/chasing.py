"""Text to paste into a message: what is still missing of a return. An authority's own text names no other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from analysis.reference.authorities import authorities
from analysis.reference.changes.model import Trust
from analysis.reference.indicators import Measure
from analysis.reference.periods import Quarter
from analysis.reference.regions import Region
from analysis.returns.standing import Standing

SEND_TO_PLACEHOLDER = "[the mailbox of the region's data team]"
"""Where a region's settings name nobody (`returns_to`)."""
_RULES = """\
Where there is no figure, please write the mark that says why: x (not available), z (not applicable) or c (withheld).
Please write 0 only where nothing happened.

Please send counts only, and nothing about single children: a file with children in it is refused unread."""
_CROSSED = "If your return and this message have crossed, please leave it be, with our thanks."


def chasing_text(
    standing: Standing, region: Region, period: Quarter, due: date | None, measures: Mapping[str, Measure]
) -> str:
    """What to write to one authority; empty where nothing is missing.

    Parameters
    ----------
    standing
        How far its return is.
    region
        Says whom to send to.
    period
        The quarter.
    due
        The day by which returns are due; None where there is none.
    measures
        By id: what a measure is called.

    Returns
    -------
    str
        A subject line, a blank line and the message; lines end with a line feed. It reads the same before the due date
        and after it.
    """
    if standing.sent and not standing.missing:
        return ""
    name = authorities()[standing.authority].name
    parts = ["Dear colleague,", *_asked(standing, name, period, measures), *_by_when(due), _to(region)]
    return _message(f"{name}: quarterly return for {_said(period)}", [*parts, _RULES, _CROSSED])


def chasing_text_for_trust(
    trust: Trust,
    standings: Sequence[Standing],
    region: Region,
    period: Quarter,
    due: date | None,
    measures: Mapping[str, Measure],
) -> str:
    """What to write to a trust that sends for one authority or several; empty where nothing is missing of any.

    Parameters
    ----------
    trust
        Who sends.
    standings
        Of the authorities that it sends for: it is told of these, and of no other.
    region, period, due, measures
        As for `chasing_text`.
    """
    lacking = [one for one in standings if not one.sent or one.missing]
    if not lacking:
        return ""
    asked = [
        paragraph for one in lacking for paragraph in _asked(one, authorities()[one.authority].name, period, measures)
    ]
    parts = ["Dear colleague,", *asked, *_by_when(due), _to(region)]
    return _message(f"{trust.name}: quarterly returns for {_said(period)}", [*parts, _RULES, _CROSSED])


def chasing_text_for_all(standings: Sequence[Standing], region: Region, period: Quarter, due: date | None) -> str:
    """What to write to all authorities at once: it counts, and names none.

    Parameters
    ----------
    standings
        Everybody's.
    region, period, due
        As for `chasing_text`.
    """
    sent = sum(one.sent for one in standings)
    arrived = f"{sent} of {len(standings)} returns for {_said(period)} have arrived."
    asked = [
        f"{arrived} Thank you to all who have sent theirs.",
        "If yours is still to come, please send it: one figure for each measure of the template.",
    ]
    if sent == len(standings):
        gaps = sum(bool(one.missing) for one in standings)
        asked = [
            f"{arrived} Thank you to all of you.",
            f"In {gaps} of them single figures are still missing. Whom this concerns has a message that lists them: "
            "please send these figures alone.",
        ]
    parts = [
        "Dear colleagues,",
        *asked,
        *_by_when(due),
        _to(region),
    ]
    return _message(f"{region.name}: quarterly returns for {_said(period)}", [*parts, _RULES, _CROSSED])


def _asked(standing: Standing, name: str, period: Quarter, measures: Mapping[str, Measure]) -> list[str]:
    if not standing.sent:
        return [f"We have not received {name}'s return for {_said(period)} yet."]
    many = len(standing.missing)
    if many == len(measures):
        return [f"The return of {name} for {_said(period)} has arrived, and all its figures are blank."]
    what = f"{many} figures are" if many > 1 else "one figure is"
    listed = "\n".join(f"- {measures[measure].name} ({measure})" for measure in standing.missing)
    return [f"Thank you for {name}'s return for {_said(period)}. In it {what} still missing:", listed]


def _by_when(due: date | None) -> list[str]:
    return [] if due is None else [f"The due date is {day_words(due)}."]


def _to(region: Region) -> str:
    return f"Please send the return to {region.returns_to or SEND_TO_PLACEHOLDER}."


def _said(period: Quarter) -> str:
    return f"{period.words} ({period.year} Q{period.number})"


def _message(subject: str, paragraphs: Sequence[str]) -> str:
    return "\n\n".join([f"Subject: {subject}", *paragraphs]) + "\n"


def day_words(day: date) -> str:
    """A day for a reader: `Tuesday 4 November 2025`."""
    return f"{day:%A} {day.day} {day:%B %Y}"
