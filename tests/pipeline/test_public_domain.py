"""The public-domain exception holds for published figures, and one figure that nobody published voids it."""

from __future__ import annotations

import pytest

from analysis.pipeline.public import PublicYear
from analysis.pipeline.public_domain import NotPublicError, public_domain, refuse_unless_public
from analysis.reference.data_folder import DATA
from analysis.reference.regions import find_region
from analysis.reference.status import Status
from analysis.views.model import Cell
from analysis.views.public import PublicView, build

AUTHORITY = "825"


@pytest.fixture(scope="module")
def year() -> PublicYear:
    return PublicYear(find_region("south-east"), 2025)


@pytest.fixture(scope="module")
def view(year: PublicYear) -> PublicView:
    return build(year.evidence, AUTHORITY)


def failed(view: PublicView, year: PublicYear) -> set[str]:
    return {one.id for one in public_domain(view, year) if not one.passed}


def with_block(view: PublicView, **parts: object) -> PublicView:
    return view.model_copy(update={"blocks": (view.blocks[0].model_copy(update=parts), *view.blocks[1:])})


def nudged(cell: Cell) -> Cell:
    return Cell(value=(cell.value or 0.0) + 0.1)


def test_the_kits_own_public_views_hold(year: PublicYear) -> None:
    for code in year.region.everyone:
        refuse_unless_public(build(year.evidence, code), year)


def test_a_members_figure_that_is_not_published_voids_it(view: PublicView, year: PublicYear) -> None:
    members = view.blocks[0].members
    for place, member in enumerate(members):
        other = member.model_copy(update={"cell": nudged(member.cell)})
        changed = with_block(view, members=(*members[:place], other, *members[place + 1 :]))
        assert "public-inputs" in failed(changed, year)
        with pytest.raises(NotPublicError) as refused:
            refuse_unless_public(changed, year)
        assert member.name not in str(refused.value) or member.authority == AUTHORITY


@pytest.mark.parametrize("part", ["latest", "rolling", "year_ago"])
def test_an_own_figure_that_is_not_published_voids_it(part: str, view: PublicView, year: PublicYear) -> None:
    own = view.blocks[0].own
    changed = with_block(view, own=own.model_copy(update={part: nudged(getattr(own, part))}))
    assert "public-inputs" in failed(changed, year)


@pytest.mark.parametrize("place", [0, 1])
def test_a_year_of_the_history_that_is_not_published_voids_it(place: int, view: PublicView, year: PublicYear) -> None:
    own = view.blocks[0].own
    history = own.histories[place]
    last = history.points[-1].model_copy(update={"cell": nudged(history.points[-1].cell)})
    histories = list(own.histories)
    histories[place] = history.model_copy(update={"points": (*history.points[:-1], last)})
    assert "public-inputs" in failed(with_block(view, own=own.model_copy(update={"histories": tuple(histories)})), year)


def test_a_figure_where_none_is_published_voids_it(view: PublicView, year: PublicYear) -> None:
    """What DfE left blank is not published, however it came to be known."""
    changes = 0
    for number, block in enumerate(view.blocks):
        for member in block.members:
            if member.cell.value is None:
                other = member.model_copy(update={"cell": Cell(value=12.0)})
                members = tuple(other if one is member else one for one in block.members)
                blocks = list(view.blocks)
                blocks[number] = block.model_copy(update={"members": members})
                assert "public-inputs" in failed(view.model_copy(update={"blocks": tuple(blocks)}), year)
                changes += 1
    assert changes


@pytest.mark.parametrize("group", ["region", "neighbours", "england"])
@pytest.mark.parametrize(
    "change", [{"rank": 1}, {"mean": Cell(value=1.0)}, {"median": Cell(status=Status.NOT_AVAILABLE)}, {"reporting": 2}]
)
def test_a_derived_figure_that_does_not_follow_voids_it(
    group: str, change: dict[str, object], view: PublicView, year: PublicYear
) -> None:
    position = getattr(view.blocks[0], group)
    changed = with_block(view, **{group: position.model_copy(update=change)})
    assert failed(changed, year) == ({"public-derived"} if changed != view else set())
    assert changed != view


def test_another_file_than_the_dated_one_voids_it(view: PublicView, year: PublicYear, tmp_path) -> None:
    other = tmp_path / "published.csv"
    other.write_bytes((DATA / "published.csv").read_bytes() + b"\n")
    assert {one.id for one in public_domain(view, year, other) if not one.passed} == {"public-source"}
