"""A name that doesn't exist is an error with a way out; a name that does is found in any of its forms."""

import subprocess
import sys

import pytest

from analysis.cli.build import given_epoch

BUILD = ("build", "--period", "2025-26-Q2")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*BUILD, "--authority", "Buckinghamshir"), "did you mean Buckinghamshire"),
        ((*BUILD, "--authority", "Brighton and Hoove"), "did you mean Brighton and Hove"),
        ((*BUILD, "--region", "south-eats"), "did you mean south-east"),
        ((*BUILD, "--variant", "intrenal"), "did you mean internal"),
        ((*BUILD, "--format", "pfd"), "did you mean pdf"),
        (("reference", "list", "neighbors"), "did you mean neighbours"),
        ((*BUILD, "--source", "retruns"), "did you mean returns"),
        (("validate", *BUILD[1:], "--source", "made up"), "did you mean made-up"),
        (("bulid",), "Did you mean 'build'"),
        ((*BUILD, "--varaint", "own"), "--variant)"),
    ],
)
def test_an_unknown_word_is_answered_with_a_near_one(tartanrug, empty, words, told):
    done = tartanrug(*words)
    assert done.code == 2
    assert done.out == ""
    assert told in done.words
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*BUILD, "--authority", "Birmingham"), "gets no report in South East"),
        (("build", "--period", "2025-26-Q5"), "2025-26-Q5"),
        (("build", "--period", "2025-Q2"), "2025-Q2"),
        (("build",), "which quarter?"),
        (("build", "--source", "published"), "give --year 2025"),
        (("build", "--source", "published", "--year", "1999"), "nothing is published for the year ending March 1999"),
        (("build", "--source", "published", "--year", "2025", "--variant", "internal"), "public variant only"),
        (("build", "--source", "published", "--year", "2025", "--period", "2025-26-Q2"), "no --period"),
        ((*BUILD, "--year", "2025"), "no --period"),
        (("build", "--source", "published", "--year", "2025", "--format", "notebook"), "internal use only"),
        (("reference", "list", "neighbours"), "whose neighbours?"),
        (("validate",), "--period"),
        ((*BUILD, "--jobs", "0"), "--jobs"),
        (
            ("returns", "as-known", "--into", "then", "--day", "2025-13-20"),
            "'2025-13-20' is not a day: write 2025-11-20",
        ),
    ],
)
def test_an_order_that_cannot_be_followed_says_why(tartanrug, empty, words, told):
    done = tartanrug(*words)
    assert done.code == 2
    assert done.out == ""
    assert told in done.words
    assert "Traceback" not in done.err
    assert not list(empty.rglob("*.html"))


@pytest.mark.parametrize(
    "words", [("--period", "2025-26-Q5"), (*BUILD[1:], "--variant", "intrenal"), (*BUILD[1:], "--authority", "Nowhere")]
)
def test_a_mistyped_build_ends_before_the_libraries_of_documents_are_loaded(words):
    code = (
        "import sys; from analysis.cli.app import main\n"
        "try: main()\n"
        "except SystemExit as end: print(end.code, 'analysis.cli.build' in sys.modules, 'papermill' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, "build", *words], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2", "False", "False"]


def test_the_executed_notebook_is_for_internal_use_only(tartanrug, fresh):
    done = tartanrug(*BUILD, "--variant", "anonymised", "--format", "notebook", "--authority", "825")
    assert done.code == 2
    assert "internal" in done.words
    assert not (fresh / "reports").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--authority", "RBWM", "IoW"),
        ("--authority", "RBWM", "--authority", "IoW"),
        ("--authority=RBWM", "--authority", "IoW", "--quiet"),
        ("--authority=RBWM", "IoW"),
    ],
)
def test_several_values_follow_one_option_or_one_each(tartanrug, empty, words):
    # Both authorities are known; what is missing is told only once they are.
    assert "nothing was received" in tartanrug(*BUILD, *words).err
    assert "Hastings" in tartanrug(*BUILD, *words[:-1], "Hastings").err


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("RBWM", "Windsor and Maidenhead"),
        ("IoW", "Isle of Wight"),
        ("Brighton & Hove", "Brighton and Hove"),
        ("brighton and hove", "Brighton and Hove"),
        ("825", "Buckinghamshire"),
        ("E06000060", "Buckinghamshire"),
        ("E10000002", "Buckinghamshire"),
    ],
)
def test_an_authority_is_found_by_code_name_or_alias(tartanrug, word, found):
    done = tartanrug("reference", "list", "neighbours", "--authority", word)
    assert done.code == 0
    assert f"Statistical neighbours of {found}, nearest first" in done.out


def test_a_time_that_is_none_is_told_at_once(tartanrug, empty, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    done = tartanrug(*BUILD)
    assert (done.code, "unset it" in done.words, "Traceback" in done.err) == (2, True, False)


@pytest.mark.parametrize(("given", "epoch"), [("0", 0), ("1700000000", 1_700_000_000), ("", None)])
def test_the_time_that_is_given_is_taken_and_nought_is_one(monkeypatch, given, epoch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    assert given_epoch() == epoch


@pytest.mark.parametrize("file", ["none.csv", "."])
@pytest.mark.parametrize(
    "words",
    [
        ("validate", *BUILD[1:]),
        ("returns", "receive", "--from", "a mailbox", *BUILD[1:]),
        ("returns", "answer", *BUILD[1:]),
        ("returns", "import-history", *BUILD[1:]),
        ("reference", "add"),
        ("reference", "preview", *BUILD[1:]),
    ],
)
def test_a_file_that_is_not_there_and_a_folder_are_names_that_do_not_exist(tartanrug, empty, words, file):
    done = tartanrug(*words, file)
    assert (done.code, done.out) == (2, "")
    assert "does not exist" in done.words or "is a directory" in done.words
    assert not (empty / "data" / "registers").exists()
