"""Forms that come back: what is taken from them, and what is refused, and why."""

import io
import tracemalloc
import zipfile

import docx
import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from query_forms import (
    DAY,
    REGISTRY,
    answered,
    fill_excel,
    fill_word,
    fill_yaml,
    finding,
    saved,
    sheet_of,
    three_queries,
)

from analysis.queries.answers import check_form, read_answers
from analysis.queries.excel import write_excel
from analysis.queries.form import FORM, Column
from analysis.queries.read_form import Form, FormRow, read_form
from analysis.queries.word import write_word
from analysis.queries.yaml_form import write_yaml
from analysis.registers.answers import Choice
from analysis.returns.rules.rule import Severity

KINDS = {
    "word": (write_word, fill_word),
    "excel": (write_excel, fill_excel),
    "yaml": (lambda sheet: write_yaml(sheet).encode(), fill_yaml),
}
GOOD = {
    "icpc_15_days": answered(
        "correct as sent", reason="Two large families in one week", role="Data manager", until="2026-27-Q1"
    ),
    "referrals": answered("corrected figure", "1,204", "A minus slipped in", "Performance analyst"),
    "cin_at_end": answered("don’t know yet"),
}


@pytest.fixture(scope="module")
def sheet():
    return three_queries()


def back(kind, sheet, filled, other=None):
    write, fill = KINDS[kind]
    return read_answers(fill(write(sheet), sheet, filled), other or sheet, REGISTRY, DAY, label="form 1")


def rules(read):
    return [finding.rule for finding in read.findings]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_typed_comes_back(kind, sheet):
    read = back(kind, sheet, GOOD)
    assert rules(read) == []
    held = {answer.measures[0]: answer for answer in read.answers.answers}
    first = held["icpc_15_days"]
    assert (first.answer, first.sent, first.corrected) == (Choice.CORRECT, "700", None)
    assert (first.reason, first.answered_by) == ("Two large families in one week", "Data manager")
    assert (first.valid_until, first.period, first.date) == ("2026-27-Q1", "2025-26-Q2", DAY)
    assert (held["referrals"].corrected, held["referrals"].sent) == ("1204", "x")
    assert held["cin_at_end"].answer is Choice.UNKNOWN
    assert (read.answers.authority, read.answers.region, read.answers.period) == ("825", "south-east", "2025-26-Q2")


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_that_nobody_filled_in_answers_nothing(kind, sheet):
    read = back(kind, sheet, {})
    assert read.answers.answers == ()
    assert rules(read) == ["query_unanswered"] * 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_of_another_authority_or_quarter_is_refused_whole(kind, sheet):
    kent = sheet.model_copy(update={"authority": "886", "authority_name": "Kent"})
    read = back(kind, kent, GOOD, other=sheet)
    assert (rules(read), read.answers) == (["form_of_another"], None)
    assert read.findings[0].seen == "the form of Kent (886)"
    read = back(kind, sheet.model_copy(update={"period": "2025-26-Q3"}), GOOD, other=sheet)
    assert (rules(read), read.answers) == (["form_of_another"], None)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("column", "text", "rule"),
    [
        (Column.ID, "q0123456789", "query_unknown"),
        (Column.MEASURE, "Referrals", "query_edited"),
        (Column.PERIOD, "2025-26-Q1", "query_edited"),
        (Column.SENT, "77", "query_edited"),
        (Column.ANSWER, "yes", "answer_unknown"),
        (Column.ANSWER, "", "answer_unknown"),
        (Column.FIGURE, "77", "answer_without_figure"),
    ],
)
def test_an_edited_row_is_refused_and_the_others_go_on(kind, sheet, column, text, rule):
    filled = GOOD | {"icpc_15_days": GOOD["icpc_15_days"] | {column: text}}
    read = back(kind, sheet, filled)
    assert rules(read)[0] == rule
    assert {finding.severity for finding in read.findings} <= {"refuse", "note"}
    assert {answer.measures[0] for answer in read.answers.answers} == {"referrals", "cin_at_end"}


@pytest.mark.parametrize(
    ("figure", "seen"),
    [
        ("", "no figure"),
        ("about forty", "neither"),
        ("-3", "neither"),
        ("40.5", "cannot have"),
        ("2000000", "cannot have"),
        ("x", "that was sent"),
        ("31%", "neither"),
    ],
)
def test_a_corrected_figure_is_one_that_the_measure_can_have(sheet, figure, seen):
    read = back("yaml", sheet, {"referrals": answered("corrected figure", figure, "A slip", "Analyst")})
    assert rules(read)[0] == "answer_without_figure"
    assert seen in read.findings[0].seen
    assert read.answers.answers == ()


def test_a_whole_return_has_no_corrected_figure():
    sheet = sheet_of(finding("missing_return", seen="nothing from Buckinghamshire"))
    form = yaml.safe_load(write_yaml(sheet))
    form["Queries"][0] |= {"Answer": "corrected figure", "Corrected figure": "9"}
    read = read_answers(yaml.safe_dump(form).encode(), sheet, REGISTRY, DAY)
    assert read.findings[0].seen == "query 1: the query is about no single figure"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2026-27-Q1", "2026-27-Q1"),
        ("2026/27 q1", "2026-27-Q1"),
        ("2025-26-Q2", "2025-26-Q2"),
        ("31/03/2027", "2026-27-Q4"),
        ("2027-03-30", "2026-27-Q3"),
        ("2025-26-Q1", None),
        ("for ever", None),
        ("2025-09-29", None),
    ],
)
def test_valid_until_is_a_quarter_or_the_last_that_has_closed(sheet, written, kept):
    filled = {"icpc_15_days": GOOD["icpc_15_days"] | {Column.UNTIL: written}}
    read = back("yaml", sheet, filled)
    assert read.answers.answers[0].valid_until == kept
    assert ("answer_until_unreadable" in rules(read)) == (kept is None)


@pytest.mark.parametrize(
    "text", ["Sarah Smith", "ask sarah.smith@example.gov.uk", "Sarah", "said by Oliver Jones today"]
)
def test_names_of_persons_are_left_out_and_never_repeated(sheet, text):
    filled = {"icpc_15_days": GOOD["icpc_15_days"] | {Column.ROLE: text}}
    read = back("word", sheet, filled)
    assert read.answers.answers[0].answered_by == ""
    assert rules(read)[:2] == ["answer_text_left_out", "answer_incomplete"]
    assert not any(text in finding.seen for finding in read.findings)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["UPN H801200001001", "born 3/4/2015", "943 476 5919", "lives at RG1 3BD"])
def test_a_form_that_identifies_a_child_is_refused_whole(kind, sheet, text):
    read = back(kind, sheet, {"icpc_15_days": GOOD["icpc_15_days"] | {Column.REASON: text}})
    assert (rules(read), read.answers) == (["child_level_values"], None)
    assert not any(text in finding.seen for finding in read.findings)


def test_text_is_a_plain_paragraph(sheet):
    reason = "See <b>our</b>\n[page](https://example.org) =SUM(A1)  and <script>x</script>"
    read = back("excel", sheet, {"icpc_15_days": GOOD["icpc_15_days"] | {Column.REASON: reason}})
    assert read.answers.answers[0].reason == "See our page =SUM(A1) and x"


def test_an_identifier_that_markup_hides_is_left_out(sheet):
    filled = {"icpc_15_days": GOOD["icpc_15_days"] | {Column.REASON: "943<b></b>476<i>5919"}}
    read = back("yaml", sheet, filled)
    assert read.answers.answers[0].reason == ""


def test_a_query_that_stands_twice_is_not_guessed(sheet):
    form = yaml.safe_load(KINDS["yaml"][1](write_yaml(sheet).encode(), sheet, GOOD))
    form["Queries"].append(dict(form["Queries"][0], Answer="will resend"))
    read = read_answers(yaml.safe_dump(form).encode(), sheet, REGISTRY, DAY)
    assert rules(read).count("answered_twice") == 2
    assert len(read.answers.answers) == 2


def test_tracked_changes_are_read_as_they_stand(sheet):
    content = fill_word(write_word(sheet), sheet, GOOD)
    document = docx.Document(io.BytesIO(content))
    cell = document.tables[1].rows[2].cells[list(Column).index(Column.REASON)]
    paragraph = cell.paragraphs[0]._p
    paragraph.append(
        docx.oxml.parse_xml(
            '<w:del xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="9" w:author="a">'
            "<w:r><w:delText>secret</w:delText></w:r></w:del>"
        )
    )
    read = read_answers(saved(document), sheet, REGISTRY, DAY)
    assert all("secret" not in answer.reason for answer in read.answers.answers)


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (b"", "nor YAML as the form was sent"),
        (b"hello", "nor YAML as the form was sent"),
        (b"\xff\xfe\x00", "nor YAML as the form was sent"),
        (b"a: &a [1]\nb: *a\n", "references or nesting"),
        (b"a: 1\na: 2\n", "nor YAML as the form was sent"),
        (b"[" * 200_000, "references or nesting"),
        (b"- " * 100_000, "references or nesting"),
        (b"PK\x03\x04 not a zip", "damaged"),
        (b"!!python/object/apply:os.system ['true']", "nor YAML as the form was sent"),
        (b"x" * (5 * 1024 * 1024), "far l"),
        (b"a: " + b"x" * (600 * 1024), "far l"),
    ],
    ids=[
        "empty",
        "prose",
        "utf-16",
        "references",
        "key twice",
        "deep",
        "deep list",
        "broken zip",
        "a tag that runs",
        "5 MB",
        "long",
    ],
)
def test_what_is_no_form_is_refused(sheet, content, seen):
    read = read_answers(content, sheet, REGISTRY, DAY)
    assert read.answers is None
    [finding] = read.findings
    assert finding.rule in ("form_unreadable", "form_not_known")
    assert seen in finding.seen
    assert "the form that was sent" in finding.remedy or "saved as it was sent" in finding.remedy


def bomb(name, body, compress=zipfile.ZIP_DEFLATED, **more):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compress) as archive:
        archive.writestr(name, body)
        for other, content in more.items():
            archive.writestr(other.replace("_", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (bomb("word/document.xml", b" " * (300 * 1024 * 1024)), "far more"),
        (bomb("word/document.xml", b"<a>" * (3 * 1024 * 1024)), "far more"),
        (bomb("word/document.xml", b"<a>" * (2 * 1024 * 1024)), "far more"),
        (bomb("word/document.xml", b"<t>" + b"<a/>" * (1024 * 1024) + b"</t>"), "far more"),
        (bomb("word/document.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "damaged"),
        (bomb("word/document.xml", "<a/>".encode("utf-16")), "damaged"),
        (bomb("word/document.xml", b"<a/>", word_embeddings="x"), "an embedded file"),
        (bomb("xl/workbook.xml", b"<a/>"), "damaged"),
    ],
    ids=["300 MB", "9 MB of tags", "deep", "many", "entities", "utf-16", "a file inside", "no workbook"],
)
def test_bombs_are_refused_in_bounded_memory(sheet, content, seen):
    tracemalloc.start()
    read = read_answers(content, sheet, REGISTRY, DAY)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert rules(read) == ["form_unreadable"]
    assert seen in read.findings[0].seen
    assert peak < 100 * 1024 * 1024


def test_a_workbook_that_is_no_form_is_not_known(sheet):
    book = Workbook()
    book.active.append(["Authority", "Buckinghamshire (825)"])
    assert rules(read_answers(saved(book), sheet, REGISTRY, DAY)) == ["form_not_known"]


ANYTHING = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [*map(str, Choice), "412", "-1", "x", "1e9", "2026-27-Q1", "31/03/2027", "0001-01-01", "9999-12-31"]
    ),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.sampled_from(list(Column)), ANYTHING), max_size=5), st.data())
def test_no_row_raises_and_no_figure_is_invented(sheet, rows, data):
    ids = [query.id for query in sheet.queries]
    good = Form(
        {"authority": "Buckinghamshire (825)", "quarter": "2025-26-Q2", "form": FORM},
        tuple(
            FormRow(
                line,
                dict.fromkeys(Column, "")
                | _sent(sheet, data.draw(st.sampled_from([*ids, ""])))
                | {column: text for column, text in row.items() if column not in list(Column)[:7]},
            )
            for line, row in enumerate(rows, start=1)
        ),
    )
    read = check_form(good, sheet, REGISTRY, DAY)
    typed = {row.cells[Column.FIGURE] for row in good.rows}
    for answer in read.answers.answers:
        if answer.corrected is not None and answer.corrected.isdigit():
            assert float(answer.corrected) in {float(text.replace(",", "")) for text in typed if _number(text)}
    for finding_ in read.findings:
        assert finding_.rule
        assert Severity(finding_.severity)


def _sent(sheet, wanted):
    from analysis.queries.form import cells

    query = next((query for query in sheet.queries if query.id == wanted), None)
    return {} if query is None else dict(zip(Column, cells(query), strict=False))


def _number(text):
    try:
        float(text.replace(",", ""))
    except ValueError:
        return False
    return True


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)))
@example(b"Queries: [a]")
@example(b"Queries:\n- Query id: {a: b}\n")
@example(b"? [a]\n: b")
@example(b"--- a\n--- b\n")
def test_no_bytes_raise(sheet, content):
    read = read_answers(content, sheet, REGISTRY, DAY)
    assert read.answers is None
    assert len(read.findings) == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=6), st.sampled_from(list(KINDS)))
def test_a_damaged_form_is_read_or_refused(sheet, where, noise, kind):
    content = KINDS[kind][0](sheet)
    cut = where % len(content)
    damaged = content[:cut] + noise + content[cut + len(noise) :]
    read = read_answers(damaged, sheet, REGISTRY, DAY)
    assert read.answers is None or read.answers.answers == () or kind == "yaml"
    assert read_form(damaged) is not None
