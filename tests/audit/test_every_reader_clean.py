"""The titles of a report before every authority's own name, as captions have them, name nobody else in any region."""

from __future__ import annotations

import pytest

from analysis.audit.concealed import concealed_from
from analysis.audit.deny import deny_list
from analysis.audit.found import Place
from analysis.audit.undressed import beside_each_other
from analysis.reference.authorities import authorities
from analysis.reference.regions import find_region, regions
from analysis.reference.registry import registry_for


@pytest.mark.parametrize("region", sorted(regions()))
def test_a_title_before_the_readers_name_is_nobody_elses(region: str) -> None:
    home = find_region(region)
    listed = registry_for(home).listed(home.indicator_set)
    words = [word for one in listed for word in (one.title, one.headline_series.label)]
    for reader in home.members:
        deny, name = concealed_from(reader, home), authorities()[reader].name
        for word in words:
            text = f"{word}, {name}, Q3 2022-23 to Q2 2025-26. {word}: {name} and the middle half of {home.name}."
            assert not deny.kinds_in(text, Place.TEXT), (reader, word)
        for joined in beside_each_other(["MADE-UP DATA", f"{name}: Benchmarking report", *words, name, "2 A", name]):
            assert not deny.kinds_in(joined, Place.BESIDE), (reader, joined)


def test_a_plan_of_lincolnshire_is_not_north_lincolnshires() -> None:
    deny = deny_list(["813", "812"], allowed=["925"])
    assert not deny.kinds_in("Children starting a second or later child protection plan, Lincolnshire", Place.TEXT)
    assert not deny.kinds_in("All but one, Lincolnshire among them", Place.TEXT)
    assert deny.kinds_in("as in N Lincolnshire", Place.TEXT)
    assert deny.kinds_in("as in North-Lincolnshire", Place.TEXT)
