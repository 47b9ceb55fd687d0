"""What is taken for an identifier, against published examples and brute force."""

from __future__ import annotations

import pytest
from children import CHILDREN, LETTERS, nhs, upn
from hypothesis import given
from hypothesis import strategies as st

from analysis.returns.door.identifiers import identifying, identifying_in_header
from analysis.returns.door.personal import (
    born,
    day,
    is_name,
    names_somebody,
    nhs_numbers,
    people,
    person_shaped,
    pieces,
    postcode_like,
    tidy,
    upn_like,
    within_month,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("B801200005001", True),  # python-stdnum's example of a valid UPN
        ("b801200005001", True),
        ("A801200005001", True),  # a wrong check letter is a UPN with a slip
        ("T80120000500A", True),  # a temporary one
        ("the child B801200005001.", True),
        ("B80120000500", False),
        ("S801200005001", False),  # S, I and O are no check letters
        ("XB801200005001", False),
        ("E060000602025", False),  # an ONS code and a year
        (upn("825200101001"), True),
    ],
)
def test_a_upn_is_known_by_its_form(text, found):
    assert upn_like(text) == found


def test_a_upn_that_begins_like_an_ons_code_is_known_by_its_check_letter():
    right = next(one for one in (upn(f"06000060{number:04d}") for number in range(500)) if one[0] == "E")
    assert upn_like(right)


@pytest.mark.parametrize("written", ["9434765919", "943 476 5919", "943-476-5919", "NHS: 943 476 5919!"])
def test_the_nhs_s_own_example_is_an_nhs_number(written):
    assert nhs_numbers(written) == {"9434765919"}


@pytest.mark.parametrize(
    "written", ["9434765918", "0000000000", "1111111111", "94347659190", "x9434765919", "01189 373000"]
)
def test_other_ten_digits_are_not(written):
    assert nhs_numbers(written) == set()


@given(st.integers(0, 999_999_999))
def test_exactly_one_check_digit_or_none_makes_nine_digits_an_nhs_number(nine):
    stem = f"{nine:09d}"
    total = sum((10 - index) * int(digit) for index, digit in enumerate(stem))
    found = [digit for digit in "0123456789" if nhs_numbers(stem + digit)]
    if (11 - total % 11) == 10 or len(set(stem)) == 1:
        assert len(found) <= 1
    else:
        assert [stem + digit for digit in found] == [nhs(stem)]


@pytest.mark.parametrize("text", ["HP20 1UY", "hp201uy", "SW1A 1AA", "M1 1AE", "EC1A1BB", "lives at W1A 0AX now"])
def test_postcodes(text):
    assert postcode_like(text)


@pytest.mark.parametrize(
    "text",
    ["S47 2nd", "E06000060", "Q2 2025", "A1 3AB", "ZZ1 1AA", "S47 9am", "HP20", "N1", "CP2 1AA", "HP20 1UYX", "SN2025"],
)
def test_what_only_resembles_a_postcode(text):
    assert not postcode_like(text)


@pytest.mark.parametrize(
    "text",
    [
        "14/03/2012",
        "14.3.12",
        "14-03-2012",
        "2012-03-14",
        "2012/3/14 00:00:00",
        "14 March 2012",
        "14th Mar 12",
        "14-Mar-2012",
        "March 14, 2012",
        "20120314",
        "14032012",
        "2012-03-14T09:30:00Z",
        "03/14/2012",
    ],
)
def test_days_are_the_same_day_however_written(text):
    assert day(text) == "2012-03-14"


@pytest.mark.parametrize(
    "text", ["2025-26", "Q2", "2025-26-Q2", "July 2025", "412", "99/99/2012", "31/02/2012", "1.2.3", "12345678", ""]
)
def test_what_is_no_day(text):
    assert day(text) is None


def test_bare_digits_are_no_day_among_figures():
    assert day("20120314", bare_digits=False) is None


def test_the_ends_of_months_may_be_the_ends_of_periods():
    assert [within_month(one) for one in ("2025-07-01", "2025-09-30", "2024-02-29", "2025-09-29")] == [
        False,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("DOB 14/03/12", True),
        ("d.o.b.: 14 March", True),
        ("born on 3 May", True),
        ("born in care", False),
        ("Bourne 12", False),
        ("newborn 3", False),
    ],
)
def test_births_in_a_note(text, found):
    assert born(text) == found


def test_people_are_told_from_places_and_words():
    cells = [
        "Amelia Jones",
        "JONES, Amelia",
        "amelia jones",
        "Zo\u00eb",
        "O'Brien",
        "Reading",
        "Kent",
        "Provisional",
        "Jones moved",
    ]
    assert people(cells, {"reading", "kent"}) == {
        "Amelia Jones",
        "JONES, Amelia",
        "amelia jones",
        "Zo\u00eb",
        "O'Brien",
    }
    assert not is_name("Reading")


def test_names_on_no_list_are_known_by_their_shape_when_they_fill_a_column():
    cells = ["Quillon Brandt", "Ozymandias Fenwickle", "Tamsin-Rae Oduya"]
    assert person_shaped(cells, {"children"})
    assert not person_shaped(cells[:2], set())
    assert not person_shaped([*cells, "looked after", "3"], set())
    assert not person_shaped(["Children Adopted", "Children Seen", "Children Missing"], {"children"})


@pytest.mark.parametrize(
    ("note", "found"), [("ask Amelia Jones", True), ("Amelia moved", False), ("see the amelia jones file", False)]
)
def test_a_first_name_and_a_surname_together_name_somebody(note, found):
    assert names_somebody(note) == found


def test_text_is_taken_apart_at_any_delimiter():
    assert pieces('a;b|c\td"e"  f{"g": "h"}<i>') == list("abcdefghi")
    assert tidy("\uff19\u00a0\u200b1") == "9 1"


@pytest.mark.parametrize(
    "name",
    [
        "UPN",
        "upn",
        "U.P.N.",
        "Unique_Pupil_Number",
        "NHS No.",
        "D.O.B",
        "Date of birth",
        "Fore-name",
        "First Name",
        "SURNAME",
        "Child's Name",
        "Post code",
        "LAchildID",
        "Child ID",
        "pers_person_id",
        "cine_referral_id",
        "clae_cla_placement_start_date",
        "HOME_POST",
        "DECOM",
        "Case ref",
        "Mosaic ID",
    ],
)
def test_names_of_columns_that_identify_a_child_in_any_spelling(name):
    assert identifying([name])


@pytest.mark.parametrize(
    "names",
    [
        ["Mother's date of birth"],
        ["Legal surname (child)"],
        ["Date of Referral"],
        ["CPP start date"],
        ["ReferralDate"],
        ["Sex", "Age"],
        ["Ethnicity", "Ref"],
        ["Child", "DEC"],
        ["UASC", "Nationality"],
        ["YP unique id"],
        ["Client no"],
    ],
)
def test_what_only_a_line_of_column_names_gives_away(names):
    assert identifying_in_header(names)


@pytest.mark.parametrize(
    "names",
    [
        ["UASC"],
        ["Name", "ID"],
        ["Referrals to date"],
        ["Last update"],
        ["Period end date"],
        ["Validated assessment", "Plan update"],
        ["Children", "Region"],
        ["Submission date"],
        ["Quarter end date"],
        ["Adopted", "Age band"],
    ],
)
def test_what_a_table_of_counts_may_have(names):
    assert identifying_in_header(names) | identifying(names) == set()


def test_the_made_up_children_are_recognised_one_by_one():
    assert all(
        upn_like(child[1]) and nhs_numbers(child[2]) and postcode_like(child[8]) and day(child[5]) for child in CHILDREN
    )
    assert len(LETTERS) == 23
