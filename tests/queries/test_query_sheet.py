"""What one authority is asked: its own figures, and no mark of anybody else."""

import re

import pandas as pd
import pytest
from query_forms import (
    MEASURES,
    OWN,
    PERIOD,
    REGION,
    REGISTRY,
    WHEN,
    figure,
    finding,
    grid,
    sheet_of,
    three_queries,
)

from analysis.queries.excel import write_excel
from analysis.queries.page import write_page
from analysis.queries.read_form import read_form
from analysis.queries.sheet import NAMES_OTHERS, WHOLE_RETURN, build_sheet, query_id
from analysis.queries.word import write_word
from analysis.queries.yaml_form import write_yaml
from analysis.reference.authorities import authorities
from analysis.returns.rules.findings import findings_frame


def everything(sheet):
    """All that any of the forms says, as one text."""
    office = []
    for content in (write_word(sheet), write_excel(sheet)):
        form = read_form(content)
        office += [cell for row in form.rows for cell in row.cells.values()]
    return "\n".join([write_page(sheet), write_yaml(sheet), *office])


@pytest.mark.parametrize("code", REGION.everyone)
def test_a_sheet_has_its_own_figures_and_nobody_elses(code):
    findings = [
        finding("above_its_base", measure, f"{figure(one, measure)}, beside another", authority=one)
        for one in REGION.everyone
        for measure in MEASURES[:5]
    ]
    text = everything(sheet_of(*findings, authority=code))
    digits = set(re.findall(r"\d{6,}", text.replace("#", " ")))
    assert {str(figure(code, measure)) for measure in MEASURES[:5]} <= digits
    others = {
        str(figure(one, measure, period))
        for one in REGION.everyone
        if one != code
        for measure in MEASURES
        for period in (WHEN, "2025-26-Q1")
    }
    assert not digits & others
    named = {one for one in REGION.everyone if one != code and authorities()[one].name in text}
    # A name may be part of a longer one of its own.
    assert all(authorities()[one].name in authorities()[code].name for one in named)
    assert "kent-and-medway" not in text


@pytest.mark.parametrize(
    "seen",
    [
        "code of Buckinghamshire (825) beside Kent",
        "as in Medway",
        "more than RBWM and Slough together",
    ],
)
def test_what_was_seen_of_others_is_not_repeated(seen):
    (query,) = sheet_of(finding("above_its_base", "referrals", seen)).queries
    assert query.seen == NAMES_OTHERS
    assert seen not in everything(sheet_of(finding("above_its_base", "referrals", seen)))


def test_its_own_name_is_repeated():
    (query,) = sheet_of(finding("missing_return", seen="nothing from Buckinghamshire")).queries
    assert query.seen == "nothing from Buckinghamshire"
    assert query.name == WHOLE_RETURN
    assert (query.sent, query.raw) == ("", "")


def test_every_member_may_be_told_of_its_own_return():
    for code in REGION.everyone:
        name = authorities()[code].name
        (query,) = sheet_of(
            finding("missing_return", seen=f"nothing from {name}", authority=code), authority=code
        ).queries
        assert query.seen == f"nothing from {name}"


def test_notes_are_not_asked_nor_what_is_said_of_the_ledger():
    assert not sheet_of(
        finding("no_figure", "referrals", "x"),
        finding("revised", "referrals", "1 in one, 2 in another"),
        finding("correction_source_changed", "referrals", "825-a: 3"),
    ).queries


def test_what_was_sent_is_told_as_it_is():
    sheet = three_queries()
    sent = {query.measures[0]: (query.raw, query.sent) for query in sheet.queries}
    assert sent == {
        "icpc_15_days": ("700", "700"),
        "referrals": ("x", "not used: see what was seen"),
        "cin_at_end": ("..", "nothing"),
    }


def test_refused_figures_come_first_then_the_order_given():
    assert [query.rules for query in three_queries().queries] == [
        ("negative_count",), ("above_its_base",), ("missing_measure",),
    ]  # fmt: skip


def test_rows_of_one_query_are_one_row_of_the_sheet():
    sheet = sheet_of(
        finding("duplicate", "referrals", "the same key with another figure"),
        finding("duplicate", "referrals", "the same key with another figure"),
    )
    assert [query.seen for query in sheet.queries] == ["the same key with another figure"]


def test_findings_of_one_rank_are_one_question_and_refused_ones_come_before():
    rows = findings_frame([
        finding("missing_measure", "cin_at_end", "blank"),
        finding("missing_measure", "adopted", "no row"),
        finding("above_its_base", "icpc_15_days", "9, beside 8"),
        finding("negative_count", "referrals", "-3"),
    ])  # fmt: skip
    ranks = {"missing_measure": 2, "above_its_base": 1}
    rows = rows.assign(rank=rows["rule"].map(ranks).astype("Int64"))
    sheet = build_sheet(rows, grid(), OWN, REGION, PERIOD, REGISTRY, made_up=False)
    assert [query.rules[0] for query in sheet.queries] == ["negative_count", "above_its_base", "missing_measure"]
    assert set(sheet.queries[2].measures) == {"cin_at_end", "adopted"}
    assert sheet.queries[2].raw == ""
    assert sheet.queries[2].seen == "no row; blank"


def test_an_id_is_the_same_in_every_run_and_nobody_elses():
    # printf "825|2025-26-Q2|referrals|jump" | sha256sum
    assert query_id("825", WHEN, ["referrals"], ["jump"]) == "qbfd542cc4f"
    every = {
        query_id(code, period, [measure], [rule])
        for code in REGION.everyone
        for period in (WHEN, "2025-26-Q1")
        for measure in MEASURES
        for rule in ("jump", "duplicate", "missing_measure")
    }
    assert len(every) == len(REGION.everyone) * 2 * len(MEASURES) * 3
    assert all(re.fullmatch(r"q[0-9a-f]{10}", one) for one in every)
    assert query_id("825", WHEN, ["a", "b"], ["x", "y"]) == query_id("825", WHEN, ["b", "a"], ["y", "x"])


def test_an_earlier_sheet_keeps_its_queries_open():
    before, after = three_queries(), sheet_of(finding("above_its_base", "adopted", "9, beside 8"))
    both = after.with_earlier(before)
    assert both.queries[0] == after.queries[0]
    assert {query.id for query in both.queries[1:]} == {query.id for query in before.queries}
    assert after.with_earlier(after) == after


def test_the_tables_are_not_changed():
    findings, figures = findings_frame([finding("duplicate", "referrals", "x")]), grid()
    kept = findings.copy(), figures.copy()
    build_sheet(findings, figures, OWN, REGION, PERIOD, REGISTRY, made_up=True)
    pd.testing.assert_frame_equal(findings, kept[0])
    pd.testing.assert_frame_equal(figures, kept[1])
