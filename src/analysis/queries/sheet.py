"""What one authority is asked in one quarter's query round: its own figures, and nothing of anybody else."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pandas as pd
from pydantic import Field

from analysis.queries.questions import question_of
from analysis.reference.authorities import authorities
from analysis.reference.authority_table import Authority
from analysis.reference.changes.made import Made, made_here
from analysis.reference.model import Record
from analysis.reference.periods import Quarter
from analysis.reference.regions import Region
from analysis.reference.registry import Registry
from analysis.reference.status import Status
from analysis.registers.apply_corrections import LEDGER_RULES
from analysis.registers.wording import number_text
from analysis.returns.rules.rule import Severity

WHOLE_RETURN = "The whole return"
NAMES_OTHERS = "something that is about another authority too, and is not repeated here: please ask the DBG"
_ASKED = frozenset({str(Severity.REFUSE), str(Severity.QUERY)})
_ID_LENGTH = 10


class Query(Record):
    """One question: about one figure, about several for one reason, or about a whole return."""

    id: str = Field(pattern=r"^q[0-9a-f]{10}$")
    """The same for the same authority, quarter, measures and rules, in every run (`query_id`)."""
    number: int = Field(ge=1)
    """Its place in the sheet."""
    rules: tuple[str, ...] = Field(min_length=1)
    measures: tuple[str, ...]
    """Empty where the whole return is meant."""
    name: str
    """The measures' names."""
    period: str
    """Of the figure: `2025-26-Q2`; that of the sheet where it is about several."""
    raw: str
    """The one figure that was sent, or the mark for a missing one, as the grid has it; empty if it is about no one."""
    figures: tuple[str, ...] = ()
    """That of each measure, where it is about several as well."""
    sent: str
    """What was sent, for a reader."""
    seen: str
    asked: str


class Sheet(Record):
    """The queries to one authority."""

    authority: str
    authority_name: str
    region: str
    region_name: str
    period: str
    made_up: bool
    queries: tuple[Query, ...]

    def with_earlier(self, earlier: Sheet) -> Sheet:
        """The sheet with the queries that an earlier one had and this has not: their answers may still come."""
        known = {query.id for query in self.queries}
        more = tuple(query for query in earlier.queries if query.id not in known)
        return self.model_copy(update={"queries": (*self.queries, *more)})

    @property
    def quarter(self) -> Quarter:
        """The quarter of the round."""
        return Quarter.parse(self.period)


def query_id(authority: str, period: str, measures: Iterable[str], rules: Iterable[str]) -> str:
    """The id of a query: `q` and ten hexadecimal digits, which depend on nothing else."""
    # The letter keeps a spreadsheet from making a number of it, and it is never ten digits like an NHS number.
    text = "|".join((authority, period, "+".join(sorted(measures)), "+".join(sorted(rules))))
    return "q" + hashlib.sha256(text.encode()).hexdigest()[:_ID_LENGTH]


def build_sheet(
    findings: pd.DataFrame,
    checked: pd.DataFrame,
    authority: str,
    region: Region,
    period: Quarter,
    registry: Registry,
    *,
    made_up: bool,
) -> Sheet:
    """The sheet of one authority.

    Parameters
    ----------
    findings
        As `findings.findings_frame` returns, in the order in which they are to be asked. With a column `rank`
        (`query_budget.rank_queries`), findings of one rank are one question; else each quarter, measure and rule is.
        Findings of others, notes, and what is said about the kit's own ledger are left out.
    checked
        The complete grid (`grid.CHECKED`), as sent and not corrected.
    authority
        DfE code.
    region, period, registry
        Whose round it is.
    made_up
        Whether any figure of the collection is made up.
    """
    own = authorities()[authority]
    cells = checked[checked["authority"] == authority]
    return Sheet(
        authority=authority,
        authority_name=own.name,
        region=region.id,
        region_name=region.name,
        period=str(period),
        made_up=made_up,
        queries=tuple(
            _query(number, rows, own, cells, period, registry)
            for number, rows in enumerate(questions_to(authority, findings), start=1)
        ),
    )


def questions_to(authority: str, findings: pd.DataFrame) -> list[list[dict[Hashable, Any]]]:
    """The findings that each query of an authority's sheet is made of, in the order of the sheet.

    Parameters
    ----------
    authority
        DfE code.
    findings
        As for `build_sheet`.
    """
    asked = findings[
        findings["authority"].eq(authority) & findings["severity"].isin(_ASKED) & ~findings["rule"].isin(LEDGER_RULES)
    ]
    if "rank" in asked.columns:
        # What was refused has no rank: its figure is gone until it is answered.
        asked = asked.sort_values("rank", kind="stable", na_position="first")
    groups: dict[object, list[dict[Hashable, Any]]] = {}
    for row in asked.to_dict("records"):
        rank = row.get("rank", pd.NA)
        key = (row["period"], row["measure"], row["rule"]) if pd.isna(rank) else int(rank)
        groups.setdefault(key, []).append(row)
    return list(groups.values())


def _query(
    number: int,
    rows: Sequence[Mapping[Hashable, Any]],
    own: Authority,
    cells: pd.DataFrame,
    period: Quarter,
    registry: Registry,
) -> Query:
    rules, measures, periods, seen = (
        tuple(dict.fromkeys(str(row[name]) for row in rows if row[name]))
        for name in ("rule", "measure", "period", "seen")
    )
    when = periods[0] if len(periods) == 1 else str(period)
    raw = {measure: raw_figure(cells, when, measure) for measure in measures if measure in registry.measures}
    refused = any(str(row["severity"]) == Severity.REFUSE for row in rows)
    return Query(
        id=query_id(own.code, when, measures, rules),
        number=number,
        rules=rules,
        measures=tuple(raw),
        name="; ".join(registry.measures[measure].name for measure in raw) or WHOLE_RETURN,
        period=when,
        raw=next(iter(raw.values())) if len(raw) == 1 else "",
        figures=tuple(raw.values()),
        sent="; ".join(dict.fromkeys(_in_words(text, refused=refused) for text in raw.values())),
        seen="; ".join(dict.fromkeys(_about_itself(text, own) for text in seen)),
        asked=question_of(rules[0], measures[0] if measures else ""),
    )


def raw_figure(cells: pd.DataFrame, period: str, measure: str) -> str:
    """What one authority sent, or the mark for a missing figure, as the grid has it; empty where there is no cell."""
    found = cells[(cells["period"] == period) & (cells["measure"] == measure)]
    if found.empty:
        return ""
    status = Status(found["status"].iloc[0])
    return number_text(float(found["value"].iloc[0])) if status is Status.GIVEN else status.symbol


def _in_words(raw: str, *, refused: bool) -> str:
    if raw == Status.NOT_SUBMITTED.symbol:
        return "nothing"
    if refused and raw == Status.NOT_AVAILABLE.symbol:
        return "not used: see what was seen"
    return raw


def _about_itself(seen: str, own: Authority) -> str:
    """What was seen, unless it names another authority: that is never said to this one."""
    rest = seen
    for name in sorted((own.name, *own.aliases), key=len, reverse=True):
        rest = rest.replace(name, " ")
    return NAMES_OTHERS if _names_of_authorities(made_here()).search(rest) else seen


@lru_cache(maxsize=16)
def _names_of_authorities(made: Made) -> re.Pattern[str]:
    """`made` says for which reorganisations."""
    every: Mapping[str, Authority] = authorities()
    names = {name for one in every.values() for name in (one.name, *one.aliases) if len(name) > 2}
    return re.compile(rf"\b({'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\b")
