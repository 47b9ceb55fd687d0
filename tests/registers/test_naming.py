"""Who is named in a quarter's packs: by decision and permission, both; either that ends takes the name away."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import UsageError
from analysis.registers.granting import granting, withdrawing
from analysis.registers.log.chain import append, read_chain
from analysis.registers.log.event import Actor
from analysis.registers.naming import AUDIENCE, Named, named_in, naming, refuse_if_other_than_built
from analysis.registers.permissions import NotPermittedError
from analysis.registers.scope import Scope
from analysis.registers.sharing import sharing_rules

CHAIR = Actor(post="DBG chair", person="0a1b2c3d", known_by="account")
RULES = sharing_rules("south-east")
Q2, Q3 = "2025-26-Q2", "2025-26-Q3"
DAY, LAST = date(2025, 11, 5), date(2026, 3, 31)
AT = datetime(2025, 11, 5, 9, tzinfo=UTC)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


def permit(log: Path, code: str, *, audience: str = AUDIENCE, periods: tuple[str, ...] = (), until: date = LAST) -> str:
    decide = granting(
        rules=RULES,
        collects=("825", "886", "921"),
        authorities=(code,),
        audience=audience,
        scope=Scope(periods=periods),
        purpose="anonymised packs",
        evidence="letter 14",
        first=DAY,
        until=until,
    )
    return str(append(log, decide, by=CHAIR, at=AT).body["id"])


def name(log: Path, *codes: str, period: str = Q2, on: date = DAY) -> None:
    decide = naming(period=period, authorities=codes, evidence="minutes", rules=RULES, on=on, names=str)
    append(log, decide, by=CHAIR, at=AT)


def test_a_permission_without_a_decision_and_a_decision_without_a_permission_name_nobody(log: Path) -> None:
    permit(log, "886")
    assert named_in(read_chain(log), Q2) == ()
    with pytest.raises(NotPermittedError, match="no permission of 921"):
        name(log, "886", "921")
    assert named_in(read_chain(log), Q2) == ()


def test_who_permits_and_is_decided_on_is_named_in_that_quarter_alone(log: Path) -> None:
    identifier = permit(log, "886")
    name(log, "886")
    assert named_in(read_chain(log), Q2) == (Named("886", identifier, LAST),)
    assert named_in(read_chain(log), Q3) == ()


@pytest.mark.parametrize("grant", [{"audience": "Ofsted"}, {"periods": (Q3,)}, {"until": DAY}])
def test_a_permission_for_others_another_quarter_or_another_day_does_not_count(
    log: Path, grant: dict[str, Any]
) -> None:
    permit(log, "886", **grant)
    with pytest.raises(NotPermittedError, match="886"):
        name(log, "886", on=date(2025, 11, 6))


def test_whoever_takes_the_permission_back_is_named_no_more(log: Path) -> None:
    identifier = permit(log, "886")
    permit(log, "921")
    name(log, "886", "921")
    built = read_chain(log).head
    append(log, withdrawing(identifier, on=DAY, evidence="letter 31"), by=CHAIR, at=AT)
    assert [one.authority for one in named_in(read_chain(log), Q2)] == ["921"]
    with pytest.raises(NotPermittedError, match="has changed since it was audited"):
        refuse_if_other_than_built(read_chain(log), built, Q2, RULES, DAY, str)


def test_packs_go_out_until_the_last_day_of_the_permission_and_not_after(log: Path) -> None:
    permit(log, "886")
    name(log, "886")
    chain = read_chain(log)
    refuse_if_other_than_built(chain, chain.head, Q2, RULES, LAST, str)
    with pytest.raises(NotPermittedError, match="no permission of 886"):
        refuse_if_other_than_built(chain, chain.head, Q2, RULES, date(2026, 4, 1), str)


def test_a_later_decision_takes_the_place_of_the_earlier_one(log: Path) -> None:
    permit(log, "886")
    permit(log, "921")
    name(log, "886", "921")
    with pytest.raises(UsageError, match="already"):
        name(log, "921", "886")
    name(log, "921")
    assert [one.authority for one in named_in(read_chain(log), Q2)] == ["921"]
    built = read_chain(log).head
    name(log)
    assert named_in(read_chain(log), Q2) == ()
    with pytest.raises(NotPermittedError, match="has changed"):
        refuse_if_other_than_built(read_chain(log), built, Q2, RULES, DAY, str)
