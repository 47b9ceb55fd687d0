"""Commentary that names or describes another authority is told from commentary that does not."""

from __future__ import annotations

import pytest

from analysis.disclosure.describing import describing_words, names_another
from analysis.disclosure.policy import policy

OWN = ("West Berkshire", "West Berkshire Council", "E06000037")
OTHERS = ("Kent", "Isle of Wight", "IoW", "Berkshire", "Milton Keynes", "Windsor and Maidenhead")


@pytest.mark.parametrize(
    "text",
    [
        "Kent had the same in spring.",
        "We share a front door with KENT.",
        "As on the Isle\u00a0of Wight, demand rose.",
        "As on the Isle-of-Wight, demand rose.",
        "Mil\u200bton Keynes started it.",
        "Unlike the old Berkshire, we count both.",
        "The I\u00f3W team helped.",
    ],
)
def test_a_name_is_found_however_it_is_set(text: str) -> None:
    assert names_another(text, OWN, OTHERS)


@pytest.mark.parametrize(
    "text",
    [
        "West Berkshire opened a second hub in June.",
        "Kentish families are not meant.",
        "Referrals rose after the new front door.",
        "",
    ],
)
def test_the_writers_own_name_and_other_words_may_stand(text: str) -> None:
    assert not names_another(text, OWN, OTHERS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lower than on the Island.", ("island",)),
        ("The largest county was judged inadequate by OFSTED.", ("county", "largest", "ofsted", "inadequate")),
        ("One Requires-Improvement authority moved a team.", ("requires improvement",)),
        ("We support families whose county\u00adwide service closed.", ()),
        ("Counter-intuitive islanders' smallness.", ()),
        ("Its children's trust took over.", ("children's trust",)),
    ],
)
def test_describing_words_are_found_whole_and_in_any_case(text: str, found: tuple[str, ...]) -> None:
    assert set(describing_words(text, policy().describing_words)) == set(found)


def test_the_list_holds_what_the_policy_was_written_for() -> None:
    assert {"island", "largest", "smallest", "coastal", "county", "ofsted"} <= set(policy().describing_words)
