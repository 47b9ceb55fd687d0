"""The ledger of corrections: what it changes, what it leaves alone, and when an entry no longer holds."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from analysis.errors import BadReferenceError
from analysis.reference.registry import registry
from analysis.registers.apply_corrections import apply_corrections
from analysis.registers.corrections import Correction, Ledger, entry_text, load_ledger
from analysis.registers.register_file import add_corrections

WHEN = "2025-26-Q2"
SHA = "a" * 64
ROWS = [
    ("825", WHEN, "cin_at_end", float("nan"), "not_submitted", "", pd.NA, ""),
    ("825", WHEN, "re_referrals", 287.0, "given", "Provisional", 3, SHA),
    ("825", WHEN, "referrals", 1204.0, "given", "", 2, SHA),
    ("886", WHEN, "referrals", 4310.0, "given", "MADE-UP", 2, SHA),
]


def grid():
    names = ["authority", "period", "measure", "value", "status", "quality", "source_line", "receipt"]
    texts = dict.fromkeys(("authority", "period", "measure", "status", "quality", "receipt"), "str")
    return pd.DataFrame(ROWS, columns=names).astype(texts | {"value": "float64", "source_line": "Int64"})


def correction(**overrides):
    entry = {
        "id": "825-slip", "authority": "825", "period": WHEN, "measure": "re_referrals", "action": "override",
        "value": "278", "expect": "287", "reason": "Two digits changed places", "reported_by": "Data manager",
        "decided_by": "DBG", "date": "2025-11-20", "status": "agreed",
    }  # fmt: skip
    entry = {key: value for key, value in (entry | overrides).items() if value is not None}
    return Correction.model_validate(entry)


def applied(*entries):
    table, findings = apply_corrections(grid(), Ledger.of(entries))
    return table, [(finding.rule, finding.seen) for finding in findings]


def cell(table, measure="re_referrals", authority="825"):
    return table[(table["authority"] == authority) & (table["measure"] == measure)].iloc[0]


def test_an_agreed_entry_changes_its_cell_and_no_other():
    table, findings = applied(correction())
    found = cell(table)
    assert (found["value"], found["status"]) == (278.0, "given")
    assert (found["quality"], found["receipt"]) == ("corrected: Two digits changed places", "825-slip")
    assert found["source_line"] == 1
    assert findings == [("corrected", "825-slip: 287 becomes 278")]
    others = grid()["measure"] != "re_referrals"
    pd.testing.assert_frame_equal(table[others], grid()[others])
    assert list(table.columns) == list(grid().columns)
    assert table.dtypes.to_dict() == grid().dtypes.to_dict()


def test_the_grid_as_sent_is_never_changed():
    before = grid()
    apply_corrections(before, Ledger.of([correction()]))
    pd.testing.assert_frame_equal(before, grid())


@pytest.mark.parametrize(
    ("status", "changes"),
    [("open", False), ("agreed", True), ("applied", True), ("withdrawn", False), ("mended_at_source", False)],
)
def test_only_what_is_agreed_or_applied_changes_figures(status, changes):
    ended = "2025-11-25" if status in ("withdrawn", "mended_at_source") else None
    table, findings = applied(correction(status=status, ended=ended))
    assert (cell(table)["value"] == 278.0) == changes
    assert bool(findings) == changes


def test_a_blank_withdraws_the_figure():
    table, findings = applied(correction(action="blank", value=None))
    found = cell(table)
    assert pd.isna(found["value"])
    assert found["status"] == "not_available"
    assert findings == [("corrected", "825-slip: 287 becomes x")]


def test_a_figure_that_was_not_sent_can_be_supplied():
    table, _ = applied(correction(measure="cin_at_end", expect="..", value="1300"))
    found = cell(table, "cin_at_end")
    assert (found["value"], found["status"], found["receipt"], found["source_line"]) == (1300.0, "given", "825-slip", 1)


def test_a_mark_can_stand_in_place_of_a_figure():
    table, _ = applied(correction(value="c"))
    assert cell(table)["status"] == "suppressed"
    assert pd.isna(cell(table)["value"])


def test_a_made_up_figure_stays_made_up():
    table, _ = applied(correction(authority="886", measure="referrals", expect="4310", value="4301"))
    assert cell(table, "referrals", "886")["quality"] == "MADE-UP; corrected: Two digits changed places"


@pytest.mark.parametrize(
    ("overrides", "rule", "says"),
    [
        ({"value": "287", "expect": "278"}, "correction_mended_at_source", "the corrected figure: 287"),
        ({"expect": "999"}, "correction_source_changed", "neither figure: 287"),
        (
            {"measure": "cin_at_end", "expect": "1300", "value": "1200"},
            "correction_source_changed",
            "neither figure: ..",
        ),
        ({"measure": "adopted"}, "correction_without_cell", "no figure"),
        ({"period": "2024-25-Q1"}, "correction_without_cell", "no figure"),
        ({"authority": "921"}, "correction_without_cell", "no figure"),
    ],
    ids=["mended", "changed", "not sent", "measure", "quarter", "authority"],
)
def test_the_guard_fails_by_name_and_changes_nothing(overrides, rule, says):
    entry = correction(**overrides)
    table, findings = apply_corrections(grid(), Ledger.of([entry]))
    pd.testing.assert_frame_equal(table, grid())
    (finding,) = findings
    assert (finding.rule, finding.severity, finding.line) == (rule, "refuse", 1)
    assert finding.seen.startswith("825-slip: ")
    assert says in finding.seen


LEDGER = """# what people wrote
- id: 825-slip
  authority: "825"
  period: 2025-26-Q2
  measure: re_referrals
  action: override
  value: 278
  expect: 287
  reason: Two digits changed places
  reported_by: Data manager
  decided_by: DBG
  date: 2025-11-20
  status: agreed
"""
SECOND = LEDGER.replace("# what people wrote\n", "").replace("825-slip", "825-again")


def ledger(tmp_path, text):
    path = tmp_path / "south-east" / "corrections.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return load_ledger(path, registry())


def test_a_ledger_is_read_with_its_lines(tmp_path):
    read = ledger(tmp_path, LEDGER + "\n" + SECOND.replace("re_referrals", "referrals"))
    assert [entry.id for entry in read.entries] == ["825-slip", "825-again"]
    assert read.lines == (2, 15)
    assert read.entries[0] == correction()


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]\n"])
def test_a_ledger_may_be_empty_or_absent(tmp_path, text):
    assert ledger(tmp_path, text) == Ledger()
    assert load_ledger(tmp_path / "none.yml", registry()) == Ledger()


@pytest.mark.parametrize(
    ("old", "new", "says", "line"),
    [
        ('"825"', '"999"', "no authority", 3),
        ("2025-26-Q2", "2025-27-Q2", "not a quarter", 4),
        ("re_referrals", "re_referal", "no measure", 5),
        ("override", "drop", "action", 6),
        ("value: 278", "value: many", "digits alone", 7),
        ("value: 278", "value: 27.5", "whole", 7),
        ("value: 278", "value: -1", "digits alone", 7),
        ("value: 278", "value: 287", "the same figure", 2),
        ("  value: 278\n", "", "override needs a value", 2),
        ("expect: 287\n", "expect: true\n", "expect", 8),
        ("Two digits changed places", "Sarah Smith said so", "name or identify", 9),
        ("Data manager", "Oliver Jones", "name or identify", 10),
        ("  decided_by: DBG\n", "", "who decided", 2),
        ("agreed", "withdrawn", "ended", 2),
        ("agreed", "done", "status", 13),
        ("status: agreed", "state: agreed", "not known", 13),
    ],
)
def test_a_bad_entry_is_refused_by_name_and_line(tmp_path, old, new, says, line):
    assert old in LEDGER
    with pytest.raises(BadReferenceError) as raised:
        ledger(tmp_path, LEDGER.replace(old, new))
    assert says in str(raised.value)
    assert raised.value.where == f"south-east/corrections.yml, line {line}"
    assert "Sarah" not in str(raised.value)


def test_two_entries_about_one_figure_are_refused_by_name_and_line(tmp_path):
    with pytest.raises(BadReferenceError, match=r"825-again is about the same figure as 825-slip \(line 2\)") as raised:
        ledger(tmp_path, LEDGER + SECOND)
    assert raised.value.where == "south-east/corrections.yml, line 14"
    with pytest.raises(BadReferenceError, match=r"another correction is called 825-slip \(line 2\)"):
        ledger(tmp_path, LEDGER + SECOND.replace("825-again", "825-slip").replace("re_referrals", "referrals"))


def test_one_entry_may_follow_another_about_the_same_figure(tmp_path):
    over = LEDGER.replace("status: agreed", "status: withdrawn\n  ended: 2025-11-25")
    later = SECOND.replace("2025-11-20", "2025-11-25").replace("278", "280")
    read = ledger(tmp_path, over + later)
    by_day = {
        day: [entry.value for entry in read.known_on(date(2025, 11, day)).entries if entry.status == "agreed"]
        for day in (19, 20, 24, 25, 30)
    }
    assert by_day == {19: [], 20: ["278"], 24: ["278"], 25: ["280"], 30: ["280"]}
    with pytest.raises(BadReferenceError, match="same figure"):
        ledger(tmp_path, over + SECOND)


def test_an_entry_is_added_below_what_people_wrote(tmp_path):
    ledger(tmp_path, LEDGER)
    path = tmp_path / "south-east" / "corrections.yml"
    add_corrections(path, [correction(id="886-new", authority="886", measure="referrals")], registry())
    text = path.read_text(encoding="utf-8")
    assert text.startswith(LEDGER)
    assert [entry.id for entry in load_ledger(path, registry()).entries] == ["825-slip", "886-new"]
    with pytest.raises(BadReferenceError, match="same figure"):
        add_corrections(path, [correction(id="825-third")], registry())
    assert path.read_text(encoding="utf-8") == text


def test_a_ledger_is_begun_with_the_first_entry(tmp_path):
    path = tmp_path / "south-east" / "corrections.yml"
    add_corrections(path, [], registry())
    assert not path.exists()
    add_corrections(path, [correction()], registry())
    assert load_ledger(path, registry()).entries == (correction(),)
    assert path.read_text(encoding="utf-8").startswith("# Corrections")


FIGURES = st.one_of(st.integers(0, 10**6).map(str), st.sampled_from(["c", "x", "z", "u", ".."]))


@settings(max_examples=60, deadline=None)
@given(FIGURES, FIGURES, st.sampled_from([row[:3] for row in ROWS]))
def test_no_figure_comes_from_anywhere_but_the_return_or_the_ledger(value, expect, key):
    authority, period, measure = key
    about = {"authority": authority, "period": period, "measure": measure, "value": value, "expect": expect}
    if value == expect:
        with pytest.raises(ValidationError):
            correction(**about)
        return
    entry = correction(**about)
    table, findings = apply_corrections(grid(), Ledger.of([entry]))
    assert len(findings) == 1
    allowed = {1204.0, 287.0, 4310.0} | ({float(value)} if value.isdigit() else set())
    assert set(table["value"].dropna()) <= allowed
    assert (table["value"].notna() == (table["status"] == "given")).all()


def test_an_entry_survives_being_written_and_read(tmp_path):
    entry = correction(value="c", reason="Größe: 'quoted', #1 and - more")
    assert ledger(tmp_path, entry_text([entry])).entries == (entry,)
