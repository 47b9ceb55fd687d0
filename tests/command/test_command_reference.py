"""`reference` and `doctor`: what the kit knows, and whether it is well."""

import pytest

from analysis.reference.sources import sources


def rows(done):
    return [line for line in done.out.splitlines() if line.startswith("│")]


@pytest.mark.parametrize(
    ("words", "count", "seen"),
    [
        (("authorities",), 158, "Isles of Scilly"),
        (("authorities", "--region", "South East"), 19, "Windsor and Maidenhead"),
        (("authorities", "--region", "E12000007"), 33, "City of London"),
        (("neighbours", "--authority", "RBWM"), 10, "Wokingham"),
        (("indicators",), 18, "A16"),
        (("regions",), 9, "yorkshire-and-the-humber"),
    ],
)
def test_each_kind_is_shown_whole(tartanrug, words, count, seen):
    done = tartanrug("reference", "list", *words)
    assert done.code == 0
    assert seen in done.out
    first = {line.split("│")[1].strip() for line in rows(done)} - {""}
    assert len(first) == count


def test_files_are_shown_with_source_edition_and_licence(tartanrug):
    done = tartanrug("reference", "list", "files")
    assert done.code == 0
    for name, source in sources().items():
        line = next(line for line in rows(done) if line.split("│")[1].strip() == name)
        assert source.licence.split()[0] in line


def test_doctor_finds_everything_in_place(tartanrug, empty):
    done = tartanrug("doctor")
    assert done.code == 0, done.out
    assert str(empty) in done.out
    assert "which renderer serves" in done.out
    assert not [line for line in rows(done) if line.split("│")[1].strip() == "no"]
    assert not list(empty.iterdir())


def test_doctor_tells_what_is_not_well(tartanrug, empty, monkeypatch):
    monkeypatch.setenv("TARTANRUG_RENDERER", "latex")
    monkeypatch.setenv("TARTANRUG_HOME", str(empty / "nowhere"))
    done = tartanrug("doctor")
    assert done.code == 6
    unwell = [line.split("│")[2].strip() for line in rows(done) if line.split("│")[1].strip() == "no"]
    assert unwell == ["workspace can be written to", "which renderer serves"]
    assert "latex" in done.out
