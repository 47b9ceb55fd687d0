"""A collection from its calendar to its status: templates out, filled in, received, chased; and history brought in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command_line import Command
from rich.console import Console

from analysis.cli.returns.calendar import show_calendar
from analysis.cli.returns.chase import chase
from analysis.cli.returns.import_history import bring_in_history
from analysis.cli.returns.query import query
from analysis.cli.returns.receive import receive
from analysis.cli.returns.status import show_status
from analysis.cli.returns.template import write_templates
from analysis.errors import UserError
from analysis.reference.authorities import authorities
from analysis.reference.regions import regions
from analysis.returns.received import received_in

REGION, PERIOD = "south-east", "2025-26-Q2"
MADE_UP = Path("data", "raw", "made-up", REGION, PERIOD)
RETURNS = Path("data", "raw", "returns", REGION)
ON_TIME, LATE = datetime(2025, 11, 3, 9, tzinfo=UTC), datetime(2025, 11, 12, 9, tzinfo=UTC)


def said(act: Callable[[Console], object]) -> str:
    """What a command says, on a wide screen."""
    console = Console(file=io.StringIO(), width=220, highlight=False, soft_wrap=True)
    act(console)
    return console.file.getvalue()  # type: ignore[attr-defined]


def line_of(text: str, name: str) -> list[str]:
    line = next(line for line in text.splitlines() if name in line)
    return [cell.strip() for cell in line.split("│")[1:-1]]


def status_of(table: Path, name: str) -> list[str]:
    """Received, on time, vintages and missing."""
    with table.open(encoding="utf-8", newline="") as lines:
        return next(row[1:5] for row in csv.reader(lines) if row[0] == name)


def filled(template: Path, leave: tuple[str, ...] = ()) -> Path:
    """The template with a 0 for each figure, as a person would save it."""
    with template.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    for row in rows[1:]:
        row[7] = "" if row[5] in leave else "z" if row[5].endswith("_days") else "0"
    with template.open("w", encoding="utf-8-sig", newline="") as lines:
        csv.writer(lines).writerows(rows)
    return template


def test_the_calendar_is_shown_and_written(empty: Path) -> None:
    register = empty / "data" / "registers" / REGION / "calendar.yml"
    register.parent.mkdir(parents=True)
    register.write_text('quarters:\n  "2025-26-Q2":\n    dfe_meeting: 2025-12-10\n    why: Agreed.\n', encoding="utf-8")
    ics = empty / "dates.ics"
    text = said(lambda console: show_calendar(REGION, PERIOD, console, quarters=2, ics=ics))
    assert line_of(text, "returns are due") == ["returns are due", "Tuesday 4 November 2025", "the region's rule"]
    assert line_of(text, "meeting with the DfE") == ["meeting with the DfE", "Wednesday 10 December 2025", "agreed"]
    assert "2025-26-Q3" in text
    assert ics.read_bytes().count(b"BEGIN:VEVENT\r\n") == 10


def test_a_collection_from_template_to_status(empty: Path) -> None:
    written: list[Path] = []
    names = ("Buckinghamshire", "Kent", "921")
    said(lambda console: written.extend(write_templates(REGION, PERIOD, console, authorities=names)))
    assert len(written) == 6
    bucks, kent, _ = [path for path in written if path.suffix == ".csv"]
    quiet = Console(quiet=True)
    assert receive([filled(bucks)], REGION, PERIOD, "mailbox", "returns", quiet, now=ON_TIME) == 0
    assert receive([filled(kent, ("adopted",))], REGION, PERIOD, "mailbox", "returns", quiet, now=LATE) == 0

    table = empty / "status.csv"
    text = said(lambda console: show_status(REGION, PERIOD, "", console, csv=table))
    assert "For the DBG only" in text
    assert "2 of 19 have sent, 1 of them every measure; 1 late." in text
    assert status_of(table, "Buckinghamshire") == ["2025-11-03", "on time", "1", ""]
    assert status_of(table, "Kent") == ["2025-11-12", "late", "1", "1"]
    assert status_of(table, "Isle of Wight") == ["nothing received", "", "0", "all"]
    assert table.read_text(encoding="utf-8").startswith("For the DBG only")

    text = said(lambda console: chase(REGION, PERIOD, "", console))
    assert "Buckinghamshire" not in text
    assert "Children adopted (adopted)" in text
    folder = empty / "texts"
    said(lambda console: chase(REGION, PERIOD, "", console, into=folder))
    assert {path.stem for path in folder.iterdir()} == {*regions()[REGION].everyone, "all"} - {"825"}
    for path in folder.iterdir():
        own = path.read_text(encoding="utf-8")
        named = {code for code, one in authorities().items() if re.search(rf"\b{one.name}\b", own)}
        assert named == {path.stem} - {"all"}

    assert receive([filled(kent)], REGION, PERIOD, "mailbox", "returns", quiet, now=LATE) == 0
    said(lambda console: show_status(REGION, PERIOD, "", console, csv=table))
    assert status_of(table, "Kent") == ["2025-11-12", "late", "2", ""]


def test_a_file_of_which_nothing_is_used_is_not_called_received(empty: Path) -> None:
    written: list[Path] = []
    said(lambda console: written.extend(write_templates(REGION, PERIOD, console, authorities=["Kent"])))
    kent = filled(next(path for path in written if path.suffix == ".csv"))
    codes: list[int] = []

    def take_in(region: str, period: str) -> str:
        return said(
            lambda console: codes.append(receive([kent], region, period, "mailbox", "returns", console, now=LATE))
        )

    elsewhere = take_in("london", PERIOD)
    assert "Kept, but nothing of it is used" in elsewhere
    assert "not_a_member" in elsewhere
    assert "Received" not in elsewhere
    later = take_in(REGION, "2025-26-Q3")
    assert "Received" in later
    assert "Nothing of 2025-26-Q3 is in it: its newest quarter is 2025-26-Q2" in later
    assert "Nothing of" not in take_in(REGION, PERIOD)
    assert codes == [4, 0, 0]


@pytest.mark.parametrize("sender", ["Jane Smith", "jane.smith@kent.gov.uk", " "])
def test_a_receipt_names_a_role_and_never_a_person(empty: Path, sender: str) -> None:
    file = empty / "886.csv"
    file.write_text("anything", encoding="utf-8")
    with pytest.raises(UserError, match=r"the sender seems to be a person|who sent it"):
        receive([file], REGION, PERIOD, sender, "returns", Console(quiet=True), now=LATE)
    assert not (empty / RETURNS).exists()


def test_a_file_whose_every_figure_is_refused_is_not_called_received(empty: Path) -> None:
    file = empty / "one.csv"
    head = "Region,LA Code,LA Name,Financial Year,Quarter,Measure ID,Measure Name,Measure Value,Measure Quality"
    file.write_text(f"{head}\nSouth East,886,Kent,2025-26,Q2,referrals,,-4,\n", encoding="utf-8")
    text = said(lambda console: receive([file], REGION, PERIOD, "mailbox", "returns", console, now=LATE))
    assert "Kept, but nothing of it is used" in text
    assert "negative_count" in text


def test_days_that_cannot_be_are_refused(tartanrug: Command, empty: Path) -> None:
    file = empty / "886.csv"
    file.write_text("Region,LA Code\n", encoding="utf-8")
    of = ("--region", REGION, "--period", PERIOD)
    for words in (("receive", file, "--from", "mailbox"), ("import-history", file)):
        done = tartanrug("returns", *words, *of, "--on", "2999-01-01")
        assert done.code == 2
        assert "2999-01-01 is still to come" in done.err
    done = tartanrug("returns", "what-changed", *of, "--from", "2025-11-20", "--to", "2025-10-31")
    assert done.code == 2
    assert "2025-11-20 is after 2025-10-31" in done.err
    assert not (empty / "data").exists()


def test_what_was_known_before_the_first_return_is_said_to_be_nothing(tartanrug: Command, empty: Path) -> None:
    file, into = empty / "what.csv", empty / "then"
    file.write_text("What,is,this\n1,2,3\n", encoding="utf-8")
    receive([file], REGION, PERIOD, "mailbox", "returns", Console(quiet=True), now=ON_TIME)
    done = tartanrug("returns", "as-known", "--day", "2025-11-02", "--into", into)
    assert done.code == 4
    assert "nothing had been received by 2025-11-02" in done.err
    assert not into.exists()
    assert tartanrug("returns", "as-known", "--day", "2025-11-03", "--into", into).code == 0


def test_made_up_returns_are_said_to_be_and_have_no_day(received: Path) -> None:
    table = received / "status.csv"
    text = said(lambda console: show_status(REGION, PERIOD, "", console, csv=table))
    assert "MADE-UP DATA" in text
    assert "MADE-UP DATA" in table.read_text(encoding="utf-8").splitlines()[0]
    assert status_of(table, "Kent")[:2] == ["date not known", ""]


def test_the_status_counts_the_queries_that_the_sheets_ask(received: Path) -> None:
    table = received / "status.csv"
    said(lambda console: show_status(REGION, PERIOD, "", console, csv=table))
    with table.open(encoding="utf-8", newline="") as lines:
        counted = {row[0]: int(row[6] or 0) for row in list(csv.reader(lines))[2:]}
    text = said(lambda console: query(REGION, PERIOD, (), ("yml",), "", console))
    asked = {name: int(count) for name, count in re.findall(r"^(.*) \(\d{3}\): (\d+) quer", text, re.M)}
    assert asked
    assert {name: count for name, count in counted.items() if count} == asked


def test_a_file_refused_in_another_quarters_folder_is_not_this_quarters(empty: Path) -> None:
    file = empty / "what.csv"
    file.write_text("What,is,this\n1,2,3\n", encoding="utf-8")
    receive([file], REGION, "2025-26-Q1", "mailbox", "returns", Console(quiet=True), now=LATE)
    assert "1 file refused as a whole" in said(lambda console: show_status(REGION, "2025-26-Q1", "", console))
    assert "refused as a whole" not in said(lambda console: show_status(REGION, PERIOD, "", console))


def test_nothing_received_yet_is_a_status_too(empty: Path) -> None:
    text = said(lambda console: show_status(REGION, PERIOD, "", console))
    assert "0 of 19 have sent" in text
    text = said(lambda console: chase(REGION, PERIOD, "", console, authorities=["Kent"]))
    assert "We have not received Kent's return" in text
    assert "all.txt" not in text


def test_an_authority_of_another_region_is_refused(empty: Path) -> None:
    with pytest.raises(UserError, match="Camden: not in the collection of South East"):
        write_templates(REGION, PERIOD, Console(quiet=True), authorities=["Camden"])


def all_quarters(root: Path) -> Path:
    """The made-up returns of the region in one file."""
    texts = [path.read_text(encoding="utf-8").splitlines() for path in sorted((root / MADE_UP).glob("*.csv"))]
    whole = root / "history.csv"
    lines = [texts[0][0], *(line for one in texts for line in one[1:])]
    whole.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return whole


def test_history_is_brought_in_quarter_by_quarter_and_never_over_a_file(received: Path) -> None:
    whole = all_quarters(received)
    folder = received / RETURNS

    def bring(console: Console) -> int:
        return bring_in_history(whole, REGION, "2025-26-Q1", "returns", console, now=LATE)

    text = said(bring)
    assert "Not imported" not in text
    assert "Left aside, as later than 2025-26-Q1: 2025-26-Q2." in text
    assert "Imported: 19 quarters, 2020-21-Q3 to 2025-26-Q1." in text
    files = sorted(folder.glob("*/history-*.csv"))
    assert len(files) == 19
    before = {path: path.read_bytes() for path in files}
    record = received_in(files[-1].parent)[files[-1].name]
    assert (record.sender, record.received, set(record.vintages.values())) == ("import of history", LATE, {1})
    assert line_of(text, "Kent (886)")[1:] == ["19", "enough"]
    codes: list[int] = []
    again = said(lambda console: codes.append(bring(console)))
    assert "Nothing was imported." in again
    assert codes == [0]  # all of it was there, and the later quarter is no fault
    assert {path: path.read_bytes() for path in folder.glob("*/history-*.csv")} == before


def test_a_child_level_file_leaves_nothing_in_the_folders(empty: Path) -> None:
    sheet = empty / "list.csv"
    sheet.write_text("UPN,Surname,DOB\nA123456789012,Doe,2011-04-05\n", encoding="utf-8")
    text = said(lambda console: bring_in_history(sheet, REGION, PERIOD, "returns", console, now=LATE))
    assert "child_level_columns" in text
    assert "Nothing was imported." in text
    assert "Doe" not in text
    assert not (empty / RETURNS).exists()


def test_too_few_quarters_are_said_to_be_too_few(received: Path) -> None:
    rows = (received / MADE_UP / "886.csv").read_text(encoding="utf-8").splitlines()
    short = received / "short.csv"
    kept = [row for row in rows[1:] if ",2024-25," in row]
    short.write_text("\n".join([rows[0], *kept]) + "\n", encoding="utf-8")
    text = said(lambda console: bring_in_history(short, REGION, PERIOD, "returns", console, now=LATE))
    assert line_of(text, "Kent (886)")[1:] == ["4", "12 more needed"]
    assert line_of(text, "Buckinghamshire (825)")[1:] == ["0", "16 more needed"]
    assert "they need 16" in text
