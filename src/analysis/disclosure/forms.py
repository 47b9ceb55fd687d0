"""In which form the figures of a group are printed: the middle half with its median, or the median alone.

In small groups quartiles tell readers who lay their own figures together too much of the others' (measured:
`docs/methods/reidentification.md`).
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.disclosure.policy import Policy


@dataclass(frozen=True)
class Form:
    """What is printed of a group of some size."""

    quartiles: bool
    """Whether the quartiles are printed beside the median."""
    window: int
    """Neighbouring figures whose mean each printed figure is made of."""
    quarters: int
    """How far the bands go back at most."""
    at_least: int
    """The group's size as it is printed."""
    concealed: int
    """So many members must stay concealed if others are named beside the band."""


def form_of(size: int, policy: Policy) -> Form:
    """The form for a group of `size` members; whether a group so small is printed at all is another question.

    All groups with the median alone are told to be of the same size: form and size together would tell a small group's
    exact one.
    """
    if size >= policy.min_group_quartiles:
        return Form(
            quartiles=True,
            window=policy.window,
            quarters=policy.max_quarters_quartiles,
            at_least=size // policy.at_least_step * policy.at_least_step,
            concealed=policy.min_concealed_quartiles,
        )
    return Form(
        quartiles=False,
        window=policy.window_median_alone,
        quarters=policy.max_quarters_median_alone,
        at_least=policy.min_group_median,
        concealed=policy.min_concealed_median_alone,
    )
