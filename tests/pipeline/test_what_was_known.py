"""Files received with receipts: vintages, what was known on a day, what changed since, and documents made again."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime

import pandas as pd
import pytest
from rich.console import Console

from analysis.cli.returns.receive import receive
from analysis.config import Workspace
from analysis.pipeline.as_known import as_known
from analysis.pipeline.collection import MADE_UP, Collection
from analysis.pipeline.load import build_collection
from analysis.pipeline.what_changed import what_changed
from analysis.reference.periods import Quarter
from analysis.reference.regions import regions
from analysis.registers.confirmations import ConfirmationAsked
from analysis.registers.log.chain import append, log_folder, read_chain
from analysis.registers.log.event import Actor
from analysis.returns.files import load_file
from analysis.returns.received import received_in

pytestmark = pytest.mark.acceptance

PERIOD = "2025-26-Q2"
HEADER = "Region,LA Code,LA Name,Financial Year,Quarter,Measure ID,Measure Name,Measure Value,Measure Quality"


@pytest.fixture
def place(made_up_workspace, tmp_path, monkeypatch):
    shutil.copytree(made_up_workspace / "data" / "raw", tmp_path / "data" / "raw")
    monkeypatch.setenv("TARTANRUG_HOME", str(tmp_path))
    return Workspace(tmp_path)


def collection(place):
    return Collection(place, MADE_UP, regions()["south-east"], Quarter.parse(PERIOD))


def take_in(tmp_path, text, day, name="return.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    now = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
    return receive([path], "south-east", PERIOD, "returns mailbox", MADE_UP, Console(quiet=True), now=now)


def row(value, measure="referrals", code="825", name="Buckinghamshire"):
    return f"South East,{code},{name},2025-26,Q2,{measure},,{value},MADE-UP"


def value_of(place, measure="referrals", code="825"):
    cells = collection(place).checked.checked.set_index(["authority", "period", "measure"])
    return cells.loc[(code, PERIOD, measure), "value"]


def test_what_is_received_later_counts_and_what_was_known_before_can_be_had_again(place, tmp_path):
    first = value_of(place)
    before = build_collection(collection(place))
    assert take_in(tmp_path, f"{HEADER}\n{row(901)}\n", "2025-10-20") == 0
    assert take_in(tmp_path, f"{HEADER}\n{row(902)}\n", "2025-11-05") == 0
    assert value_of(place) == 902
    folder = collection(place)._home / PERIOD
    assert [(record.vintages, record.sender) for _, record in sorted(received_in(folder).items())] == [
        ({"825": 1}, "returns mailbox"),
        ({"825": 2}, "returns mailbox"),
    ]
    for day, expected in (("2025-10-01", first), ("2025-10-31", 901), ("2025-11-30", 902)):
        then = Workspace(tmp_path / day)
        as_known(place, date.fromisoformat(day), then)
        assert value_of(then) == expected
    # The views of then, byte for byte: the documents are made of nothing else.
    assert build_collection(collection(Workspace(tmp_path / "2025-10-01"))) == before


def test_the_same_bytes_are_received_once(place, tmp_path):
    for _ in range(2):
        assert take_in(tmp_path, f"{HEADER}\n{row(901)}\n", "2025-10-20") == 0
    assert len(received_in(collection(place)._home / PERIOD)) == 1


def test_a_file_that_is_edited_after_it_was_received_is_refused_and_the_others_are_read(place, tmp_path):
    earlier = value_of(place)
    take_in(tmp_path, f"{HEADER}\n{row(901)}\n", "2025-10-20")
    folder = collection(place)._home / PERIOD
    [name] = received_in(folder)
    (folder / name).write_text(f"{HEADER}\n{row(17)}\n", encoding="utf-8")
    assert value_of(place) == earlier
    findings = collection(place).findings
    assert findings[findings["rule"] == "changed_after_receipt"]["file"].tolist() == [f"{PERIOD}/{name}"]


def test_nothing_of_a_child_level_file_is_let_in(place, tmp_path):
    home = collection(place)._home
    before = sorted(path for path in home.rglob("*") if path.is_file())
    text = "UPN,Date of birth\nA801200001001,01/02/2015\nB801200001002,03/04/2016\n"
    assert take_in(tmp_path, text, "2025-10-20", name="children.csv") == 4
    assert sorted(path for path in home.rglob("*") if path.is_file()) == before


def test_a_file_that_cannot_be_used_is_kept_with_the_reason(place, tmp_path):
    assert take_in(tmp_path, "What,is,this\n1,2,3\n", "2025-10-20") == 4
    [record] = received_in(collection(place)._home / PERIOD).values()
    assert (record.state, record.rule, dict(record.vintages)) == ("refused", "unknown_layout", {})
    assert load_file(PERIOD, collection(place)._home / PERIOD / record.file).sha256 == record.sha256


def test_what_changed_names_the_cell_its_cause_and_whose_position_moved(place, tmp_path):
    before = collection(place)
    _ = before.checked, before.comparisons, before.signals  # read before the next return comes
    take_in(tmp_path, f"{HEADER}\n{row(900_000)}\n", "2025-11-05")
    changes = what_changed(before, collection(place))
    changed = changes[changes["what"] == "cell"]
    [cell] = changed.to_dict("records")
    assert (cell["authority"], cell["subject"], cell["after"]) == ("825", "referrals", "900000")
    assert cell["cause"].startswith("sent again (")
    moved = changes[changes["what"].isin(["move", "position"])].set_index(["authority", "subject"])
    own = moved.loc[("825", "A01-rate in region")]
    # So far above all others that its own level is first too.
    assert (own["what"], own["after"], own["cause"]) == ("move", "1 of 19 (1 to 1)", "its own figure")
    others = moved[moved["cause"] == f"figures of others: Buckinghamshire, {cell['cause']}"]
    assert set(others.index.get_level_values(0)) <= set(regions()["south-east"].everyone) - {"825"}
    # Whoever was passed by one authority moved by one place, which chance brings as easily.
    assert set(others["what"]) == {"position"}
    assert (changes["before"] != changes["after"]).all()
    flips = changes[changes["what"] == "reading"].set_index(["authority", "subject"])
    flip = flips.loc[("825", "A01-rate, new")]
    # Five hundred times as many referrals are asked about first: nothing is read into them.
    assert (flip["before"], flip["after"], flip["cause"]) == ("too few", "queried", "its own figures")


def test_nothing_changed_is_nothing(place):
    state = collection(place)
    changes = what_changed(state, state)
    assert isinstance(changes, pd.DataFrame)
    assert changes.empty


def test_the_log_of_a_day_ends_with_it_and_is_whole(tmp_path):
    log = log_folder(tmp_path / "now" / "data" / "registers" / "south-east")
    for day in (3, 4, 6):
        body = ConfirmationAsked(authority="825", period=PERIOD, figures=str(day) * 64)
        actor = Actor(post="DBG data lead", person="0a1b2c3d", known_by="account")
        append(log, lambda _, body=body: body, by=actor, at=datetime(2025, 11, day, 12, tzinfo=UTC))
    as_known(Workspace(tmp_path / "now"), date(2025, 11, 5), Workspace(tmp_path / "then"))
    then = read_chain(log_folder(tmp_path / "then" / "data" / "registers" / "south-east"))
    assert [event.at.day for event in then.events] == [3, 4]
    assert then.events == read_chain(log).events[:2]
