"""Whatever is sent, the reader answers, and every figure that it gives was written."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from return_files import HEADER, REGISTRY, Return, as_csv, as_xlsx, checked, file_of, saved

from analysis.reference.status import Status
from analysis.returns.reading.mapping import packaged_templates
from analysis.returns.reading.read import ReadFile, read_return
from analysis.returns.reading.values import read_value
from analysis.returns.reading.when import quarter_of
from analysis.returns.rules.file_rules import Refusal

SLOW = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.filter_too_much]}
ROWS = [list(HEADER), *Return("825").rows()]
VALUE, QUARTER, YEAR = (HEADER.index(name) for name in ("Measure Value", "Quarter", "Financial Year"))
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252")
SPACES = "\u00a0\u2007\u2009\u202f\u3000\u200b"
MARKS = [
    "",
    "c",
    "x",
    "z",
    "u",
    "..",
    "-",
    "*",
    "<5",
    "N/A",
    "nil",
    "45%",
    "1-5",
    "#REF!",
    "1e3",
    "inf",
    "nan",
    "Total",
]
figures = st.one_of(
    st.integers(-50, 2_000_000).map(str),
    st.integers(0, 2_000_000).map(lambda number: f"{number:,}"),
    st.integers(0, 2_000_000).map(lambda number: f"{number:,}".replace(",", "\u202f")),
    st.floats(0, 9000, allow_nan=False).map(lambda number: f"{number:.3f}"),
    st.floats(0, 9000, allow_nan=False).map(lambda number: f"{number:.2f}".replace(".", ",")),
    st.integers(0, 9999).map(lambda number: str(number).translate({48 + one: 0xFF10 + one for one in range(10)})),
    st.sampled_from(MARKS),
    st.text(alphabet="0123456789,. %<-\u00a0\u00b2\uff10\u0663x", max_size=9),
    st.text(max_size=6),
)


def read(content: bytes) -> ReadFile | Refusal:
    return read_return(file_of(content), REGISTRY, packaged_templates())


def numbers_written(text: str) -> set[float]:
    """Every number that a person could see in a text: written apart from the kit, and as loosely as may be."""
    plain = text.translate({0xFF10 + one: 48 + one for one in range(10)} | {0xFF0C: ",", 0xFF0E: ".", 0xFF0D: "-"})
    plain = re.sub(f"[{SPACES}\u2002-\u200a\u205f ]", "", plain)
    plain = re.sub("[\u2010-\u2015\u2212]", "-", plain)
    found = set()
    for run in re.findall(r"-?[0-9][0-9.,]*", plain):
        for digits in (run, run.replace(",", ""), run.replace(".", "").replace(",", "."), run.replace(",", ".")):
            if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", digits):
                found.add(float(digits) + 0.0)
    return found


@given(st.binary(max_size=400))
@settings(max_examples=150, **SLOW)
@example(b"\xff\xfe\x00")
@example(b"\x00\x00\xfe\xff\x00\x00\x00")
@example(b"\xef\xbb\xbf")
@example(b'"')
@example(b"\r\r\r")
def test_any_bytes_have_an_answer(content):
    read(content)


@given(
    st.integers(0, len(as_csv(ROWS)) - 1), st.binary(max_size=12), st.integers(0, 12), st.sampled_from(ENCODINGS)
)  # fmt: skip
@settings(max_examples=150, **SLOW)
def test_a_return_with_bytes_cut_out_and_put_in_has_an_answer(place, noise, cut, encoding):
    content = as_csv(ROWS).encode(encoding)
    place = place * len(content) // len(as_csv(ROWS))
    read(content[:place] + noise + content[place + cut :])


@given(figures, st.sampled_from(["duration", "flow", "stock", ""]))
@settings(max_examples=600, **SLOW)
@example("12\u00b2", "flow")
@example("1\u0663", "flow")
@example("100%", "flow")
@example("1,250", "duration")
def test_a_figure_is_one_of_the_numbers_that_are_written(text, kind):
    said = read_value(text, kind)
    assert (said.status is Status.GIVEN) == (said.figure == said.figure)
    if said.status is Status.GIVEN:
        assert said.figure in numbers_written(text)
        assert "%" not in text
    assert not said.fault or said.status is Status.NOT_AVAILABLE


@given(st.text(max_size=12), st.text(max_size=10), st.text(max_size=12))
@settings(max_examples=200, **SLOW)
def test_any_text_is_a_quarter_or_none(period, year, quarter):
    found, _ = quarter_of(period, year, quarter)
    assert re.fullmatch(r"([0-9]{4}-[0-9]{2}-Q[1-4])?", found)


@st.composite
def messy(draw: st.DrawFn) -> tuple[bytes, str]:
    """A return with anything in its cells, laid out and encoded anyhow, and its text."""
    rows = [list(row) for row in ROWS]
    for _ in range(draw(st.integers(0, 6))):
        row = rows[draw(st.integers(1, len(rows) - 1))]
        row[draw(st.sampled_from([VALUE, VALUE, VALUE, QUARTER, YEAR, draw(st.integers(0, 8))]))] = draw(figures)
    for _ in range(draw(st.integers(0, 3))):
        extra = draw(st.lists(figures, max_size=11))
        rows.insert(draw(st.integers(0, len(rows))), draw(st.sampled_from([list(HEADER), ["Total", *extra], extra])))
    if draw(st.booleans()):
        order = draw(st.permutations(range(len(HEADER))))
        rows = [[row[index] if index < len(row) else "" for index in order] for row in rows]
    text = as_csv(rows, draw(st.sampled_from([",", ";", "\t", "|"])))
    encoding = draw(st.sampled_from(ENCODINGS))
    return text.encode(encoding, errors="replace"), text


@given(messy())
@settings(max_examples=50, **SLOW)
def test_no_figure_of_a_messy_return_is_invented(drawn):
    content, text = drawn
    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)) for cell in row]
    written = set().union(*map(numbers_written, cells))
    table = checked(content).checked
    assert set(table["value"].dropna()) <= written
    assert (table["value"].notna() == (table["status"] == Status.GIVEN)).all()


def _delimiter(text: str) -> str:
    return next((one for one in "|\t;" if text.count(one) > 100), ",")


anything = st.one_of(
    figures.map(lambda text: re.sub(r"[\x00-\x1f\ufffe\uffff\ud800-\udfff]", "", text)),  # which no workbook can hold
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.none(),
)


@given(st.lists(st.lists(anything, max_size=10), max_size=5), st.integers(0, 2), st.booleans())
@settings(max_examples=40, **SLOW)
def test_a_workbook_with_anything_on_its_sheets_has_an_answer(beside, sheets, above):
    others = {f"S{number}": beside for number in range(sheets)}
    read(saved(as_xlsx([*(beside if above else []), *ROWS], **others)))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_encoding_goes_with_every_delimiter(encoding, delimiter):
    plain, outcome = read(as_csv(ROWS).encode()), read(as_csv(ROWS, delimiter).encode(encoding))
    assert isinstance(plain, ReadFile)
    assert isinstance(outcome, ReadFile)
    assert {name: list(cells) for name, cells in outcome.columns.items()} == {
        name: list(cells) for name, cells in plain.columns.items()
    }
