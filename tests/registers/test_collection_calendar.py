"""The dates of a quarter's collection: rules, agreed days, their order, and the calendar file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from analysis.errors import BadReferenceError
from analysis.reference.periods import Quarter
from analysis.reference.regions import CollectionDates, DueDates, Region, regions
from analysis.registers.calendar import NAMES, calendar_of, due_of, read_calendar
from analysis.registers.calendar_file import calendar_text, escaped

REGION = regions()["south-east"]
Q2 = Quarter(2025, 2)
AGREED = """\
quarters:
  "2025-26-Q2":
    due: 2025-11-07
    chase: 2025-11-07
    dbg_meeting: 2025-11-20
    why: Agreed at the DBG of 3 September 2025.
"""


def agreed(folder: Path, text: str = AGREED, region: Region = REGION):
    (folder / "calendar.yml").write_text(text, encoding="utf-8")
    return read_calendar(folder, region)


def test_without_an_agreement_the_rules_give_the_days() -> None:
    """Counted by hand on a wall calendar: October 2025 has 23 working days, November 20, none of them a holiday."""
    dates = calendar_of(REGION, Q2, {})
    assert dates.open == date(2025, 10, 1)
    assert dates.due == date(2025, 11, 4)
    assert dates.chase == date(2025, 11, 6)
    assert dates.dbg_meeting == date(2025, 11, 18)
    assert dates.dfe_meeting == date(2025, 12, 2)


def test_bank_holidays_are_left_out() -> None:
    """After March 2026: Good Friday 3 April, Easter Monday 6 April, 4 May; counted by hand."""
    assert calendar_of(REGION, Quarter(2025, 4), {}).due == date(2026, 5, 8)
    assert calendar_of(REGION, Quarter(2025, 3), {}).open == date(2026, 1, 2)


@pytest.mark.parametrize("quarter", [Quarter(year, number) for year in range(2020, 2032) for number in (1, 2, 3, 4)])
def test_the_rules_keep_the_order_in_every_quarter(quarter: Quarter) -> None:
    dates = calendar_of(REGION, quarter, {})
    assert quarter.last_day < dates.open < dates.due <= dates.chase < dates.dbg_meeting < dates.dfe_meeting


def test_an_agreed_day_comes_first_and_for_its_quarter_only(tmp_path: Path) -> None:
    found = agreed(tmp_path)
    dates = calendar_of(REGION, Q2, found)
    assert (dates.due, dates.chase, dates.dbg_meeting) == (date(2025, 11, 7), date(2025, 11, 7), date(2025, 11, 20))
    assert dates.open == date(2025, 10, 1)
    assert calendar_of(REGION, Q2.shift(1), found) == calendar_of(REGION, Q2.shift(1), {})
    assert due_of(REGION, Q2, found) == date(2025, 11, 7)


def test_no_file_is_no_agreement(tmp_path: Path) -> None:
    assert read_calendar(tmp_path, REGION) == {}


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("2025-26-Q2", "2025-27-Q2", 2, "'2025-27-Q2' is not a quarter"),
        ("due: 2025-11-07", "due: soon", 3, "quarters.2025-26-Q2.due"),
        ("due: 2025", "deu: 2025", 3, "deu: this key is not known"),
        ("    why: Agreed at the DBG of 3 September 2025.\n", "", 2, "why: this key is missing"),
        ("2025-11-20", "2025-11-07", 5, "dbg_meeting (2025-11-07) is not after chase (2025-11-07)"),
        ("chase: 2025-11-07", "chase: 2025-11-06", 4, "chase (2025-11-06) is before due (2025-11-07)"),
        ("dbg_meeting: 2025-11-20", "dbg_meeting: 2026-01-20", 5, "dfe_meeting (2025-12-02) is not after dbg_meeting"),
        ("    due: 2025", "    due: 2025-11-07\n    due: 2025", 4, "due stands here a second time"),
        ("quarters:\n", "quarter:\n", 1, "quarter: this key is not known"),
    ],
)
def test_a_fault_is_refused_by_name_and_line(tmp_path: Path, old: str, new: str, line: int, what: str) -> None:
    assert old in AGREED
    with pytest.raises(BadReferenceError) as caught:
        agreed(tmp_path, AGREED.replace(old, new))
    assert what in caught.value.what
    assert caught.value.where.endswith(f"calendar.yml, line {line}")
    assert caught.value.remedy


def test_an_entry_that_agrees_on_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadReferenceError, match="at least one"):
        agreed(tmp_path, 'quarters:\n  "2025-26-Q2":\n    why: Talked about.\n')


def test_a_region_without_rules_says_which_days_it_lacks(tmp_path: Path) -> None:
    london = regions()["london"]
    with pytest.raises(BadReferenceError, match="open, due, chase, dbg_meeting, dfe_meeting") as caught:
        calendar_of(london, Q2, {})
    assert "data/registers/london/calendar.yml" in caught.value.remedy
    assert due_of(london, Q2, {}) is None
    days = {name: f"2025-11-{10 + place}" for place, name in enumerate(NAMES)}
    written = "".join(f"    {name}: {day}\n" for name, day in days.items())
    found = agreed(tmp_path, f'quarters:\n  "2025-26-Q2":\n{written}    why: Agreed.\n', london)
    assert calendar_of(london, Q2, found).dfe_meeting == date(2025, 11, 14)


def test_rules_out_of_order_are_told() -> None:
    late = REGION.model_copy(update={"due_dates": DueDates(days_after_quarter=60)})
    with pytest.raises(BadReferenceError, match=r"2025-26-Q2: chase .* is before due"):
        calendar_of(late, Q2, {})
    with pytest.raises(ValidationError, match="follow each other"):
        CollectionDates(open=1, chase=30, dbg_meeting=30, dfe_meeting=45)
    with pytest.raises(ValidationError, match="not both"):
        DueDates(days_after_quarter=35, working_days_after_quarter=25)


def unfolded(text: str) -> list[tuple[str, str]]:
    """Names and values of an iCalendar text, read by RFC 5545's own rules."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    return [(line.partition(":")[0], line.partition(":")[2]) for line in lines]


def test_the_calendar_file_holds_each_day_as_a_whole_day_event() -> None:
    dates = {quarter: calendar_of(REGION, quarter, {}) for quarter in Q2.back(3)}
    lines = unfolded(calendar_text(REGION, dates))
    assert (lines[0], lines[-1]) == (("BEGIN", "VCALENDAR"), ("END", "VCALENDAR"))
    assert lines.count(("BEGIN", "VEVENT")) == lines.count(("END", "VEVENT")) == 15
    days = [value for name, value in lines if name == "DTSTART;VALUE=DATE"]
    assert days == [f"{getattr(dates[quarter], name):%Y%m%d}" for quarter in sorted(dates) for name in NAMES]
    uids = [value for name, value in lines if name == "UID"]
    assert len(set(uids)) == 15
    assert ("DTEND;VALUE=DATE", "20251105") in lines  # the day after the due date
    stamps = {value for name, value in lines if name == "DTSTAMP"}
    assert stamps == {"20250331T000000Z", "20250630T000000Z", "20250930T000000Z"}


def test_long_lines_are_folded_by_octets_and_marks_are_escaped() -> None:
    name = "Süd; Ost, und \\ noch\nmehr " * 5
    region = REGION.model_copy(update={"name": name})
    text = calendar_text(region, {Q2: calendar_of(REGION, Q2, {})})
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    summary = next(value for key, value in unfolded(text) if key == "SUMMARY")
    for mark, sign in (("\\n", "\n"), ("\\;", ";"), ("\\,", ","), ("\\\\", "\\")):
        summary = summary.replace(mark, sign)
    assert summary == f"{name} 2025-26 Q2: templates go out"
    assert escaped("a\r\nb;c,d\\e") == "a\\nb\\;c\\,d\\\\e"


def test_the_same_dates_give_the_same_text() -> None:
    dates = {Q2: calendar_of(REGION, Q2, {})}
    assert calendar_text(REGION, dates) == calendar_text(REGION, dict(dates))
