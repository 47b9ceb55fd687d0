"""Who has sent what: each state of a return, told by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime

from return_files import FOLDER, MEASURES, PERIOD, REGION, REGISTRY, Return, file_of

from analysis.returns.checked import check
from analysis.returns.files import ReturnFile
from analysis.returns.received import Received
from analysis.returns.standing import Standing, standings

DUE = date(2025, 11, 4)
ORDER = tuple(MEASURES)


def receipt(file: ReturnFile, day: int, vintages: dict[str, int], **changes: object) -> Received:
    fields = {
        "sha256": file.sha256, "file": "825-v1.csv", "received": datetime(2025, 11, day, 23, 30, tzinfo=UTC),
        "sender": "returns mailbox", "vintages": vintages, "periods": (FOLDER,), "state": "received",
    }  # fmt: skip
    return Received(**(fields | changes))


def standing_of(code: str, files: list[ReturnFile], receipts: list[Received], due: date | None = DUE) -> Standing:
    outcome = check(files, REGION, PERIOD, REGISTRY)
    found = standings(outcome, REGION.everyone, PERIOD, receipts, due, ORDER)
    assert [one.authority for one in found] == list(REGION.everyone)
    return next(one for one in found if one.authority == code)


def sent(code: str = "825", name: str = "return.csv", **values: str | None) -> ReturnFile:
    return file_of(Return(code).with_values(**values).csv(), name)


def test_nothing_received() -> None:
    found = standing_of("825", [sent("886")], [])
    assert found == Standing("825", False, None, None, 0, ORDER, 0)


def test_nothing_received_of_anybody() -> None:
    assert not standing_of("825", [], []).sent


def test_whole_and_on_time_on_the_due_day_itself() -> None:
    file = sent()
    assert standing_of("825", [file], [receipt(file, 4, {"825": 1})]) == Standing(
        "825", True, date(2025, 11, 4), False, 1, (), 0
    )


def test_a_day_late() -> None:
    file = sent()
    found = standing_of("825", [file], [receipt(file, 5, {"825": 1})])
    assert (found.received, found.late) == (date(2025, 11, 5), True)


def test_without_a_due_date_nobody_is_late() -> None:
    file = sent()
    assert standing_of("825", [file], [receipt(file, 29, {"825": 1})], None).late is None


def test_received_with_no_receipt() -> None:
    found = standing_of("825", [sent()], [])
    assert (found.sent, found.received, found.late, found.vintages) == (True, None, None, 1)


def test_a_second_vintage_does_not_make_the_first_one_late() -> None:
    first, second = sent(), sent(name="second.csv", referrals="401")
    receipts = [receipt(first, 3, {"825": 1}), receipt(second, 20, {"825": 2, "886": 1})]
    found = standing_of("825", [first, second], receipts)
    assert (found.received, found.late, found.vintages) == (date(2025, 11, 3), False, 2)


def test_measures_missing_blank_and_absent_in_the_order_of_the_list() -> None:
    file = sent(adopted="", referrals=None, cla_at_end="x")
    assert standing_of("825", [file], [receipt(file, 3, {"825": 1})]).missing == ("referrals", "adopted")


def test_what_was_refused_is_counted_and_not_called_missing() -> None:
    found = standing_of("825", [sent(referrals="many", adopted="-1")], [])
    assert (found.refused, found.missing) == (2, ())


def test_what_was_refused_in_another_quarters_folder_or_figures_is_not_counted() -> None:
    line = Return("825").csv().splitlines()[1]
    unread = f"{line}\n".replace(",Q2,", ",Q9,")
    here, earlier = (
        ReturnFile.of(folder, "a.csv", (Return("825").csv() + unread).encode()) for folder in (FOLDER, "2025-26-Q1")
    )
    assert standing_of("825", [here], []).refused == 1
    assert standing_of("825", [earlier, sent()], []).refused == 0


def test_a_receipt_of_a_refused_file_or_of_another_quarter_is_no_return() -> None:
    file = sent("886")
    refused = receipt(file, 3, {"825": 1}, state="refused", rule="unknown_layout")
    earlier = receipt(file, 3, {"825": 1}, periods=("2025-26-Q1",))
    assert not standing_of("825", [file], [refused, earlier]).sent
