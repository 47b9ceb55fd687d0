"""`tartanrug explain`: which reports of an authority are up to date, and why the others would be made again."""

from __future__ import annotations

import os

from rich.console import Console
from rich.markup import escape

from analysis.batch.up_to_date import PARTS, Made, State
from analysis.cli.build import Order, planned
from analysis.cli.work_list import jobs_of, views_of
from analysis.config import workspace
from analysis.render.choice import choose_renderer


def explain(order: Order, console: Console) -> None:
    """Print a line for each variant of an order's reports; none of them is made.

    Raises
    ------
    UserError
        If the order can't be followed.
    """
    place = workspace()
    plan = planned(order, place)
    made = Made(place, choose_renderer(os.environ))
    for variant, folder in views_of(plan, place).items():
        for job in jobs_of(plan, variant, folder):
            console.print(f"{escape(job.label)}: {_told(made.state(job))}")


def _told(state: State) -> str:
    if not state.left:
        said = "up to date"
    elif state.changed:
        said = f"would be made again, since {_parts(state.changed)} changed"
    elif state.standing:
        said = f"would be made as {' and '.join(state.left)}: not there, or changed since"
    else:
        said = "not made yet, or changed since"
    return said + (f"; last made again since {_parts(state.because)} changed" if state.because else "")


def _parts(names: tuple[str, ...]) -> str:
    return " and ".join(PARTS[name] for name in names)
