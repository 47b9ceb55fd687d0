"""The authorities, against what is known of England's local government apart from the table."""

from __future__ import annotations

import re
from collections import Counter

from analysis.reference.authorities import authorities

TODAY = {
    "North East": 12,
    "North West": 24,
    "Yorkshire and The Humber": 15,
    "East Midlands": 10,
    "West Midlands": 14,
    "East of England": 11,
    "London": 33,
    "South East": 19,
    "South West": 15,
}
"""Local authorities with children's services by region since April 2023 (DfE's list of regions)."""


def test_the_regions_have_the_authorities_that_they_have_today() -> None:
    assert Counter(each.region for each in authorities().values() if each.current) == TODAY
    assert sum(TODAY.values()) == 153


def test_the_types_are_those_of_englands_local_government() -> None:
    """62 unitary authorities, 21 counties, 36 metropolitan districts, 32 boroughs, the City, the Isles of Scilly."""
    kinds = Counter(each.type.split(" (")[0] for each in authorities().values() if each.current)
    assert kinds == {"unitary": 62 + 1, "county": 21, "metropolitan": 36, "London borough": 32 + 1}


def test_five_authorities_were_abolished_since_2013_and_are_followed_by_six() -> None:
    gone = {each.name: each.successors for each in authorities().values() if not each.current}
    assert gone == {
        "Dorset": ("838", "839"),
        "Poole": ("839",),
        "Bournemouth": ("839",),
        "Cumbria": ("942", "943"),
        "Northamptonshire": ("940", "941"),
    }
    known = authorities()
    for code, each in known.items():
        assert all(code in known[successor].predecessors for successor in each.successors)
        assert all(code in known[predecessor].successors for predecessor in each.predecessors)
        assert each.current == (each.last_year is None)


def test_every_code_belongs_to_one_authority_and_ends_with_its_latest() -> None:
    owners: dict[str, set[str]] = {}
    for code, each in authorities().items():
        assert re.fullmatch(r"\d{3}", code)
        assert each.ons_code in {span.code for span in each.ons_codes}
        for span in each.ons_codes:
            owners.setdefault(span.code, set()).add(code)
    assert {code: own for code, own in owners.items() if len(own) > 1} == {}


def test_london_has_fourteen_inner_and_nineteen_outer_boroughs() -> None:
    """Inner London as in the statistics of DfE and ONS: the City among it, Greenwich outside."""
    sub_regions = Counter(each.london_subregion for each in authorities().values() if each.region == "London")
    assert sub_regions == {"Inner London": 14, "Outer London": 19}
