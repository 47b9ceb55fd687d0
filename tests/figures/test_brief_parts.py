"""What stands in a brief, from views built by hand."""

from __future__ import annotations

import example_views
import pytest

from analysis.errors import UsageError
from analysis.figures.drawing import Drawing, Table
from analysis.render.brief_page import brief, brief_title

VIEWS = {"own": example_views.own_view(), "anonymised": example_views.anonymised_view()}
INDICATOR = VIEWS["own"].blocks[5].own.card


@pytest.mark.parametrize("variant", VIEWS)
def test_a_brief_has_one_picture_one_table_and_the_method_of_its_indicator(variant: str) -> None:
    parts = list(brief(VIEWS[variant], INDICATOR.id))
    assert sum(isinstance(part, Drawing) for part in parts) == 1
    assert sum(isinstance(part, Table) for part in parts) == 1
    words = "\n".join(part for part in parts if isinstance(part, str)).replace("\\", "")
    assert INDICATOR.annex_a in words
    assert INDICATOR.method in words
    assert brief_title(VIEWS[variant], INDICATOR.id).startswith("Brackwater and Holme: 6 ")


@pytest.mark.parametrize("variant", VIEWS)
def test_a_brief_names_no_other_authority(variant: str) -> None:
    said = []
    for part in brief(VIEWS[variant], INDICATOR.id):
        said += (
            [part] if isinstance(part, str) else [part.caption, *getattr(part, "texts", ()), getattr(part, "html", "")]
        )
    whole = " ".join(said)
    assert not [name for name in (*example_views.OTHER_NAMES, *example_views.NEIGHBOURS) if name in whole]


@pytest.mark.parametrize(
    "view",
    [example_views.internal_view(), example_views.dfe_view(), example_views.public_view()],
    ids=lambda one: one.heading.variant,
)
def test_no_brief_is_made_from_a_view_that_holds_others(view: object) -> None:
    with pytest.raises(TypeError, match="own or an anonymised view"):
        list(brief(view, INDICATOR.id))  # type: ignore[arg-type]


def test_an_indicator_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(UsageError) as refused:
        list(brief(VIEWS["own"], "Z99"))
    assert INDICATOR.id in refused.value.remedy
