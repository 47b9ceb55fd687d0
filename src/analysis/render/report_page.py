"""All that stands in an authority's report, in its order: what `notebooks/report.ipynb` shows, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.figures.variants import View
from analysis.render import page
from analysis.render.page import Part


def report(view: View) -> Iterator[Part]:
    """The parts of a report, its fixed headings among them. An anonymised page may hold these and no other."""
    yield from page.in_short(view)
    yield "## What this document is"
    yield page.opening(view.heading)
    yield from page.stands_out(view)
    yield from page.asked(view)
    yield from page.rug(view)
    yield "## Over time"
    yield page.over_time(view)
    yield from page.indicators(view)
    yield from page.closing(view)
