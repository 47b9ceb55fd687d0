"""Another layout is taken by a mapping, without code."""

from __future__ import annotations

import pytest
from return_files import (
    FOLDER,
    HEADER,
    MEASURES,
    REGISTRY,
    Return,
    as_csv,
    as_xlsx,
    cell,
    checked,
    file_of,
    rows_of,
    rules_broken,
    saved,
)

from analysis.errors import BadReferenceError
from analysis.returns.reading.mapping import STANDARD, TEMPLATES, Template, load_template, packaged_templates

WIDE = next(one for one in packaged_templates() if one.id == "wide-example")


def wide(*rows: dict[str, str], leave_out: tuple[str, ...] = ()) -> str:
    """A file in the worked example's layout; each row may change some measures."""
    measures = {theirs: ours for theirs, ours in WIDE.measures.items() if ours not in leave_out}
    header = ["Region", *WIDE.columns.values(), *measures]
    lines = []
    for change in rows:
        values = {**MEASURES, **change}
        who = [
            change.get("code", "825"),
            change.get("name", ""),
            change.get("year", "2025/26"),
            change.get("quarter", "Q2"),
        ]
        lines.append(["South East", *who, change.get("comment", ""), *(values[ours] for ours in measures.values())])
    return as_csv([header, *lines])


def test_the_worked_example_gives_the_same_figures_as_the_format():
    text = wide({}, {"code": "886", "referrals": "512"}, {"quarter": "Q1", "adopted": "c", "comment": "Provisional"})
    outcome = checked(text)
    assert rules_broken(outcome) - {"missing_return", "copied_return"} == set()
    plain = checked(Return("825").csv()).checked
    now = outcome.checked[(outcome.checked["period"] == FOLDER) & (outcome.checked["authority"] == "825")]
    same = plain[plain["authority"] == "825"]
    assert now["value"].tolist() == same["value"].tolist()
    assert set(now["source_line"]) == {2}
    assert cell(outcome, "referrals", "886")["value"] == 512
    assert cell(outcome, "adopted", period="2025-26-Q1")[["status", "quality", "source_line"]].tolist() == [
        "suppressed",
        "Provisional",
        4,
    ]


def test_the_worked_example_is_read_from_a_workbook_too():
    rows = [line.split(",") for line in wide({}).splitlines()]
    outcome = checked(file_of(saved(as_xlsx(rows))))
    assert rules_broken(outcome) == set()


def test_a_measure_without_a_column_is_missing_and_named():
    outcome = checked(wide({}, leave_out=("adopted",)))
    assert rows_of(outcome, "missing_column")["seen"].tolist() == ["absent: Adopted"]
    assert rows_of(outcome, "missing_measure")["measure"].tolist() == ["adopted"]


def test_rules_name_the_line_and_measure_of_a_wide_file():
    outcome = checked(wide({}, {"code": "886", "referrals": "-1"}))
    found = rows_of(outcome, "negative_count")
    assert found[["authority", "measure", "line"]].values.tolist() == [["886", "referrals", 3]]


def test_a_long_template_renames_columns_and_measures(tmp_path):
    path = tmp_path / "ours.yml"
    path.write_text(
        """
id: ours
title: Another long layout
layout: long
columns: {LA Code: Council, Period: When, Measure ID: Code, Measure Value: Number}
measures: {Q-01: referrals, Q-02: re_referrals}
left_out: [Contact]
""",
        encoding="utf-8",
    )
    template = load_template(path, REGISTRY)
    content = as_csv([
        ["Code", "When", "Council", "Number", "Contact"],
        ["Q-01", "2025-26 Q2", "Bucks", "400", "Jane Smith"],
        ["q 02", "2025/26-Q2", "E06000060", "80", "Jane Smith"],
        ["assessments", "2025-26-Q2", "825", "350", "Jane Smith"],
    ])  # fmt: skip
    for settings in ({"templates": [template]}, {"template": template}):
        outcome = checked(content, **settings)
        assert [cell(outcome, one)["value"] for one in ("referrals", "re_referrals", "assessments")] == [400, 80, 350]
        assert rules_broken(outcome) == {"missing_measure"}
    assert rules_broken(checked(content)) == {"unknown_layout", "missing_return"}


def test_a_template_that_was_chosen_is_the_only_one():
    outcome = checked(Return("825").csv(), template=WIDE)
    assert rules_broken(outcome) == {"unknown_layout", "missing_return"}
    assert rows_of(outcome, "unknown_layout")["seen"].item() == (
        "the first line has none of the columns of a known layout"
    )
    assert rules_broken(checked(wide({}), template=WIDE)) == set()


def test_the_refusal_names_what_is_lacking_in_the_layout_that_comes_nearest():
    content = as_csv([[*HEADER[:7], "Wert", "x"], *Return("825").rows()])
    seen = rows_of(checked(content), "unknown_layout")["seen"].item()
    assert seen == "the first line lacks, of the layout 'standard': Measure Value"


BASE = "id: a\ntitle: b\nlayout: {layout}\ncolumns: {{{columns}}}\n{rest}"


@pytest.mark.parametrize(
    ("layout", "columns", "rest", "message"),
    [
        ("long", "LA Code: a, Period: b, Measure ID: c", "", "columns must name measure value"),
        ("long", "LA Code: a, Measure ID: c, Measure Value: d", "", "either period, or financial year and quarter"),
        ("long", "LA Code: a, Period: b, Quarter: q, Measure ID: c, Measure Value: d", "", "either period"),
        ("long", "LA Code: a, Quarter: q, Measure ID: c, Measure Value: d", "", "financial year and quarter together"),
        ("wide", "LA Code: a, Period: b", "", "a wide template must name its measures"),
        ("wide", "LA Code: a, Period: b, Measure ID: c", "measures: {r: referrals}", "no column for the measure"),
        ("wide", "LA Code: a, Period: b", "measures: {A: referrals}", "the same column"),
        ("wide", "LA Code: a, Period: b", "measures: {r: referrals, s: referrals}", "mapped to the same measure"),
        ("wide", "LA Code: a, Period: b", "measures: {r: referals}", "which is no measure"),
        ("wide", "LA Code: a, Period: b, Postcode: c", "measures: {r: referrals}", "postcode"),
        ("wide", "LA Code: a, Period: b", "measures: {r: referrals}\nsheets: 2", "sheets"),
    ],
)
def test_a_mapping_that_cannot_be_meant_is_refused_by_name_and_line(tmp_path, layout, columns, rest, message):
    path = tmp_path / "bad.yml"
    path.write_text(BASE.format(layout=layout, columns=columns, rest=rest), encoding="utf-8")
    with pytest.raises(BadReferenceError) as refused:
        load_template(path, REGISTRY)
    assert message in str(refused.value).lower()
    assert "bad.yml, line" in refused.value.where


def test_the_packaged_templates_load_and_the_example_maps_every_measure():
    for path in TEMPLATES.glob("*.yml"):
        assert isinstance(load_template(path, REGISTRY), Template)
    assert set(WIDE.measures.values()) == set(REGISTRY.measures)
    assert STANDARD.required == ("LA Code", "Financial Year", "Quarter", "Measure ID", "Measure Value")
