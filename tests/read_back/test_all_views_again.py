"""The figures behind every report of a region, and behind every public report of the nine, against the recomputation.

The reports of two authorities are read back from their documents (`test_report_numbers.py`); what the other documents
are made from is compared here.
"""

import shutil

import pytest
from annex_a import LINES, QUARTER, YEAR, Line, Series
from published_pages import YearPages
from quarter_pages import QuarterPages
from raw_files import quarter_number
from recompute import printed, printed_change
from stage_tables import Stages
from standings import GROUPS

from analysis.config import Workspace
from analysis.pipeline import load
from analysis.pipeline.public import PublicYear
from analysis.reference.indicators import Window
from analysis.reference.regions import regions
from analysis.reference.status import Status
from analysis.views import public
from analysis.views.model import History, OwnFigures, Variant
from analysis.views.words import change_text, figure_text

pytestmark = pytest.mark.acceptance

PERIOD = "2025-26-Q2"
VARIANTS = (Variant.INTERNAL, Variant.OWN, Variant.ANONYMISED, Variant.DFE)
BY_ID = {line.id: line for line in LINES}


@pytest.mark.parametrize("supplied", [True, False], ids=["with the cross-regional file", "without"])
def test_every_view_of_a_region_is_as_recomputed(built_workspace, tmp_path, returns, cross_regional, supplied):
    shutil.copytree(built_workspace / "data" / "raw", tmp_path / "data" / "raw")
    if not supplied:
        shutil.rmtree(tmp_path / "data" / "raw" / "made-up" / "exchange")
    region = regions()["south-east"]
    folder = load.views_folder(Workspace(tmp_path), region, PERIOD, Variant.OWN, "made-up")
    wrong = []
    for code in region.members:
        for variant in VARIANTS:
            pages = QuarterPages(
                returns,
                cross_regional if supplied else None,
                code,
                quarter_number("2025-26", "Q2"),
                hides_small_counts=variant in {Variant.OWN, Variant.ANONYMISED},
            )
            view = load.stored_view(folder, variant, code)
            stages = Stages.of_a_quarter(tmp_path, code)
            wrong += [f"{code} {variant} {what}" for what in other_intervals(view, stages)]
            pages.hidden_by_choice |= {key for block in view.blocks for key in hidden_by_choice(block.own, pages)}
            wrong += [f"{code} {variant} {what}" for block in view.blocks for what in differences(block, pages)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("year", [2019, 2023, 2025])
def test_every_public_view_of_the_nine_regions_is_as_published(reference, year):
    wrong = []
    for region in regions().values():
        evidence = PublicYear(region, year).evidence
        for code in region.members:
            view = public.build(evidence, code)
            pages = YearPages(reference, code, year)
            wrong += [f"{code} {year} {what}" for block in view.blocks for what in differences(block, pages)]
    assert not wrong, "\n".join(wrong)


def differences(block, pages):
    """What a block of a view shows otherwise than recomputed."""
    line, own = BY_ID[block.own.card.id], block.own
    decimals = own.card.decimals
    pairs = {
        "latest": (figure_text(own.latest, decimals), printed(pages.latest(line), decimals)),
        "year ago": (figure_text(own.year_ago, decimals), printed(pages.year_ago(line), decimals)),
        "change": (change_text(own.change, decimals), printed_change(pages.change(line), decimals)),
    }
    for history in own.histories:
        series, stretch = series_of(line, history)
        for point in history.points:
            cell = pages.cell(line, series, stretch, pages.periods[point.period])
            shown = figure_text(point.cell, history.decimals)
            pairs[f"{history.series} {history.window} {point.period}"] = (shown, printed(cell, history.decimals))
    for group in GROUPS:
        if hasattr(block, group):
            pairs |= position_pairs(getattr(block, group), pages.standing(line, group), group, decimals)
    if getattr(block, "bands", None):
        for shown, band in zip(block.bands.bands, pages.bands(line), strict=True):
            printed_edges = [edge for edge in (shown.lower, shown.median, shown.upper) if edge is not None]
            pairs[f"band {shown.period}"] = (printed_edges, list(map(float, band.edges)))
        pairs["size of the group"] = (block.bands.at_least, pages.bands(line)[-1].at_least)
    if hasattr(block, "published"):
        for shown, row in zip(block.published, pages.published(line), strict=True):
            pairs[f"published {row.area}"] = (figure_text(shown.cell, shown.decimals), printed(row.value, row.decimals))
    return [f"{line.id} {what}: {shown} for {true}" for what, (shown, true) in pairs.items() if shown != true]


def other_intervals(view, stages):
    """Where a position's interval is another one than the comparisons have."""
    for block in view.blocks:
        for group in (group for group in GROUPS if hasattr(block, group)):
            shown = getattr(block, group).interval
            expected = stages.interval(BY_ID[block.own.card.id], group)
            if (shown and (shown.low, shown.high, shown.of_chance_alone)) != (
                expected and (expected.low, expected.high, expected.alone)
            ):
                yield f"{block.own.card.id} interval in {group}: {shown} for {expected}"


def position_pairs(position, standing, group, decimals):
    pairs = {
        f"{group} {name}": (figure_text(getattr(position, name), decimals), printed(getattr(standing, name), decimals))
        for name in ("own", "pooled", "mean", "median")
    }
    place = (position.rank, position.reporting, position.placed_among)
    return {**pairs, f"position in {group}": (place, (standing.rank, standing.among, standing.year))}


def hidden_by_choice(own: OwnFigures, pages: QuarterPages) -> set[tuple[Series, str, int]]:
    found = set()
    for history in own.histories:
        series, stretch = series_of(BY_ID[own.card.id], history)
        if pages.may_hide(series, stretch):
            hidden = [point.period for point in history.points if point.cell.status is Status.SUPPRESSED]
            found |= {(series, stretch, pages.periods[period]) for period in hidden}
    return found


def series_of(line: Line, history: History) -> tuple[Series, str]:
    kind = history.series.removeprefix(f"{line.id}-").removeprefix("ever-")
    kind = f"{kind.removeprefix('2y-')} within 2 years" if kind.startswith("2y-") else kind
    (series,) = [series for series in line.series if series.kind == kind]
    return series, YEAR if history.window is Window.ROLLING_YEAR else QUARTER
