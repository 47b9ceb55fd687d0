"""The rule about resubmissions that change a figure by much."""

from __future__ import annotations

from analysis.returns.rules.query_policy import QueryPolicy
from analysis.returns.rules.rule import Severity, rule


@rule(Severity.QUERY, "cell", remedy="ask why the figure changed; the later one is used")
def revised_much(before: float, after: float, policy: QueryPolicy) -> bool:
    """A resubmission changes a figure by no more than late recording does (`revision` in queries.yml)."""
    change, limits = abs(after - before), policy.revision
    return change >= limits.least and change >= limits.share * before
