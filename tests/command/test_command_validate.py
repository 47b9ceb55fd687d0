"""`validate`: findings on the screen and as CSV; the exit code says whether anything was refused."""

import csv
import shutil
import subprocess
import sys

import pytest

VALIDATE = ("validate", "--region", "south-east", "--period", "2025-26-Q2")
RETURN = "data/raw/made-up/south-east/2025-26-Q2/825.csv"


def findings(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_good_returns_pass(tartanrug, received):
    done = tartanrug(*VALIDATE, "--csv", received / "findings.csv")
    assert done.code == 0
    found = findings(received / "findings.csv")
    assert {row["severity"] for row in found} <= {"query", "note"}
    assert list(found[0]) == [
        "rule", "severity", "authority", "period", "measure", "file", "line", "seen", "remedy",
    ]  # fmt: skip
    assert not (received / "reports").exists()


def test_a_file_named_is_checked_wherever_it_lies(tartanrug, received, tmp_path):
    sent = tmp_path / "sent.csv"
    shutil.copy(received / RETURN, sent)
    text = sent.read_text(encoding="utf-8")
    sent.write_text(text.replace(",referrals,", ",referals,"), encoding="utf-8", newline="\n")
    before = sent.read_bytes()
    done = tartanrug(*VALIDATE, sent, "--csv", tmp_path / "found.csv")
    assert done.code == 4
    quarters = text.count(",referrals,")
    unknown = [row for row in findings(tmp_path / "found.csv") if row["rule"] == "unknown_measure"]
    assert len(unknown) == quarters
    assert {row["authority"] for row in unknown} == {"825"}
    assert all("near to referrals" in row["seen"] and row["remedy"] and row["line"].isdigit() for row in unknown)
    assert done.out.count("near to referrals") == quarters
    assert sent.read_bytes() == before


@pytest.mark.parametrize("content", ["no return at all", "", "a,b\n1,2\n", "\0\1\2"])
def test_a_bad_file_is_refused_by_exit_code_and_finding(tartanrug, empty, tmp_path, content):
    sent = tmp_path / "825.csv"
    sent.write_text(content, encoding="utf-8", newline="\n")
    done = tartanrug(*VALIDATE, sent, "--csv", tmp_path / "found.csv")
    assert done.code == 4
    refused = [row for row in findings(tmp_path / "found.csv") if row["severity"] == "refuse"]
    assert len(refused) == 1
    assert "825.csv" in refused[0]["file"]
    assert refused[0]["rule"] in done.out
    assert "Traceback" not in done.err


def test_nothing_received_is_an_error_that_names_the_folder(tartanrug, empty):
    for command in (VALIDATE, ("build", *VALIDATE[1:])):
        done = tartanrug(*command)
        assert (done.code, done.out) == (4, "")
        assert "data/raw/returns/south-east/2025-26-Q2/" in done.err


def test_a_bad_settings_file_is_told_by_name_and_place(tartanrug, empty, tmp_path):
    mapping = tmp_path / "ours.yml"
    mapping.write_text("columns: [\n", encoding="utf-8")
    sent = tmp_path / "825.csv"
    sent.write_text("a,b\n1,2\n", encoding="utf-8")
    done = tartanrug(*VALIDATE, sent, "--mapping", mapping)
    assert (done.code, done.out) == (3, "")
    assert "ours.yml" in done.err
    assert "Traceback" not in done.err


def test_quiet_says_nothing_and_still_writes(tartanrug, received):
    done = tartanrug(*VALIDATE, "--quiet", "--csv", received / "found.csv")
    assert (done.code, done.out) == (0, "")
    assert findings(received / "found.csv")


@pytest.mark.usefixtures("received")
def test_nothing_that_compares_tests_or_draws_is_loaded():
    code = (
        "import sys\nfrom analysis.cli.app import app\n"
        "try: app(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(sorted({'scipy', 'matplotlib', 'IPython', 'nbformat', 'papermill'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, *VALIDATE], capture_output=True, text=True, check=True)
    assert " findings: " in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"
