"""Which queries are asked, and in which order: few enough to be answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from math import prod

import pandas as pd

from analysis.reference.registry import Registry
from analysis.returns.rules.findings import by_severity
from analysis.returns.rules.query_policy import QueryPolicy
from analysis.returns.rules.rule import Severity, declare

BEYOND = "not asked: beyond the budget"

ACCEPTANCE_EXPIRED = declare(
    "acceptance_expired",
    Severity.NOTE,
    "cell",
    policy="What was accepted holds until the quarter that was agreed; then it is asked again.",
    remedy="agree on it anew, or remove the entry from accepted.yml",
)
ACCEPTANCE_UNUSED = declare(
    "acceptance_unused",
    Severity.NOTE,
    "cell",
    policy="What was accepted answers a query. An entry that none of the quarter's queries fits may be mistyped.",
    remedy="compare the entry's authority, rule and measure with the findings; remove it if the matter is over",
)


def rank_queries(
    findings: pd.DataFrame, members: Collection[str], registry: Registry, policy: QueryPolicy
) -> pd.DataFrame:
    """Put each authority's queries in order, and make notes of those beyond the budget.

    A question is all that is asked about one figure, or all that one rule says of a quarter (`together` in
    `queries.yml`). It ranks by how likely the figure is wrong (the chance that any of its rules is right) times how
    much the figure matters (the root of the number of indicators that it enters).

    Parameters
    ----------
    findings
        As `findings.findings_frame` returns, after what is accepted has been made notes.
    members
        DfE codes of all who are asked, also those about whom there is nothing to ask: the median is over them.
    registry
        Says which indicators a measure enters.
    policy
        The budget, and how likely each rule is right.

    Returns
    -------
    DataFrame
        The same rows and columns, and `rank` (Int64): 1 for the authority's first question, missing for what is not
        asked of an authority. A query beyond the budget has the severity `note`, and `seen` ends with why. Sorted by
        severity as before.
    """
    asked = findings[findings["severity"].eq(Severity.QUERY) & findings["authority"].ne("")]
    ranked = findings.assign(rank=pd.Series(pd.NA, index=findings.index, dtype="Int64"))
    if asked.empty:
        return ranked
    questions = _questions(asked, registry, policy)
    kept = _within(questions, members, policy)
    kept = kept.assign(rank=kept.groupby("authority").cumcount() + 1)
    ranked["rank"] = _keys(asked, policy).map(kept["rank"]).reindex(findings.index).astype("Int64")
    beyond = ranked.index.isin(asked.index) & ranked["rank"].isna()
    ranked.loc[beyond, "severity"] = str(Severity.NOTE)
    ranked.loc[beyond, "seen"] += f" ({BEYOND})"
    return by_severity(ranked)


def _keys(asked: pd.DataFrame, policy: QueryPolicy) -> pd.Series[str]:
    """What makes findings one question."""
    whole = asked["rule"].isin(policy.budget.together) | asked["measure"].eq("")
    about = asked["rule"].where(whole, asked["measure"])
    return asked["authority"] + "|" + asked["period"].where(asked["rule"].ne("unknown_name"), "") + "|" + about


def _questions(asked: pd.DataFrame, registry: Registry, policy: QueryPolicy) -> pd.DataFrame:
    """A row for each question, the first to be asked first: `authority, likely, score`."""
    by_rule = {name: one.share for name, one in policy.likely.items()}
    likely = asked["likely"].fillna(asked["rule"].map(by_rule)).fillna(by_rule["otherwise"])
    rows = asked.assign(question=_keys(asked, policy), likely=likely)
    grouped = rows.groupby("question", sort=True)
    questions = pd.DataFrame({
        "authority": grouped["authority"].first(),
        "period": grouped["period"].first(),
        "likely": grouped["likely"].agg(lambda shares: 1 - prod(1 - share for share in shares)),
        "matters": grouped["measure"].agg(lambda measures: _indicators(measures, registry)),
    })  # fmt: skip
    score = (questions["likely"] * questions["matters"] ** policy.budget.figures_power).round(9)
    # Of equal ones the newest quarter first: what the report is about.
    return questions.assign(score=score).sort_values(["score", "period"], ascending=False, kind="stable")


def _indicators(measures: Iterable[str], registry: Registry) -> int:
    """How many indicators the measures enter; all of them where a whole return is in question."""
    wanted = set(measures)
    if "" in wanted:
        return len(registry.indicators)
    weights = {one.id: one.weight for one in registry.measures.values()}
    entered = [
        any({series.numerator, series.denominator, weights.get(series.numerator)} & wanted for series in one.series)
        for one in registry.indicators.values()
    ]
    return max(1, sum(entered))


def _within(questions: pd.DataFrame, members: Collection[str], policy: QueryPolicy) -> pd.DataFrame:
    """The first questions of each authority, and beyond them those that are nearly certain to be right.

    Where half of the authorities would then get more than the budget, nobody does.
    """
    first = questions.groupby("authority").cumcount() < policy.budget.questions
    kept = questions[first | questions["likely"].ge(policy.budget.nearly_certain)]
    number = kept.groupby("authority").size().reindex(sorted({*members, *kept["authority"]}), fill_value=0)
    return questions[first] if number.median() > policy.budget.questions else kept
