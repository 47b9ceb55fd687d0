"""How many counts remain possible for each `c` of a page: a linear programme over everything that the page says."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, inf

from analysis.audit.intruder.counting import Count, Told, possible
from analysis.disclosure.policy import Policy

SLACK = 1e-6
"""What a solver may be off by."""


@dataclass(frozen=True)
class Open:
    """One hidden count, or sum of four."""

    goal: tuple[Count, ...]
    whole_numbers: float
    """How many are possible; 0 where the page contradicts itself."""
    least: float

    def is_exposed(self, policy: Policy) -> bool:
        """Whether a small count could be read off: too few numbers are left, and a small one is among them."""
        return self.whole_numbers < policy.min_possible_counts and self.least <= policy.small_count_high


def still_open(known: Told) -> tuple[Open, ...]:
    """What remains possible for each hidden count of a page."""
    found = []
    for goal in known.hidden:
        ends = possible(known, goal)
        if ends is None:
            found.append(Open(goal, 0, 0))
        else:
            least, most = ceil(ends[0] - SLACK), inf if ends[1] == inf else floor(ends[1] + SLACK)
            found.append(Open(goal, most - least + 1, least))
    return tuple(found)
