"""The neighbour lists, against counts that were made from DfE's own workbooks apart from the kit."""

from __future__ import annotations

from collections import Counter

import pytest

from analysis.errors import UsageError
from analysis.reference.authorities import authorities
from analysis.reference.neighbours import editions, neighbours
from analysis.reference.regions import regions


def test_there_are_two_editions_and_the_newest_is_meant() -> None:
    assert editions() == ("2021", "2025")
    assert neighbours() is neighbours("2025")


def test_every_authority_of_today_has_ten_of_today_in_the_newest_edition() -> None:
    known = authorities()
    today = {code for code, each in known.items() if each.current}
    assert today <= neighbours("2025").keys()
    for code in today:
        codes = [each.code for each in neighbours("2025")[code]]
        assert len(set(codes)) == 10
        assert [each.rank for each in neighbours("2025")[code]] == list(range(1, 11))
        assert code not in codes
        assert set(codes) <= today


def test_the_closeness_bands_of_2025_are_counted_as_in_the_workbook() -> None:
    """Links of the 153: very close 820, close 513, somewhat close 136, not close 49, extremely close 12."""
    counts = Counter(
        each.closeness
        for code, nearest in neighbours("2025").items()
        if authorities()[code].current
        for each in nearest
    )
    assert counts == {"Very close": 820, "Close": 513, "Somewhat close": 136, "Not close": 49, "Extremely close": 12}


def test_few_neighbours_of_the_south_east_are_in_the_south_east() -> None:
    """55 of 190 links; Isle of Wight and Slough have none."""
    members = regions()["south-east"].members
    inside = {code: sum(each.code in members for each in neighbours("2025")[code]) for code in members}
    assert sum(inside.values()) == 55
    assert {authorities()[code].name for code, count in inside.items() if count == 0} == {"Isle of Wight", "Slough"}


def test_popular_neighbours_and_those_of_nobody() -> None:
    """Of the 158 lists, West Sussex is on 27 and Kent on 24; four authorities of today are on none."""
    today = [code for code, each in authorities().items() if each.current]
    counts = Counter(authorities()[each.code].name for nearest in neighbours("2025").values() for each in nearest)
    assert (counts["West Sussex"], counts["Kent"]) == (27, 24)
    nobody = {authorities()[code].name for code in today} - counts.keys()
    assert nobody == {"Rutland", "City of London", "Isles of Scilly", "Calderdale"}


def test_the_editions_share_little_more_than_half() -> None:
    """On average 5.4 of 10, in the South East 6.3: the edition must stand on the page."""

    def shared(code: str) -> int:
        old, new = ({each.code for each in neighbours(edition)[code]} for edition in ("2021", "2025"))
        return len(old & new)

    both = [code for code in neighbours("2021") if authorities()[code].current]
    south_east = regions()["south-east"].members
    assert round(sum(map(shared, both)) / len(both), 1) == 5.4
    assert round(sum(map(shared, south_east)) / len(south_east), 1) == 6.3


def test_an_older_edition_does_not_know_younger_authorities() -> None:
    assert {authorities()[code].name for code in authorities().keys() - neighbours("2021").keys()} == {
        "Cumberland",
        "Westmorland and Furness",
    }


def test_an_edition_that_does_not_exist_is_a_question_of_usage() -> None:
    with pytest.raises(UsageError, match="no 2014 edition") as caught:
        neighbours("2014")
    assert "2021, 2025" in caught.value.remedy
