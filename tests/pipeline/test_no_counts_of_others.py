"""No view for anybody outside has a place for another authority's count: none needs suppression of linked tables."""

from __future__ import annotations

import typing
from collections.abc import Iterator

import pytest

from analysis.reference.published import published_figures
from analysis.reference.regions import regions
from analysis.reference.registry import Registry, registry_for
from analysis.views.anonymised import AnonymisedBlock, AnonymisedView
from analysis.views.dfe import DfeView
from analysis.views.model import Cell, Heading, History, Member, NamedAuthority, Variant
from analysis.views.named import NamedLine
from analysis.views.own import OwnView
from analysis.views.public import PublicView

Model = type[typing.Any]
VIEWS: dict[Variant, Model] = {
    Variant.OWN: OwnView,
    Variant.ANONYMISED: AnonymisedView,
    Variant.DFE: DfeView,
    Variant.PUBLIC: PublicView,
}
"""All but the internal one."""


def models_in(kind: object) -> Iterator[Model]:
    """The records that a type is made of."""
    if isinstance(kind, type) and hasattr(kind, "model_fields"):
        yield kind
    else:
        for part in typing.get_args(kind):
            yield from models_in(part)


def reachable(view: Model) -> set[Model]:
    found: set[Model] = set()
    todo = [view]
    while todo:
        model = todo.pop()
        if model not in found:
            found.add(model)
            todo += [inner for field in model.model_fields.values() for inner in models_in(field.annotation)]
    return found


def holds(model: Model, inner: Model) -> bool:
    return inner in reachable(model)


@pytest.fixture(scope="module")
def registries() -> list[Registry]:
    return [registry_for(region) for region in regions().values()]


def test_every_variant_is_looked_at() -> None:
    assert set(VIEWS) == set(Variant) - {Variant.INTERNAL}


@pytest.mark.parametrize("variant", VIEWS)
def test_figures_of_others_stand_in_two_places_alone(variant: Variant) -> None:
    """What belongs to an authority says whose it is; everything else is the reader's, or a group's."""
    somebodys = {model for model in reachable(VIEWS[variant]) if "authority" in model.model_fields} - {Heading}
    with_figures = {model for model in somebodys if holds(model, Cell)}
    expected = {Variant.ANONYMISED: {NamedLine}, Variant.PUBLIC: {Member}}
    assert with_figures == expected.get(variant, set())
    assert somebodys - with_figures <= {NamedAuthority}


def test_they_hold_one_series_each_and_that_is_the_headline() -> None:
    assert [field.annotation for field in Member.model_fields.values()].count(Cell) == 1
    assert not holds(Member, History)
    assert [field.annotation for field in NamedLine.model_fields.values()].count(History) == 1
    assert AnonymisedBlock.model_fields["named"].annotation == tuple[NamedLine, ...]


def test_no_headline_is_a_count(registries: list[Registry]) -> None:
    for registry in registries:
        series = [one.headline_series for one in registry.indicators.values()]
        assert series
        assert not [one.id for one in series if one.kind == "number"]


def test_no_published_figure_beside_others_is_a_count(registries: list[Registry]) -> None:
    table = published_figures()
    kinds = {
        series.id: series.kind
        for registry in registries
        for one in registry.indicators.values()
        for series in one.series
    }
    shown = {
        one.published.id: one.published.series
        for registry in registries
        for one in registry.indicators.values()
        if one.published is not None
    }
    assert set(shown) <= set(table["indicator"])
    assert {kinds[series] for series in shown.values()} <= {"rate", "percentage", "duration"}
