"""What the views of a region's quarter are built from: every stage's tables, with bands and marks for each reader."""

from __future__ import annotations

import pandas as pd

from analysis.disclosure.bands import GroupBands
from analysis.disclosure.course import Course, course_of
from analysis.disclosure.forms import form_of
from analysis.disclosure.policy import policy
from analysis.disclosure.small_counts import conceal_small_counts
from analysis.indicators.rates import on_edition, population_basis
from analysis.pipeline.collection import Collection
from analysis.pipeline.commentary import commentary_of, remarks_of
from analysis.pipeline.confirmations import confirmations_of
from analysis.pipeline.issued_bands import ACROSS, REGION, bands_notes, printed_bands
from analysis.pipeline.permitted import named_in_packs
from analysis.pipeline.public import beside, public_sources, set_words
from analysis.reference.authorities import authorities
from analysis.reference.changes.model import DefinitionChange, Processor, Trust
from analysis.reference.changes.world import Changes
from analysis.reference.indicators import Window
from analysis.reference.populations import edition_for
from analysis.signals.readings import QUARTERS_TESTED
from analysis.signals.stories import links, stories
from analysis.views.evidence import Beginning, Begun, Evidence
from analysis.views.model import Band, Bands
from analysis.views.words import ACROSS_REGIONS, NO_BAND


def evidence_of(collection: Collection) -> Evidence:
    """What the views of a quarter are built from, once for all readers."""
    beginning = _beginning(collection)
    printed = printed_bands(collection)
    named = named_in_packs(collection, printed)
    hidden = _small_counts_hidden(collection)
    remarks, of_itself = remarks_of(collection)
    return Evidence(
        region=collection.region,
        period=collection.period,
        shown=collection.shown,
        indicators=collection.indicator_list,
        authorities=authorities(),
        table=collection.indicators,
        comparisons=collection.comparisons,
        notes=collection.notes,
        measures={measure.id: measure.name for measure in collection.registry.measures.values()},
        findings=collection.findings,
        bands={
            series: _told(found, collection.region.name, len(collection.shown))
            for (group, series), found in printed.items()
            if group == REGION
        },
        wide_bands={
            series: _told(found, ACROSS_REGIONS, len(collection.shown))
            for (group, series), found in printed.items()
            if group == ACROSS
        },
        bands_notes=bands_notes(collection, printed),
        published=beside(
            collection.region.everyone,
            collection.indicator_list,
            collection.period,
            collection.neighbour_codes,
            collection.changes.edition,
        ),
        small_counts_hidden=hidden,
        own_quarters=_own_quarters(collection, hidden),
        own_basis=population_basis(edition_for(collection.period)),
        policy_sha256=policy().sha256,
        indicator_set=set_words(collection.registry, collection.region),
        neighbours_edition=collection.changes.edition,
        neighbours=collection.neighbour_codes,
        made_up=collection.made_up,
        sources=(*_return_sources(collection), *public_sources()),
        public_sources=public_sources(),
        signals=collection.signals,
        stories=stories(collection.signals, collection.indicator_list, links()),
        trends=collection.trends,
        commentary=commentary_of(collection).shown,
        remarks=remarks,
        remarks_of_itself=of_itself,
        confirmations=confirmations_of(collection),
        named=named,
        named_figures={one.authority: _concealed(collection, one.authority) for one in named},
        breaks=collection.breaks,
        processor=collection.changes.processor,
        beginning=tuple(
            Begun(
                Beginning(title=one.change.title, reason=one.change.reason, source=one.change.source),
                one.change.moves,
            )
            for one in beginning.held
        ),
        before=evidence_of(collection.with_changes(collection.changes.begun_before(collection.period)))
        if beginning.held
        else None,
    )


def _beginning(collection: Collection) -> Changes:
    """What begins in the quarter and moves figures that can be reckoned both ways.

    Who sends, reads or processes them moves none; and by an earlier definition nobody has counted any more.
    """
    begins = collection.changes.beginning(collection.period).held
    moving = (one for one in begins if not isinstance(one.change, Trust | Processor | DefinitionChange))
    return Changes(tuple(moving))


def _told(found: GroupBands | str, label: str, shown: int) -> Bands | str:
    """A group's bands as views hold them, or in words why there are none; `shown` quarters are on the page."""
    if isinstance(found, str):
        return NO_BAND[found]
    medians = found.table["median"].tolist()
    return Bands(
        label=label,
        at_least=found.at_least,
        definitions_differ=found.definitions_differ,
        way=Course.NOT_TOLD if found.definitions_differ else course_of(medians, policy().significant_figures),
        cut_short=len(found.table) == form_of(len(found.members), policy()).quarters < shown,
        bands=tuple(Band.model_validate(row) for row in found.rows),
    )


def _small_counts_hidden(collection: Collection) -> dict[str, pd.DataFrame]:
    shown = collection.region.small_counts_shown_by
    return {
        code: _rows_of(collection, code) if code in shown else _concealed(collection, code)
        for code in collection.region.everyone
    }


def _concealed(collection: Collection, code: str) -> pd.DataFrame:
    return conceal_small_counts(_rows_of(collection, code), collection.registry, policy())


def _rows_of(collection: Collection, code: str) -> pd.DataFrame:
    return collection.indicators[collection.indicators["authority"] == code]


def _own_quarters(collection: Collection, hidden: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """What is left to show of each authority's own quarters, with every rate on the edition of the newest."""
    quarters = [str(quarter) for quarter in collection.period.back(QUARTERS_TESTED)]
    rows = pd.concat(hidden.values())
    rows = rows[rows["period"].isin(quarters) & rows["window"].eq(Window.QUARTER.value)]
    moved = on_edition(rows, collection.registry, collection.populations, edition_for(collection.period))
    by_authority = dict(iter(moved.groupby("authority", sort=False)))
    return {code: by_authority.get(code, moved.iloc[:0]) for code in hidden}


def _return_sources(collection: Collection) -> tuple[str, ...]:
    words = [f"Quarterly returns of {collection.region.name} to {collection.period}, unaudited and unpublished"]
    if collection.exchange is not None:
        words.append(f"Cross-regional quarterly file to {collection.period}, unaudited and unpublished")
    return tuple(f"{word} (made up)" if collection.made_up else word for word in words)
