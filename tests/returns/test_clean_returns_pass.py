"""The other side of the door: a genuine return is never taken for child-level data."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from return_files import HEADER, MEASURES, PERIOD, REGISTRY, Return, as_csv, as_xlsx, file_of, rules_of_rows, saved

from analysis.reference.authorities import authorities
from analysis.reference.matching import plain
from analysis.returns.door.identifiers import identifying, identifying_in_header
from analysis.returns.door.personal import people, places
from analysis.returns.reading.mapping import STANDARD, packaged_templates
from analysis.returns.reading.read import read_return, vocabulary
from analysis.returns.rules.file_rules import Refusal

REFUSED_AT_THE_DOOR = {"child_level_columns", "child_level_values", "child_level_shape"}
NOTES = [
    "",
    "Provisional",
    "Validated",
    "Green",
    "Amber",
    "Final figure",
    "Estimated, see note",
    "recording changed from 01/04/2025",
    "Includes 3 UASC",
    "S47 2nd enquiry counted",
    "Data quality issue: 12 missing",
    "12/10/2025",
    "system change Oct 2025",
    "As at 30 September 2025",
    "Not validated",
    "A1 3rd quarter",
    "n=4",
    "call 01296 395000",
    "Young people aged 16-17",
    "E06000060",
    "E1 adopted",
    "Q2 2025-26",
    "see Surrey",
    "Windsor & Maidenhead",
    "Mosaic to Liquidlogic migration",
    "RAG: Red",
    "rounded to 5",
    "1,234 at year end",
    "version 1.2.3",
    "ref 12345678",
    "10 March to 4 April",
    "MADE-UP DATA",
]

codes = st.sampled_from([code for code, one in authorities().items() if one.current])
counts = st.one_of(
    st.integers(0, 9999).map(str), st.sampled_from(["", "c", "x", "z", "..", "N/A", "1-5", "01/05/2025"])
)


def read(content: str) -> Refusal | object:
    return read_return(file_of(content), REGISTRY, packaged_templates())


@st.composite
def returns(draw: st.DrawFn) -> str:
    """Long returns of one to four authorities and quarters, with the notes and slips of real ones."""
    rows = []
    for code in draw(st.lists(codes, min_size=1, max_size=4, unique=True)):
        for back in draw(st.lists(st.integers(0, 7), min_size=1, max_size=4, unique=True)):
            note = draw(st.sampled_from(NOTES))
            values = {
                measure: draw(counts)
                for measure in draw(st.lists(st.sampled_from(list(MEASURES)), min_size=3, unique=True))
            }
            spelling = draw(st.sampled_from([str.upper, str.title, str, lambda text: f"{text} Council"]))
            for row in Return(code, PERIOD.shift(-back), values, note).rows():
                rows.append([*row[:2], spelling(row[2]), *row[3:]])
    return as_csv([HEADER, *rows])


@given(returns())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_return_that_an_authority_could_send_is_refused_at_the_door(content):
    outcome = read(content)
    assert not isinstance(outcome, Refusal), outcome.rule.id


def test_every_authority_s_return_passes_in_both_formats():
    for code, authority in authorities().items():
        assert not isinstance(read(Return(code).csv()), Refusal), authority.name
    book = saved(as_xlsx([HEADER, *Return("870").rows()]))
    assert rules_of_rows(file_of(book)) == set()


def test_a_whole_nation_in_one_file_passes():
    rows = [row for code in authorities() for row in Return(code).rows()]
    assert not isinstance(read(as_csv([HEADER, *rows])), Refusal)


def test_a_wide_return_of_the_whole_nation_passes():
    template = packaged_templates()[0]
    header = ["Region", *template.columns.values(), *template.measures]
    rows = [
        [one.region, code, one.name, "2025/26", "Q2", "Provisional", *MEASURES.values()]
        for code, one in authorities().items()
    ]
    assert not isinstance(read(as_csv([header, *rows])), Refusal)


@pytest.mark.parametrize("note", NOTES)
def test_notes_that_people_write_pass(note):
    assert not rules_of_rows(Return("870", quality=note).csv()) & REFUSED_AT_THE_DOOR


@pytest.mark.parametrize(
    ("heading", "fill"),
    [
        ("Date submitted", lambda row: "12/10/2025"),
        ("Run on", lambda row: "2025-10-12 09:30:00"),
        ("Period end", lambda row: "30/09/2025"),
        ("Completed by", lambda row: "Jane Smith"),
        ("Population 0-17", lambda row: "127345"),
        ("UASC", lambda row: "3"),
        ("Rate per 10,000", lambda row: "32.5"),
        ("Indicator title", lambda row: f"{row[6]} (title)"),
        ("Key", lambda row: f"{row[1]}-{row[5]}"),
        ("Row", lambda row: str(100 + len(row[5]))),
        ("ONS code and year", lambda row: "E060000602025"),
    ],
)  # fmt: skip
def test_columns_that_a_return_may_have_besides_pass(heading, fill):
    rows = [[*row, fill(row)] for row in Return("825").rows()]
    assert rules_of_rows(as_csv([[*HEADER, heading], *rows])) == {"extra_column"}


def test_one_ten_digit_slip_among_the_values_is_a_slip():
    assert rules_of_rows(Return("825").with_values(referrals="9434765919").csv()) == {"count_too_large"}


def test_a_range_that_a_spreadsheet_made_a_day_of_is_a_slip():
    values = dict.fromkeys(list(MEASURES)[:9], "2025-05-01")
    assert rules_of_rows(Return("825").with_values(**values).csv()) == {"unreadable_value"}


def test_a_return_in_a_layout_that_nobody_knows_is_not_called_child_level():
    rows = [["Authority", "Year", "Quarter", "Indicator", "Number", "Name", "Contact"]]
    rows += [
        ["Buckinghamshire", "2025/26", "2", measure.name, str(number), "SESLIP", "Jane Smith"]
        for number, measure in enumerate(REGISTRY.measures.values())
    ]
    assert rules_of_rows(as_csv(rows)) == {"unknown_layout"}
    assert rules_of_rows(as_csv(rows, ";")) == {"unknown_layout"}


def test_none_of_the_kit_s_own_words_is_an_identifier_or_a_person():
    words = [text for one in REGISTRY.measures.values() for text in (one.id, one.name)]
    words += [one.title for one in REGISTRY.indicators.values()] + [one.annex_a for one in REGISTRY.indicators.values()]
    for template in (STANDARD, *packaged_templates()):
        words += [*template.columns.values(), *template.measures]
    assert identifying(words) | identifying_in_header(words) == set()
    known = vocabulary(REGISTRY, packaged_templates()) | places()
    assert people(words, known) == set()
    assert people([one.name for one in authorities().values()], known) == set()
    assert people([plain(one.region) for one in authorities().values()], known) == set()
