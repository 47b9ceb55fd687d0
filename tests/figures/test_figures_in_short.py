"""The first page in sentences: counted here again from the views' own figures."""

from __future__ import annotations

import example_views as examples
import pytest

from analysis.views.in_short import in_short

QUESTIONS = ["What changed", "What stands out", "What can't be said", "What to ask"]


@pytest.mark.parametrize(
    "view", [examples.internal_view(), examples.own_view(), examples.anonymised_view(), examples.public_view()]
)
def test_every_reader_has_the_four_answers_as_sentences(view) -> None:
    said = in_short(view)
    assert [question for question, _ in said] == QUESTIONS
    assert all(answer[0].isupper() and answer[-1] in ".?" for _, answer in said)


def test_what_changed_is_counted_as_printed() -> None:
    view = examples.own_view()
    pairs = [
        (
            f"{block.own.latest.value:.{block.own.card.decimals}f}",
            f"{block.own.year_ago.value:.{block.own.card.decimals}f}",
        )
        for block in view.blocks
    ]
    higher, lower = (sum(sign * float(one) > sign * float(other) for one, other in pairs) for sign in (1, -1))
    changed = dict(in_short(view))["What changed"]
    assert changed.startswith(f"Of {len(pairs)} indicators")
    assert f"higher for {higher}, lower for {lower}" in changed


def test_prompts_are_named_for_internal_readers_alone() -> None:
    assert dict(in_short(examples.internal_view()))["What stands out"] == (
        "Apart from the authority's own pattern beside the region's: 1 Referrals; 2 Re-referrals within 12 months; "
        "3 Assessments completed."
    )
    for view in (examples.own_view(), examples.anonymised_view()):
        assert "pattern" not in str(in_short(view))


def test_the_latest_figure_at_an_end_is_told_with_how_often_chance_does_that() -> None:
    view = examples.own_view()
    ends = {"highest": [], "lowest": []}
    for block in view.blocks:
        figures = [point.cell.value for point in block.own.histories[0].points if point.cell.value is not None]
        for end, sign in (("highest", 1), ("lowest", -1)):
            if all(sign * round(figures[-1], 1) > sign * round(one, 1) for one in figures[:-1]):
                ends[end].append(f"{block.own.card.number} {block.own.card.title}")
    told = dict(in_short(view))["What stands out"]
    for end, listed in ends.items():
        assert listed
        assert f"The {end} of the figures shown is the latest: {'; '.join(listed)}." in told
    assert "By chance alone" in told


def test_missing_figures_are_said() -> None:
    view = examples.own_view()
    none = dict.fromkeys(range(12), examples.NOT_SUBMITTED)

    def without(count: int) -> str:
        blocks = tuple(
            block.model_copy(update={"own": examples.own_figures(index, missing=none)}) if index < count else block
            for index, block in enumerate(view.blocks)
        )
        return dict(in_short(view.model_copy(update={"blocks": blocks})))["What can't be said"]

    assert "There is no figure" not in without(0)
    assert "There is no figure for 1 Referrals; 2 Re-referrals within 12 months." in without(2)
    assert "There is no figure for indicators 1, 2, 3, 4, 5, 6, 7." in without(7)
    assert "There is no figure for any indicator." in without(18)
