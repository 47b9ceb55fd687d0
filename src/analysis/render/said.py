"""An authority's own words on a page: marked as such, in plain paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.figures.timeline import short_period
from analysis.render.plain import plain
from analysis.views.commentary import Comment, Remark


def checked_words(comments: Sequence[Comment]) -> str:
    """What readers outside may see of the authority's own words about its figures."""
    lines = "\n\n".join(plain(one.text) for one in comments)
    return f"::: {{.callout-note}}\n## In the authority's own words\n\n{lines}\n:::"


def remarks(said: Sequence[Remark]) -> str:
    """What the authority says of a figure, and how it records it: beside the figure, in its own words."""
    boxes = (("In the authority's own words", False), ("Recorded otherwise than elsewhere", True))
    parts = []
    for title, recording in boxes:
        lines = [remark_text(one) for one in said if one.recording is recording]
        if lines:
            parts.append(f"::: {{.callout-note}}\n## {title}\n\n" + "\n\n".join(lines) + "\n:::")
    return "\n\n".join(parts)


def remark_text(one: Remark) -> str:
    """One text, with the quarter since which it holds where that is an earlier one."""
    return f"{plain(one.text)} (Since {short_period(one.since)}.)" if one.since else plain(one.text)
