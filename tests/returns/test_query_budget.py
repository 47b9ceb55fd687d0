"""How many queries are asked, in which order, and that none is lost."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from return_files import FOLDER, REGION, REGISTRY, Return, checked

from analysis.returns.rules import timeliness  # noqa: F401  (it declares a rule that queries)
from analysis.returns.rules.findings import Finding, findings_frame
from analysis.returns.rules.query_budget import BEYOND, rank_queries
from analysis.returns.rules.query_policy import query_policy
from analysis.returns.rules.rule import RULES, Severity

POLICY = query_policy()
MEMBERS = REGION.everyone
QUERIES = sorted(rule for rule, one in RULES.items() if one.severity == Severity.QUERY)


def query(rule: str, measure: str = "", authority: str = "825", likely: float | None = None) -> Finding:
    found = Finding.of(RULES[rule], "seen", authority=authority, period=FOLDER, measure=measure)
    return replace(found, likely=likely)


def ranked(*findings: Finding, members: tuple[str, ...] = MEMBERS) -> pd.DataFrame:
    return rank_queries(findings_frame(findings), members, REGISTRY, POLICY)


def test_every_rule_that_queries_says_how_likely_it_is_right():
    """A rule of another stream counts as `otherwise` until somebody gives it a share."""
    named = set(POLICY.likely) - {"otherwise"}
    assert named <= set(QUERIES)
    assert POLICY.budget.together <= set(QUERIES)


def test_five_are_asked_and_the_rest_are_notes_that_say_so():
    measures = ["referrals", "assessments", "cin_at_end", "s47_enquiries", "cpp_at_end", "adopted", "a1_children"]
    outcome = ranked(*(query("jump", measure, likely=0.5) for measure in measures))
    asked = outcome[outcome["severity"] == "query"]
    assert sorted(asked["rank"]) == [1, 2, 3, 4, 5]
    rest = outcome[outcome["severity"] == "note"]
    assert set(rest["measure"]) == {"a1_children", "adopted"} or len(rest) == 2
    assert rest["seen"].str.endswith(f"({BEYOND})").all()
    assert rest["rank"].isna().all()
    assert not asked["seen"].str.contains("budget").any()


def test_the_likelier_and_the_more_important_come_first():
    outcome = ranked(
        query("jump", "a2_children", likely=0.5),  # behind one indicator
        query("jump", "referrals", likely=0.5),  # behind two
        query("ten_fold", "adopted"),
        query("missing_return", authority="886"),
    )
    order = outcome.sort_values(["authority", "rank"])
    assert order["measure"].tolist() == ["adopted", "referrals", "a2_children", ""]
    assert order["rank"].tolist() == [1, 2, 3, 1]


def test_two_rules_about_one_figure_are_one_question_and_a_likelier_one():
    outcome = ranked(
        query("jump", "cla_at_end", likely=0.5),
        query("stock_does_not_add_up", "cla_at_end"),
        query("jump", "cpp_at_end", likely=0.7),
    )
    ranks = outcome.set_index(["rule", "measure"])["rank"]
    assert ranks["jump", "cla_at_end"] == ranks["stock_does_not_add_up", "cla_at_end"] == 1
    assert ranks["jump", "cpp_at_end"] == 2


def test_the_missing_measures_of_a_return_are_one_question():
    outcome = checked(Return("825").with_values(**dict.fromkeys(list(Return("825").values)[:9])).csv())
    told = rank_queries(outcome.findings, MEMBERS, REGISTRY, POLICY)
    missing = told[told["rule"] == "missing_measure"]
    assert len(missing) == 9
    assert set(missing["rank"]) == {1}
    assert set(missing["severity"]) == {"query"}
    assert (told.loc[told["rule"] == "missing_return", "rank"] == 1).all()


def test_what_is_nearly_certain_is_asked_beyond_the_budget():
    measures = list(REGISTRY.measures)[:8]
    outcome = ranked(*(query("ten_fold", measure) for measure in measures))
    assert set(outcome["severity"]) == {"query"}
    assert sorted(outcome["rank"]) == list(range(1, 9))


def test_unless_most_authorities_would_get_more_than_the_budget():
    many = [query("ten_fold", measure, code) for code in MEMBERS[:10] for measure in list(REGISTRY.measures)[:8]]
    outcome = ranked(*many)
    per = outcome[outcome["severity"] == "query"].groupby("authority")["rank"].max()
    assert set(per) == {5}
    assert len(outcome) == len(many)


def test_what_belongs_to_no_authority_and_what_is_refused_is_left_alone():
    refused = Finding.of(RULES["negative_count"], "-3", authority="825", period=FOLDER, measure="referrals")
    outcome = ranked(query("no_rows", authority=""), refused)
    assert outcome["severity"].tolist() == ["refuse", "query"]
    assert outcome["rank"].isna().all()
    assert rank_queries(findings_frame([]), MEMBERS, REGISTRY, POLICY)["rank"].dtype == "Int64"


findings = st.lists(
    st.builds(
        query,
        st.sampled_from(QUERIES),
        st.sampled_from(["", *REGISTRY.measures]),
        st.sampled_from(MEMBERS),
        st.one_of(st.none(), st.floats(0, 1)),
    ),
    max_size=200,
)


@given(findings)
@settings(max_examples=50, deadline=None)
def test_nothing_is_lost_and_the_median_holds(held):
    outcome = ranked(*held)
    keys = ["rule", "authority", "period", "measure"]
    before = findings_frame(held)
    assert sorted(map(tuple, outcome[keys].to_numpy())) == sorted(map(tuple, before[keys].to_numpy()))
    asked = outcome[outcome["severity"] == "query"]
    number = asked.groupby("authority")["rank"].nunique().reindex(MEMBERS, fill_value=0)
    assert number.median() <= POLICY.budget.questions
    for _, ranks in asked.groupby("authority")["rank"]:
        assert set(ranks) == set(range(1, ranks.max() + 1))
    assert outcome["severity"].tolist() == sorted(outcome["severity"], key=[*map(str, Severity)].index)
    told = [*keys, "severity", "seen", "rank"]
    pd.testing.assert_frame_equal(outcome[told], ranked(*reversed(held))[told])


@pytest.mark.parametrize("line", ["  questions: 0", "  why: no", "  unknown: 3"])
def test_a_bad_threshold_is_refused_by_file_and_line(tmp_path, line):
    from analysis.config import PACKAGE
    from analysis.errors import BadReferenceError

    text = (PACKAGE / "returns" / "rules" / "queries.yml").read_text(encoding="utf-8")
    start = text.index("budget:\n") + len("budget:\n")
    head, rest = text[:start], text[start:]
    if line.startswith("  questions"):
        rest = rest.replace("  questions: 5\n", "", 1)
    if line.startswith("  why"):
        body, tail = rest.split("  why: >-", 1)
        rest = body + tail[tail.index("\n\n") + 1 :]
    path = tmp_path / "queries.yml"
    path.write_text(f"{head}{line}\n{rest}", encoding="utf-8")
    with pytest.raises(BadReferenceError) as error:
        query_policy(path)
    assert f"queries.yml, line {head.count(chr(10)) + 1}" in str(error.value.where)
