"""What a rule is: an id, how grave a breach is, the policy in words, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeVar

About = Literal["file", "row", "cell"]
Function = TypeVar("Function", bound=Callable[..., object])


class Severity(StrEnum):
    """What becomes of the figure."""

    REFUSE = "refuse"
    """The file or the row is not used."""
    QUERY = "query"
    """The figure is used, and its authority is asked about it."""
    NOTE = "note"
    """Nothing needs doing; it is said so that nothing happens in silence."""


@dataclass(frozen=True)
class Rule:
    """One rule about returns.

    `about` says what it looks at: a whole file; a row, and whether it is known whose figure of what it is; or a cell,
    the figure of an authority, quarter and measure.
    """

    id: str
    severity: Severity
    about: About
    policy: str
    remedy: str


RULES: dict[str, Rule] = {}
"""Every rule by its id, in the order in which they are looked at."""


def declare(rule_id: str, severity: Severity, about: About, *, policy: str, remedy: str) -> Rule:
    """Enter a rule in the list, and hand it back."""
    if rule_id in RULES:
        raise KeyError(f"two rules are called {rule_id}")
    RULES[rule_id] = Rule(rule_id, severity, about, " ".join(policy.split()), remedy)
    return RULES[rule_id]


def rule(severity: Severity, about: About, *, remedy: str) -> Callable[[Function], Function]:
    """Make a function a rule: its name is the id, its docstring the policy."""

    def enter(function: Function) -> Function:
        declare(function.__name__, severity, about, policy=function.__doc__ or "", remedy=remedy)
        return function

    return enter
