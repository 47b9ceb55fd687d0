"""Each rule from both sides: what it finds, and what it lets by."""

from __future__ import annotations

import pytest
from return_files import (
    FOLDER,
    HEADER,
    MEASURES,
    PERIOD,
    REGION,
    REGISTRY,
    Return,
    as_csv,
    cell,
    checked,
    file_of,
    files_of,
    rows_of,
    rules_broken,
    rules_of_rows,
)

from analysis.reference.periods import Quarter
from analysis.reference.status import Status
from analysis.returns.checked import check
from analysis.returns.rules.rule import RULES

COLUMNS = {name: position for position, name in enumerate(HEADER)}


def spoilt(measure: str = "referrals", **cells: str) -> str:
    """A clean return but for some cells of one row; `LA_Code="x"` sets LA Code."""
    rows = Return("825").rows()
    for row in rows:
        if row[COLUMNS["Measure ID"]] == measure:
            for name, value in cells.items():
                row[COLUMNS[name.replace("_", " ")]] = value
    return as_csv([HEADER, *rows])


# rule, what breaks it, what stands beside it and is fine
SINGLE = [
    ("unknown_authority", {"LA_Code": "999"}, {"LA_Code": "E06000060"}),
    ("unknown_authority", {"LA_Code": "", "LA_Name": ""}, {"LA_Name": ""}),
    ("not_a_member", {"LA_Code": "202", "LA_Name": "Camden"}, {"LA_Name": "Bucks"}),
    ("authority_conflict", {"LA_Name": "Kent"}, {"LA_Name": "Buckinghamshire Council"}),
    ("unknown_name", {"LA_Name": "Buckinghamshyre"}, {"LA_Name": "BUCKINGHAMSHIRE"}),
    ("region_disagrees", {"Region": "London"}, {"Region": "south east"}),
    ("bad_period", {"Quarter": "Q5"}, {"Quarter": "q2"}),
    ("bad_period", {"Financial_Year": "2025-27"}, {"Financial_Year": "2025-2026"}),
    ("bad_period", {"Financial_Year": "2025-2126"}, {"Financial_Year": "2025/26"}),
    ("bad_period", {"Financial_Year": "1925-26"}, {"Financial_Year": "2009-10"}),
    ("future_period", {"Quarter": "Q3"}, {"Quarter": "Q1"}),
    ("unknown_measure", {"Measure_ID": "referals"}, {"Measure_ID": "Referrals"}),
    ("unknown_measure", {"Measure_ID": "A01-rate"}, {"Measure_ID": "REFERRALS"}),
    ("measure_conflict", {"Measure_Name": "Assessments completed"}, {"Measure_Name": "Our referrals"}),
    ("unreadable_value", {"Measure_Value": "about 40"}, {"Measure_Value": "400"}),
    ("unreadable_value", {"Measure_Value": "12,34"}, {"Measure_Value": "1,234"}),
    ("unreadable_value", {"Measure_Value": "40\u00b2"}, {"Measure_Value": "\uff14\uff10\uff10"}),
    ("percentage_sent", {"Measure_Value": "40%"}, {"Measure_Value": "400.0"}),
    ("ambiguous_number", {"Measure_Value": "4.000"}, {"Measure_Value": "4,000"}),
    ("split_number", {"Measure_Value": "1", "Measure_Quality": "400"}, {"Measure_Quality": "2"}),
    ("negative_count", {"Measure_Value": "-1"}, {"Measure_Value": "80"}),
    ("fractional_count", {"Measure_Value": "400.5"}, {"Measure_Value": "400.0"}),
    ("count_too_large", {"Measure_Value": "1000001"}, {"Measure_Value": "1000000"}),
    ("note_names_somebody", {"Measure_Quality": "ask John Smith"}, {"Measure_Quality": "Provisional, see South East"}),
]


@pytest.mark.parametrize(("rule", "breaks", "fine"), SINGLE, ids=lambda value: value if isinstance(value, str) else "")
def test_a_rule_finds_the_fault_and_lets_the_rest_by(rule, breaks, fine):
    outcome = checked(spoilt(**breaks))
    found = rows_of(outcome, rule)
    assert list(found["line"]) == [2]
    assert set(found["severity"]) == {str(RULES[rule].severity)}
    used = cell(outcome, "referrals")["status"] == Status.GIVEN
    assert used == (RULES[rule].severity != "refuse")
    assert cell(outcome, "re_referrals")["value"] == 80
    assert rule not in rules_of_rows(spoilt(**fine))


def test_days_may_have_decimals_and_last_a_childhood():
    assert rules_broken(checked(spoilt("a1_days", Measure_Value="6588"))) == set()
    assert rules_broken(checked(spoilt("a1_days", Measure_Value="6589"))) == {"count_too_large"}
    assert rules_broken(checked(spoilt("a1_days", Measure_Value="-0.5"))) == {"negative_count"}


def test_a_row_with_more_cells_than_columns_is_not_used():
    text = Return("825").csv().replace("Referrals,400,", "Referrals,1,400,,")
    outcome = checked(text)
    assert list(rows_of(outcome, "ragged_row")["line"]) == [2]
    assert cell(outcome, "referrals")["status"] == Status.NOT_SUBMITTED
    padded = [[*row, "", ""] for row in [HEADER, *Return("825").rows()]]
    assert rules_broken(checked(as_csv(padded))) == set()


def test_a_short_row_is_read_with_its_last_cells_blank():
    assert rules_broken(checked(Return("825").csv().replace("Referrals,400,", "Referrals,400"))) == set()


def test_a_value_that_is_refused_is_not_available_rather_than_not_sent():
    outcome = checked(spoilt(Measure_Value="-1"))
    found = cell(outcome, "referrals")
    assert (found["status"], found["source_line"]) == (Status.NOT_AVAILABLE, 2)
    assert rows_of(outcome, "missing_measure").empty


def test_a_row_under_the_wrong_code_marks_nothing_at_the_authority_whose_code_it_is():
    outcome = checked(spoilt(LA_Code="886"))
    assert rows_of(outcome, "authority_conflict")["authority"].tolist() == ["886"]
    assert set(outcome.checked.loc[outcome.checked["authority"] == "886", "status"]) == {Status.NOT_SUBMITTED}


def test_what_is_wrong_all_the_way_down_a_file_is_said_once():
    rows = [["London", *row[1:]] for row in Return("825").rows()]
    found = rows_of(checked(as_csv([HEADER, *rows])), "region_disagrees")
    assert list(found["seen"]) == ["Region: London (22 rows)"]
    assert (found["line"].item(), found["period"].item(), found["measure"].item()) == (2, FOLDER, "")


def test_members_who_joined_from_outside_are_expected_and_their_own_region_is_right():
    region = REGION.model_copy(update={"outside_members": ("202",)})
    outcome = check([file_of(Return("202").csv())], region, PERIOD, REGISTRY)
    assert cell(outcome, "referrals", "202")["value"] == 400
    assert set(outcome.findings["rule"]) == {"missing_return"}


PARTS = [
    ("re_referrals", "referrals"), ("assessments_45_days", "assessments"), ("cpp_second_ever", "cpp_starting"),
    ("cpp_second_2_years", "cpp_second_ever"), ("a3_under_14_months", "a3_children"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "whole"), PARTS)
def test_a_part_above_its_whole_is_not_used_and_the_whole_is(part, whole):
    equal = Return("825").with_values(**{part: MEASURES[whole]})
    if part == "cpp_second_ever":
        assert rules_broken(checked(equal.csv())) == set()
    assert "part_above_whole" not in rules_broken(checked(equal.csv()))
    above = Return("825").with_values(**{part: str(int(MEASURES[whole]) + 1)})
    outcome = checked(above.csv())
    found = rows_of(outcome, "part_above_whole")
    assert part in set(found["measure"])
    assert cell(outcome, part)["status"] == Status.NOT_AVAILABLE
    assert cell(outcome, whole)["status"] == Status.GIVEN


@pytest.mark.parametrize(("part", "base"), [("icpc_15_days", "s47_enquiries"), ("adopted", "cla_at_end")])
def test_a_count_above_a_base_that_it_is_no_part_of_is_used_and_asked_about(part, base):
    assert rules_broken(checked(Return("825").with_values(**{part: MEASURES[base]}).csv())) == set()
    outcome = checked(Return("825").with_values(**{part: str(int(MEASURES[base]) + 1)}).csv())
    assert rules_broken(outcome) == {"above_its_base"}
    assert cell(outcome, part)["value"] == int(MEASURES[base]) + 1


def test_a_part_is_not_held_against_a_whole_that_is_missing_or_of_another_quarter():
    assert rules_broken(checked(Return("825").with_values(referrals="c").csv())) == {"no_figure"}
    earlier = Return("825", Quarter(2025, 1)).with_values(referrals="10", re_referrals="2")
    rows = [*earlier.rows(), *Return("825").rows()]
    assert rules_broken(checked(as_csv([HEADER, *rows]))) == {"copied_return"}


@pytest.mark.parametrize(
    ("days", "children", "rules", "status"),
    [
        ("400", "2", set(), Status.GIVEN),
        ("400", "0", {"days_without_children"}, Status.GIVEN),
        ("400", "c", {"days_without_children", "no_figure"}, Status.GIVEN),
        ("", "0", set(), Status.NOT_APPLICABLE),
        (None, "0", set(), Status.NOT_APPLICABLE),
        ("", "2", {"missing_measure"}, Status.NOT_SUBMITTED),
        ("", "", {"missing_measure"}, Status.NOT_SUBMITTED),
    ],
)
def test_an_average_needs_its_children_and_no_children_need_no_average(days, children, rules, status):
    outcome = checked(Return("825").with_values(a1_days=days, a1_children=children).csv())
    assert rules_broken(outcome) == rules
    assert cell(outcome, "a1_days")["status"] == status


def test_a_missing_measure_is_asked_for_only_in_the_quarter_of_the_report():
    earlier = Return("825", Quarter(2025, 1)).with_values(referrals=None, adopted="")
    now = Return("825").with_values(referrals=None, adopted="", cla_starting="0")
    outcome = checked(as_csv([HEADER, *earlier.rows(), *now.rows()]))
    found = rows_of(outcome, "missing_measure")
    assert sorted(found["measure"]) == ["adopted", "referrals"]
    assert set(found["period"]) == {FOLDER}
    assert cell(outcome, "cla_starting")["value"] == 0


def test_an_authority_that_sent_nothing_is_one_finding(clean):
    del clean["886"]
    outcome = checked(*files_of(clean))
    assert outcome.findings[["rule", "authority", "period", "seen"]].values.tolist() == [
        ["missing_return", "886", FOLDER, "nothing from Kent"]
    ]


def test_a_return_of_blanks_is_a_missing_return():
    outcome = checked(Return("825", values=dict.fromkeys(MEASURES, "")).csv())
    assert set(outcome.findings["rule"]) == {"missing_return"}
    assert "825" in set(outcome.findings["authority"])


def test_a_mark_in_place_of_a_figure_is_noted():
    outcome = checked(Return("825").with_values(adopted="x").csv())
    found = rows_of(outcome, "no_figure")
    assert found[["severity", "measure", "seen"]].values.tolist() == [["note", "adopted", "x"]]


def two_files(first: Return, second: Return, folders: tuple[str, str] = (FOLDER, FOLDER)):
    return checked(file_of(first.csv(), "a.csv", folders[0]), file_of(second.csv(), "b.csv", folders[1]))


def test_two_different_figures_in_one_folder_are_both_refused():
    outcome = two_files(Return("825"), Return("825").with_values(referrals="401"))
    found = rows_of(outcome, "duplicate")
    assert sorted(found["file"]) == ["2025-26-Q2/a.csv", "2025-26-Q2/b.csv"]
    assert set(found["severity"]) == {"refuse"}
    assert cell(outcome, "referrals")["status"] == Status.NOT_AVAILABLE
    assert cell(outcome, "re_referrals")["value"] == 80
    assert len(rows_of(outcome, "repeated_row")) == 21


def test_the_same_figure_twice_in_a_file_is_a_note_and_the_first_is_read():
    rows = Return("825").rows()
    outcome = checked(as_csv([HEADER, *rows, rows[0]]))
    assert list(rows_of(outcome, "repeated_row")["line"]) == [24]
    assert cell(outcome, "referrals")["source_line"] == 2
    assert rules_broken(outcome) == {"repeated_row"}


def test_a_blank_beside_a_figure_in_one_folder_takes_nothing_away():
    for first, second in (
        (Return("825").with_values(referrals=""), Return("825")),
        (Return("825"), Return("825").with_values(referrals="")),
    ):
        outcome = two_files(first, second)
        assert cell(outcome, "referrals")["value"] == 400
        assert rules_broken(outcome) == {"repeated_row"}


def test_a_faulty_row_does_not_spoil_a_good_one_for_the_same_figure():
    rows = Return("825").rows()
    outcome = checked(as_csv([HEADER, *rows, [*rows[0][:7], "-4", ""]]))
    assert cell(outcome, "referrals")["value"] == 400
    assert rules_broken(outcome) == {"negative_count"}


def test_the_same_bytes_twice_in_one_folder_are_read_once():
    outcome = two_files(Return("825"), Return("825"))
    assert rules_broken(outcome) == {"same_file"}
    assert cell(outcome, "referrals")["value"] == 400


def test_a_later_folder_revises_and_says_so_only_where_the_figure_changed():
    earlier = Return("825", Quarter(2025, 1))
    later = Return("825", Quarter(2025, 1)).with_values(referrals="410", adopted="x")
    outcome = two_files(earlier, later, ("2025-26-Q1", "2025-26-Q2"))
    found = rows_of(outcome, "revised")
    assert sorted(found["seen"]) == ["4 in 2025-26-Q1, x in 2025-26-Q2", "400 in 2025-26-Q1, 410 in 2025-26-Q2"]
    assert cell(outcome, "referrals", period="2025-26-Q1")["value"] == 410
    assert cell(outcome, "adopted", period="2025-26-Q1")["status"] == Status.NOT_AVAILABLE


def test_neither_a_blank_nor_a_faulty_figure_in_a_later_folder_takes_the_earlier_one_away():
    earlier = Return("825", Quarter(2025, 1))
    later = Return("825", Quarter(2025, 1)).with_values(referrals="", adopted="-4")
    outcome = two_files(earlier, later, ("2025-26-Q1", "2025-26-Q2"))
    assert cell(outcome, "referrals", period="2025-26-Q1")["value"] == 400
    assert cell(outcome, "adopted", period="2025-26-Q1")["value"] == 4
    assert rules_broken(outcome) - {"missing_return"} == {"blank_after_figure", "negative_count"}


def test_figures_of_a_later_quarter_wait_for_its_report():
    later = Return("825", Quarter(2025, 3))
    outcome = checked(file_of(later.csv(), "a.csv", "2025-26-Q3"))
    assert rows_of(outcome, "future_period").empty
    assert outcome.checked["period"].max() == FOLDER


def test_extra_and_absent_columns_are_noted_by_position_and_by_known_name():
    rows = [[*row[:8], "", "secret"] for row in Return("825").rows()]
    header = [*HEADER, "Anything Private"]
    outcome = checked(as_csv([header, *rows]))
    assert list(rows_of(outcome, "extra_column")["seen"]) == ["left out: column J"]
    rows = [row[1:] for row in Return("825").rows()]
    outcome = checked(as_csv([HEADER[1:], *rows]))
    assert list(rows_of(outcome, "missing_column")["seen"]) == ["absent: Region"]
    assert cell(outcome, "referrals")["value"] == 400


def test_a_finding_quotes_short_numbers_and_known_words_and_describes_the_rest():
    outcome = checked(spoilt(Measure_Value="9434765919", LA_Name="Somebody Else"))
    assert "Somebody" not in outcome.findings.to_string()
    assert "9434765919" not in outcome.findings.to_string()
    assert list(rows_of(outcome, "count_too_large")["seen"]) == ["a text of 10 digits"]
    assert list(rows_of(checked(spoilt(Measure_ID="referals")), "unknown_measure")["seen"]) == [
        "Measure ID: a text of 8 letters; near to referrals"
    ]


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("  plain \n words ", "plain words"),
        ("<b>bold</b> <script>x()</script>", "bold x()"),
        ("see [the page](http://a.example/x) or http://b.example", "see the page or"),
        ("![a picture](x.png)", "a picture"),
        ("5 < 6", "5 6"),
        ("=1+1", "=1+1"),
    ],
)
def test_a_note_becomes_one_plain_paragraph(note, shown):
    assert cell(checked(Return("825", quality=note).csv()), "referrals")["quality"] == shown


def test_a_note_that_names_somebody_is_left_out_and_its_figure_used():
    found = cell(checked(Return("825", quality="Amelia Jones moved away").csv()), "referrals")
    assert (found["value"], found["quality"]) == (400, "")
