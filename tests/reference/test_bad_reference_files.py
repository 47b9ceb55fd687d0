"""A bad reference file is refused by name and line, and says what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.errors import BadReferenceError, ExitCode
from analysis.reference.authorities import authorities
from analysis.reference.data_folder import DATA
from analysis.reference.indicators import IndicatorSet
from analysis.reference.neighbours import neighbours
from analysis.reference.populations import population_frame
from analysis.reference.published import published_figures
from analysis.reference.registry import registry
from analysis.reference.sources import sources
from analysis.reference.yaml_file import read_yaml

LOADERS: dict[str, Callable[[Path], object]] = {
    "authorities.csv": authorities,
    "neighbours.csv": lambda path: neighbours(path=path),
    "populations.csv": population_frame,
    "published.csv": published_figures,
}


def refusal(folder: Path, name: str, change: Callable[[list[str]], list[str]]) -> BadReferenceError:
    """The error on reading a copy of a committed table with its lines changed (line 1 is the header)."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()[:400]
    path = folder / name
    path.write_text("\n".join(change(lines)) + "\n", encoding="utf-8", newline="\n")
    with pytest.raises(BadReferenceError) as caught:
        LOADERS[name](path)
    assert caught.value.remedy
    return caught.value


def cell(line: int, column: int, text: str) -> Callable[[list[str]], list[str]]:
    """Put a text into a cell; lines count from 1, columns from 0."""

    def change(lines: list[str]) -> list[str]:
        cells = lines[line - 1].split(",")
        cells[column] = text
        return [*lines[: line - 1], ",".join(cells), *lines[line:]]

    return change


def longer(line: int, text: str) -> Callable[[list[str]], list[str]]:
    """Put a text to the end of a line."""
    return lambda lines: [*lines[: line - 1], lines[line - 1] + text, *lines[line:]]


def again(line: int) -> Callable[[list[str]], list[str]]:
    """Repeat a line below itself."""
    return lambda lines: [*lines[:line], *lines[line - 1 :]]


@pytest.mark.parametrize(
    ("name", "change", "line", "what"),
    [
        ("authorities.csv", cell(3, 0, "2O2"), 3, "code is '2O2', which is not three digits"),
        ("authorities.csv", cell(3, 9, "lately"), 3, "first_year is 'lately'"),
        ("authorities.csv", cell(3, 11, "perhaps"), 3, "current is 'perhaps'"),
        ("authorities.csv", cell(3, 8, "E09000007"), 3, "write each code as E10000002:2013-2020"),
        ("authorities.csv", cell(3, 12, "999"), 3, "names 999, which is not in the table"),
        ("authorities.csv", again(3), 4, "the authority 202 stands here a second time"),
        ("neighbours.csv", cell(5, 0, "21"), 5, "edition is '21', which is not a year"),
        ("neighbours.csv", cell(5, 1, "999"), 5, "authority is '999', which is not in authorities.csv"),
        ("neighbours.csv", cell(5, 3, "999"), 5, "neighbour is '999', which is not in authorities.csv"),
        ("neighbours.csv", cell(5, 4, "Near"), 5, "closeness is 'Near'"),
        ("neighbours.csv", again(5), 6, "rank is '4' where 5 comes next for 201"),
        ("neighbours.csv", cell(5, 3, "201"), 5, "201 cannot be a neighbour of 201"),
        ("neighbours.csv", lambda lines: lines[:8], 8, "201 has 7 neighbours in 2021, not 10"),
        ("populations.csv", cell(7, 0, "parish"), 7, "level is 'parish': not one of"),
        ("populations.csv", cell(7, 1, "999"), 7, "there is no authority of this code"),
        ("populations.csv", cell(7, 2, "MMXX"), 7, "mid_year is 'MMXX', which is not a number"),
        ("populations.csv", cell(7, 2, ""), 7, "mid_year is '', which is not a number"),
        ("populations.csv", cell(7, 3, "many"), 7, "population is 'many', which is not a number"),
        ("populations.csv", cell(7, 3, "-3"), 7, "population is"),
        ("populations.csv", cell(7, 3, ""), 7, "a population goes with the status given"),
        ("populations.csv", cell(7, 4, "gone"), 7, "status is 'gone': not one of"),
        ("populations.csv", again(7), 8, "this area and mid-year stand there a second time"),
        ("published.csv", cell(9, 0, ""), 9, "indicator is '': blank"),
        ("published.csv", cell(9, 2, "999"), 9, "there is no authority of this code"),
        ("published.csv", cell(9, 4, "nan"), 9, "numerator is 'nan', which is not a number"),
        ("published.csv", cell(9, 5, "suppressed"), 9, "a numerator goes with the status given, and only with it"),
        ("published.csv", cell(9, 7, "c"), 9, "denominator_status is 'c': not one of"),
        ("published.csv", again(9), 10, "this indicator, area and year stand there a second time"),
        *((name, cell(1, 1, "colour"), 1, "is missing") for name in LOADERS),
        *((name, longer(1, ",colour"), 1, "'colour' is not known") for name in LOADERS),
        *((name, longer(1, ",x,x"), 1, "the column x stands there twice") for name in LOADERS),
        *((name, longer(4, ",x"), 4, "cells where the header") for name in LOADERS),
        *((name, longer(4, ',"'), None, "not CSV") for name in LOADERS),
    ],
)  # fmt: skip
def test_a_bad_table_is_named_with_its_line(
    tmp_path: Path, name: str, change: Callable[[list[str]], list[str]], line: int | None, what: str
) -> None:
    error = refusal(tmp_path, name, change)
    assert what in error.what
    assert name in error.where
    if line is not None:
        assert error.where.endswith(f"{name}, line {line}")
    assert error.exit_code is ExitCode.BAD_REFERENCE


@pytest.mark.parametrize("name", LOADERS)
def test_a_table_in_another_encoding_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes((DATA / name).read_bytes()[:200] + "\nSt. Helens – café".encode("cp1252"))
    with pytest.raises(BadReferenceError, match="not UTF-8") as caught:
        LOADERS[name](path)
    assert ", line " in caught.value.where


@pytest.mark.parametrize("name", LOADERS)
def test_a_table_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadReferenceError, match=f"there is no file {name}"):
        LOADERS[name](tmp_path / name)


def test_a_mark_of_byte_order_before_the_header_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "authorities.csv"
    path.write_text((DATA / "authorities.csv").read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert authorities(path) == authorities()


def test_names_for_an_authority_that_does_not_exist_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "also_known_as.yml"
    path.write_text('authorities:\n  "825": {aliases: [Bucks]}\n  "999": {aliases: [Nowhere]}\n', encoding="utf-8")
    with pytest.raises(BadReferenceError, match="there is no authority 999") as caught:
        authorities(names=path)
    assert caught.value.where.endswith("also_known_as.yml, line 3")


def test_a_county_of_an_authority_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "also_known_as.yml"
    path.write_text('authorities: {}\ncounties:\n  Berkshire: ["867", "999"]\n', encoding="utf-8")
    with pytest.raises(BadReferenceError, match="there is no authority 999") as caught:
        authorities(names=path)
    assert caught.value.where.endswith("also_known_as.yml, line 3")


@pytest.mark.parametrize(
    ("old", "new", "file", "what"),
    [
        ("A17, A18]", "A17, A19]", "annex-a-2019.yml", "there is no indicator A19"),
        ("numerator: referrals", "numerator: refferals", "indicators.yml", "there is no measure refferals"),
        ("like_for_like: true", "like_for_like: false", "indicators.yml", "like for like, or differs in words"),
        ("series: A01-rate", "series: A02-percent", "indicators.yml", "A02-percent is none of its series"),
        ("weight: a1_children", "weight: a9_children", "measures.yml", "there is no measure a9_children"),
        ("ceasing: cla_ceasing", "ceasing: cla_at_end", "measures.yml", "there is no flow cla_at_end"),
        (", ceasing: cla_ceasing", "", "measures.yml", "both starting and ceasing or neither"),
        ("numerator: a1_days", "numerator: a1_children", "indicators.yml", "cannot be the numerator of a duration"),
    ],
)
def test_a_fault_in_the_registry_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, file: str, what: str
) -> None:
    faulty = None
    for path in (DATA / "measures.yml", DATA / "indicators.yml", *(DATA / "indicator_sets").glob("*.yml")):
        text = path.read_text(encoding="utf-8")
        copy = tmp_path / path.relative_to(DATA)
        copy.parent.mkdir(exist_ok=True)
        if path.name == file:
            faulty = text[: text.index(old)].count("\n") + 1
            text = text.replace(old, new, 1)
        copy.write_text(text, encoding="utf-8", newline="\n")
    with pytest.raises(BadReferenceError) as caught:
        registry(tmp_path)
    assert what in caught.value.what
    assert caught.value.where.endswith(f"{file}, line {faulty}")


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (b"", 1, "the file: keys with values are wanted here"),
        (b"files:\n  a: {title: 3}\n", 2, "files.a.title: text is wanted here; line 2, files.a.publisher: this"),
        (b"files:\n\ta: 1\n", 2, "this is not YAML"),
        (b"files: \x07\n", 1, "this is not YAML"),
        (b"files: !!python/object:os.system {}\n", 1, "this is not YAML"),
        (b"? [a, b]\n: 1\n", 1, "a key is a word"),
        (b"files:\n  a: " + b"[" * 100_000, 2, "lists inside lists without end"),
    ],
)
def test_yaml_that_is_not_what_it_should_be(tmp_path: Path, content: bytes, line: int, what: str) -> None:
    path = tmp_path / "sources.yml"
    path.write_bytes(content)
    with pytest.raises(BadReferenceError) as caught:
        sources(path)
    assert what in caught.value.what
    assert caught.value.where.endswith(f"sources.yml, line {line}")


def test_yaml_in_another_encoding_or_missing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "set.yml"
    with pytest.raises(BadReferenceError, match=r"there is no file set\.yml"):
        read_yaml(path, IndicatorSet)
    path.write_bytes("title: caf\u00e9".encode("cp1252"))
    with pytest.raises(BadReferenceError, match="not UTF-8"):
        read_yaml(path, IndicatorSet)
