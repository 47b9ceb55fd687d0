"""Past quarters from long, wide and workbook files: in by the door, out as returns that say the same."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example as also
from hypothesis import given, settings
from hypothesis import strategies as st
from return_files import (
    HEADER,
    MEASURES,
    PERIOD,
    REGION,
    REGISTRY,
    Return,
    as_csv,
    as_xlsx,
    checked,
    file_of,
    saved,
)  # fmt: skip

from analysis.reference.authorities import authorities
from analysis.reference.periods import Quarter
from analysis.reference.status import Status
from analysis.returns.checked import check
from analysis.returns.files import ReturnFile
from analysis.returns.history_import import ALREADY_RECEIVED, History, import_history, quarters_held, return_csv
from analysis.returns.reading.mapping import TEMPLATES, Template, load_template

NOTHING = check([], REGION, PERIOD, REGISTRY).checked
EXAMPLES = TEMPLATES / "history"
QUARTERS = PERIOD.back(18)
CODES = ("825", "886", "921")
SAME = ["authority", "period", "measure", "value", "status", "quality"]


def imported(content: str | bytes, known: pd.DataFrame = NOTHING, template: Template | None = None) -> History:
    return import_history(file_of(content, "history.csv"), REGION, PERIOD, REGISTRY, known, template=template)


def read_again(history: History) -> pd.DataFrame:
    """What the kit reads from the returns written, each in its quarter's folder."""
    files = [ReturnFile.of(str(quarter), "a.csv", content) for quarter, content in history.returns.items()]
    return check(files, REGION, PERIOD, REGISTRY).checked


def figures(quarter: Quarter, code: str) -> dict[str, str]:
    """Figures that differ by authority and quarter and break no rule."""
    shift = 4 * (quarter.start_year - 2015) + quarter.number + int(code) % 7
    whole = {key: str(int(text) + shift) for key, text in MEASURES.items() if text.isdigit() and int(text) > 20}
    return MEASURES | whole | {"a1_days": f"{400 + shift}.25"}


def long_rows() -> list[list[str]]:
    returns = [Return(code, quarter, figures(quarter, code)) for quarter in QUARTERS for code in CODES]
    return [row for one in returns for row in one.rows()]


def example(name: str) -> Template:
    return load_template(EXAMPLES / f"{name}.yml", REGISTRY)


def riia_rows() -> list[list[object]]:
    """The made-up sheet `RIIA Measures`: columns A to P, as the example maps it."""
    template = example("riia-measures-example")
    theirs = {ours: name for name, ours in template.measures.items()}
    header = [
        "Region", "LA Code", "LA Name", "LA Type", "Financial Year", "Quarter", "Quarter End", "Measure ID",
        "Measure Name", "Measure Value", "Measure Quality", "Rate Population", "Rate per 10,000", "Percentage Of",
        "Percentage", "Regional Average",
    ]  # fmt: skip
    rows: list[list[object]] = [list(header)]
    for region, code, name, year, quarter, measure, called, value, quality in long_rows():
        end = Quarter.parse(f"{year}-{quarter}").last_day
        rows.append([
            region, int(code), name, "Unitary", year, quarter, end, theirs[measure], f"{called} (number)",
            float(value), quality or None, 125000, 31.4, None, None, 28.9,
        ])  # fmt: skip
    return rows


def wide_rows() -> list[list[str]]:
    template = example("wide-history-example")
    header = ["Region", "DfE code", "Council", "Period", *template.measures, "Notes"]
    rows = [header]
    for quarter in QUARTERS:
        for code in CODES:
            own = figures(quarter, code)
            when = f"{quarter.year} Q{quarter.number}"
            values = [own[ours] for ours in template.measures.values()]
            rows.append(["South East", code, authorities()[code].name, when, *values, ""])
    return rows


EXPECTED = checked(file_of(as_csv([HEADER, *long_rows()]))).checked


@pytest.mark.parametrize("layout", ["long", "wide", "riia", "riia with other sheets"])
def test_many_quarters_and_authorities_come_back_as_they_were(layout: str) -> None:
    if layout == "long":
        history = imported(as_csv([HEADER, *long_rows()]))
    elif layout == "wide":
        history = imported(as_csv(wide_rows()), template=example("wide-history-example"))
    else:
        beside = {"Read me": [["RIIA Quarterly Benchmarking Tool"], ["Made up"]], "Lists": [["Unitary"], ["County"]]}
        book = as_xlsx(riia_rows(), **(beside if "sheets" in layout else {}))
        book.worksheets[0].title = "RIIA Measures"
        assert book.worksheets[0].max_column == 16  # A to P
        history = imported(saved(book), template=example("riia-measures-example"))
    assert history.left_out.empty
    assert list(history.returns) == QUARTERS
    assert set(history.senders.values()) == {CODES}
    assert read_again(history)[SAME].equals(EXPECTED[SAME])


def test_each_quarter_is_a_clean_return_of_that_quarter_alone() -> None:
    history = imported(as_csv([HEADER, *long_rows()]))
    outcome = check([ReturnFile.of(str(PERIOD), "a.csv", history.returns[PERIOD])], REGION, PERIOD, REGISTRY)
    told = outcome.findings
    assert set(told.loc[told["authority"].isin(CODES), "rule"]) == set()
    assert outcome.checked["period"].unique().tolist() == [str(PERIOD)]


def test_the_same_file_gives_the_same_bytes_in_any_order_of_rows() -> None:
    rows = long_rows()
    assert imported(as_csv([HEADER, *rows])).returns == imported(as_csv([HEADER, *reversed(rows)])).returns


def test_marks_notes_and_blanks_stay_what_they_are() -> None:
    one = Return("825", quality="Provisional").with_values(
        referrals="c", re_referrals="x", adopted="z", cla_ceasing="", cpp_at_end="0"
    )
    history = imported(one.csv())
    table = read_again(history).set_index(["authority", "measure"]).loc["825"]
    assert table["status"].loc[["referrals", "re_referrals", "adopted", "cla_ceasing"]].tolist() == [
        Status.SUPPRESSED, Status.NOT_AVAILABLE, Status.NOT_APPLICABLE, Status.NOT_SUBMITTED,
    ]  # fmt: skip
    assert table.loc["cpp_at_end", "value"] == 0
    assert table.loc["cla_starting", "quality"] == "Provisional"
    assert b"cla_ceasing" not in history.returns[PERIOD]


def test_what_is_refused_is_listed_and_not_written() -> None:
    rows = Return("825").with_values(referrals="many", assessments_45_days="-4").rows()
    rows += Return("301").rows()  # Barking and Dagenham: another region's
    rows += [[*row[:5], "early_help", "Early help", "12", ""] for row in rows[:1]]
    rows += Return("825", PERIOD.shift(1)).rows()
    history = imported(as_csv([HEADER, *rows]))
    assert set(history.left_out["rule"]) == {
        "unreadable_value", "negative_count", "not_a_member", "unknown_measure",
    }  # fmt: skip
    assert history.later == (PERIOD.shift(1),)
    assert set(history.left_out["severity"]) == {"refuse"}
    assert list(history.returns) == [PERIOD]
    written = history.returns[PERIOD].decode()
    assert ",referrals," not in written
    assert ",assessments_45_days," not in written
    assert ",assessments," in written
    assert {line.split(",")[1] for line in written.splitlines()[1:]} == {"825"}


@pytest.mark.parametrize("spoil", ["upn", "column"])
def test_a_child_level_file_is_turned_away_whole(spoil: str) -> None:
    rows = [HEADER, *long_rows()]
    if spoil == "upn":
        rows[5] = [*rows[5][:8], "A123456789012"]
    else:
        rows = [[*row, "UPN" if row is rows[0] else ""] for row in rows]
    history = imported(as_csv(rows))
    assert not history.returns
    assert history.left_out["rule"].str.startswith("child_level").all()
    assert len(history.left_out) == 1
    assert "A123456789012" not in history.left_out.to_csv()


def test_what_an_authority_sent_itself_is_never_replaced() -> None:
    known = check([file_of(Return("825").with_values(referrals="401", adopted=None).csv())], REGION, PERIOD, REGISTRY)
    history = imported(as_csv([HEADER, *Return("825").rows(), *Return("886").rows()]), known.checked)
    lines = [line.split(",") for line in history.returns[PERIOD].decode().splitlines()[1:]]
    assert [line[5] for line in lines if line[1] == "825"] == ["adopted"]
    assert len([line for line in lines if line[1] == "886"]) == len(MEASURES)
    told = history.left_out[history.left_out["rule"] == ALREADY_RECEIVED]
    assert told[["authority", "severity"]].to_numpy().tolist() == [["825", "query"], ["825", "note"]]
    assert told["seen"].tolist() == [
        "1 figure received before, and not the same here",
        f"{len(MEASURES) - 2} figures received before, the same here",
    ]
    assert told["measure"].tolist() == ["referrals", ""]


def test_imported_twice_there_is_nothing_more_to_write() -> None:
    content = as_csv([HEADER, *long_rows()])
    known = read_again(imported(content))
    again = imported(content, known)
    assert not again.returns
    assert set(again.left_out["severity"]) == {"note"}


def test_quarters_are_counted_by_figures() -> None:
    assert quarters_held(EXPECTED, ["825", "826"]) == {"825": 18, "826": 0}
    blank = checked(file_of(Return("825", values=dict.fromkeys(MEASURES, "x")).csv())).checked
    assert quarters_held(blank, ["825"]) == {"825": 0}


CELLS = st.one_of(
    st.tuples(st.integers(0, 10**6).map(float), st.just(Status.GIVEN)),
    st.tuples(
        st.just(float("nan")),
        st.sampled_from([Status.SUPPRESSED, Status.NOT_AVAILABLE, Status.NOT_APPLICABLE, Status.UNRELIABLE]),
    ),
)
DAYS = st.floats(0, 6000, allow_subnormal=False).map(lambda days: round(days, 6))


@settings(max_examples=40, deadline=None)
@given(st.lists(CELLS, min_size=6, max_size=6), DAYS)
@also([(0.0, Status.GIVEN)] * 6, 6e-06)  # once written with an exponent
def test_a_written_return_reads_back_to_the_last_digit(cells: list[tuple[float, Status]], days: float) -> None:
    measures = ["referrals", "assessments", "cin_at_end", "cpp_at_end", "cla_at_end", "cla_starting"]
    table = pd.DataFrame({
        "authority": "825",
        "measure": [*measures, "a1_days"],
        "value": [*(value for value, _ in cells), days],
        "status": [*(str(status) for _, status in cells), "given"],
        "quality": "",
    })  # fmt: skip
    outcome = checked(file_of(return_csv(table, PERIOD, REGISTRY)))
    own = outcome.checked[outcome.checked["authority"] == "825"].set_index("measure").loc[list(table["measure"])]
    assert own["status"].tolist() == table["status"].tolist()
    pd.testing.assert_series_equal(own["value"].reset_index(drop=True), table["value"], check_exact=True)


def test_the_examples_say_that_they_are_made_up_and_map_every_measure() -> None:
    for path in sorted(Path(EXAMPLES).glob("*.yml")):
        template = load_template(path, REGISTRY)
        assert "made-up example" in template.title
        assert sorted(template.measures.values()) == sorted(REGISTRY.measures)
    sheet = example("riia-measures-example")
    assert len(sheet.columns) + len(sheet.left_out) == 16


def test_an_excel_file_of_another_sheet_alone_is_refused() -> None:
    out = io.BytesIO()
    as_xlsx([["Measure", "Definition"], ["RIIA01", "Referrals"]]).save(out)
    history = imported(out.getvalue(), template=example("riia-measures-example"))
    assert not history.returns
    assert history.left_out["rule"].tolist() == ["unknown_layout"]
