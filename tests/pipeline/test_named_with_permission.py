"""Who permits to be named stands beside the bands of all, with small counts hidden, and nobody else does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.audit.apart import File, scan_apart
from analysis.audit.deny import deny_list
from analysis.audit.intruder.page import Page, read_page
from analysis.audit.intruder.sameness import shown, spoken
from analysis.audit.intruder.structure import Vocabulary, marks_of_others
from analysis.config import Workspace
from analysis.disclosure.bands import GroupBands
from analysis.disclosure.forms import form_of
from analysis.disclosure.policy import policy
from analysis.errors import UserError
from analysis.figures import Drawing, Table
from analysis.pipeline.collection import MADE_UP, Collection
from analysis.pipeline.evidence import evidence_of
from analysis.pipeline.load import fingerprint_of
from analysis.pipeline.permitted import named_in_packs
from analysis.reference.authorities import authorities
from analysis.reference.periods import Quarter
from analysis.reference.regions import regions
from analysis.reference.registry import registry_for
from analysis.render import page
from analysis.views import anonymised
from analysis.views.anonymised import AnonymisedView
from analysis.views.evidence import Evidence
from analysis.views.model import NamedAuthority

pytestmark = pytest.mark.acceptance

REGION = regions()["south-east"]
PERIOD = Quarter.parse("2025-26-Q2")
READER, NAMED = "825", "921"
"""Buckinghamshire reads; the Isle of Wight, which has small counts, permits to be named."""


def permitted(*codes: str) -> tuple[NamedAuthority, ...]:
    return tuple(
        NamedAuthority(authority=code, name=authorities()[code].name, permission=f"P{code}", until=date(2026, 3, 31))
        for code in codes
    )


def with_named(collection: Collection, *codes: str) -> Collection:
    """The same, read and reckoned already: only who is named differs."""
    named = replace(collection)
    named.__dict__.update({**collection.__dict__, "permitted": permitted(*codes)})
    return named


@pytest.fixture(scope="module")
def collection(made_up_workspace: Path) -> Collection:
    return Collection(Workspace(made_up_workspace), MADE_UP, REGION, PERIOD)


@pytest.fixture(scope="module")
def concealing(collection: Collection) -> Evidence:
    return evidence_of(collection)


@pytest.fixture(scope="module")
def naming(collection: Collection) -> Evidence:
    return evidence_of(with_named(collection, NAMED))


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, str):
        yield value


def codes_named(view: AnonymisedView) -> set[str]:
    """The region's members that stand in a view by name or code, `Reading` only as a whole text."""
    said = list(strings(json.loads(view.model_dump_json())))
    return {
        code
        for code in REGION.everyone
        for name in [authorities()[code].name]
        if any(text in (code, name) or (name in text and name != "Reading") for text in said)
    }


def unescaped(line: str) -> str:
    """A line of Markdown without the marks that keep its signs from being read as Markdown."""
    return re.sub(r"\\(?=[^\w\s])", "", line).removeprefix("- ")


def printed(view: AnonymisedView) -> bytes:
    """The page of a view in simple HTML: all its words, captions and tables."""
    parts = [page.opening(view.heading), *page.asked(view), *page.rug(view), *page.indicators(view)]
    body = [
        part.html
        if isinstance(part, Table)
        else f"<p>{escape(part.caption)}</p><img src='data:image/png;base64,' alt='{escape(part.alt)}'>"
        if isinstance(part, Drawing)
        else "".join(f"<p>{escape(unescaped(line))}</p>" for line in part.splitlines())
        for part in [*parts, *page.closing(view)]
    ]
    return f"<html><body>{''.join(body)}</body></html>".encode()


def words(*named: str) -> Vocabulary:
    return Vocabulary.of(
        registry_for(REGION),
        REGION.indicator_set,
        (authorities()[READER].name, "South East", "England"),
        tuple(authorities()[code].name for code in named),
    )


def read(view: AnonymisedView) -> Page:
    return read_page("pack.html", printed(view))


def test_without_a_permission_a_pack_is_as_before(concealing: Evidence) -> None:
    view = anonymised.build(concealing, READER)
    assert codes_named(view) == {READER}
    held = json.loads(view.model_dump_json())
    assert held.pop("named") == []
    assert [block.pop("named") for block in held["blocks"]] == [[]] * len(view.blocks)
    # A view that never heard of permissions prints the same bytes.
    assert printed(AnonymisedView.model_validate(held)) == printed(view)


def test_with_one_that_authority_appears_and_nobody_else(naming: Evidence) -> None:
    view = anonymised.build(naming, READER)
    assert codes_named(view) == {READER, NAMED}
    assert [one.permission for one in view.named] == [f"P{NAMED}"]
    banded = [block for block in view.blocks if block.bands is not None]
    assert banded
    assert {line.authority for block in banded for line in block.named} == {NAMED}
    text = printed(view).decode()
    assert "Isle of Wight, named with its permission" in text
    assert f"permission P{NAMED}, until Tuesday 31 March 2026" in text
    assert "Other authorities concealed, but for those named with their permission" in view.heading.marking


def test_its_own_pack_and_the_bands_of_all_are_the_same_whoever_is_named(
    concealing: Evidence, naming: Evidence
) -> None:
    assert anonymised.build(naming, NAMED) == anonymised.build(concealing, NAMED)
    with_name, without = (anonymised.build(evidence, READER) for evidence in (naming, concealing))
    assert [block.bands for block in with_name.blocks] == [block.bands for block in without.blocks]
    one, other = read(with_name), read(without)
    assert spoken(one)
    assert spoken(one) == spoken(other)
    assert shown(one) == shown(other)


def test_its_small_counts_are_hidden_also_where_it_lifts_that_for_itself(naming: Evidence) -> None:
    region = naming.region.model_copy(update={"small_counts_shown_by": (NAMED,)})
    view = anonymised.build(replace(naming, region=region), READER)
    points = [point for block in view.blocks for line in block.named for point in line.history.points]
    assert sum(point.cell.status == "suppressed" for point in points) > 0
    shown_points = {
        (block.own.card.id, point.period): point.cell.value
        for block in view.blocks
        for line in block.named
        for point in line.history.points
    }
    for indicator in naming.indicators:
        series = indicator.headline_series
        rows = naming.table[(naming.table["authority"] == NAMED) & (naming.table["series"] == series.id)]
        for row in rows[rows["window"] == indicator.window.value].to_dict("records"):
            if 1 <= row["numerator"] <= 5 and series.kind in ("rate", "percentage"):
                assert shown_points.get((indicator.id, row["period"])) is None


def test_the_audit_takes_the_name_for_what_it_is_and_finds_any_other(naming: Evidence, tmp_path: Path) -> None:
    view = anonymised.build(naming, READER)
    assert marks_of_others(read(view), words(NAMED)) == ()
    assert marks_of_others(read(view), words())
    path = tmp_path / "pack.html"
    path.write_bytes(printed(view))
    verdicts = {
        allowed: scan_apart([File(path, path.name)], deny_list(REGION.everyone, allowed=allowed))[0].verdict.value
        for allowed in ((READER, NAMED), (READER,))
    }
    assert verdicts == {(READER, NAMED): "PASS", (READER,): "FAIL"}


def test_a_permission_that_ends_or_is_withdrawn_is_another_set_of_documents(collection: Collection) -> None:
    prints = {fingerprint_of(with_named(collection, *codes)) for codes in ((), (NAMED,), (NAMED, "886"))}
    assert len(prints) == 3
    assert fingerprint_of(with_named(collection)) == fingerprint_of(collection)


def test_too_many_names_and_strangers_are_refused(collection: Collection) -> None:
    bands = GroupBands(15, pd.DataFrame(), members=REGION.members[:17])
    most = 17 - form_of(17, policy()).concealed
    inside, outside = REGION.members[:17], REGION.members[17:]

    def named(*codes: str) -> tuple[NamedAuthority, ...]:
        return named_in_packs(with_named(collection, *codes), {("region", "A01-rate"): bands})

    assert [one.authority for one in named(*inside[:most], *outside)] == sorted([*inside[:most], *outside])
    with pytest.raises(UserError, match="concealed in the band of A01-rate"):
        named(*inside[: most + 1])
    with pytest.raises(UserError, match="204 may not be named"):
        named("204")
