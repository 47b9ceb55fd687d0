"""What an anonymised page says of the bands: the own fourth over time, the way of the middle, and how to read both.

Everything is read off numbers that stand on the page, so that a reader could have said it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from analysis.disclosure.course import Course
from analysis.reference.indicators import Window
from analysis.views.anonymised import AnonymisedBlock, PlacedQuarter
from analysis.views.model import Bands
from analysis.views.words import FOURTHS

QUARTERS_TOLD = 4

COURSES = {
    Course.UP: "Over the quarters of the band the group's median went up, by more than rounding explains.",
    Course.DOWN: "Over the quarters of the band the group's median went down, by more than rounding explains.",
    Course.LEVEL: "Over the quarters of the band the group's median moved by no more than rounding explains.",
    Course.NOT_TOLD: "",
}

MIDDLE_HALF = (
    "The shaded band is the middle half of a fixed group of authorities: half of them lie in it, a fourth below and a "
    "fourth above."
)
MEDIAN_ALONE = (
    "Where a group is small, only its median is shown, as a dashed line: half of the authorities lie above it and half "
    "below. Read off it is the half that a figure lies in. With quartiles, a few authorities of a small group could "
    "work out more of the others' figures from their own than public tables tell."
)
READING = (
    "The group is all those that gave a figure for every quarter of the band, the report's own authority "
    "as any other; how many they are is told no closer than as a multiple of five. The band is the same in every "
    "authority's copy of this report.",
    "Where regions exchange their figures, the band across regions is that of all authorities in the exchanged file, "
    "by the same rules; the exchanged file may hold an earlier figure of an authority than its own region's.",
    "Bands are rounded: a step from one quarter to the next isn't a change. The printed quartiles and median are "
    "averages of neighbouring figures, rounded to two significant figures, so that none is any authority's own. Of the "
    "way that the median went it is said only whether the last four quarters differ from the first four by more than "
    "rounding explains; that is described and not tested.",
    "The own fourth is read off the printed band of the same quarter. A figure near an edge may lie on either side of "
    "it by rounding or by chance.",
    "The 95% interval of a figure is made from the authority's own count: it is what chance alone leaves open, and "
    "no comparison. The charts with limits of chance are pictures of the authority's own history and no test. In "
    "simulations between one chart in twelve and one in five ends with a marked point although nothing has changed, "
    "and of children counted on a day between one in three and more than half.",
    "Where there is no band, too few authorities gave figures to hide each one among the others. No indicator's band "
    "says who gave figures and who did not.",
)


def reading(blocks: Sequence[AnonymisedBlock]) -> tuple[str, ...]:
    """How to read the bands that a report holds, a paragraph each."""
    alone = [block.bands.median_alone for block in blocks if block.bands is not None]
    shaded = [MIDDLE_HALF] if not all(alone) or not alone else []
    return (" ".join([*shaded, READING[0]]), *([MEDIAN_ALONE] if any(alone) else []), *READING[1:])


def last_quarters(block: AnonymisedBlock) -> tuple[PlacedQuarter, ...]:
    """The last four quarters with a band, without those before the definition last changed."""
    breaks = block.own.histories[0].breaks
    since = breaks[-1].period if breaks else ""
    return tuple(one for one in block.fourths[-QUARTERS_TOLD:] if one.period >= since)


def span_words(quarters: Sequence[PlacedQuarter]) -> str:
    """`the last 4 quarters`, or how many there are since the definition changed."""
    if len(quarters) == QUARTERS_TOLD:
        return f"the last {QUARTERS_TOLD} quarters"
    return f"the {len(quarters)} quarters since the definition changed"


def fourths_sentence(block: AnonymisedBlock) -> str:
    """`In the highest fourth in 3 of the last 4 quarters, ...`; empty where fewer than two quarters have a fourth."""
    quarters = last_quarters(block)
    counts = Counter(one.fourth for one in quarters)
    none = counts.pop("", 0)
    if len(quarters) - none < 2:
        return ""
    (first, most), *others = sorted(counts.items(), key=lambda pair: (-pair[1], list(FOURTHS).index(pair[0])))
    said = [f"In the {FOURTHS[first]} in {most} of {span_words(quarters)}"]
    said += [f"in the {FOURTHS[name]} in {times}" for name, times in others]
    said += [f"without a figure to place in {none}"] if none else []
    overlap = " Figures of 12 months overlap." if block.own.card.window is Window.ROLLING_YEAR else ""
    return f"{', '.join(said)}.{overlap}"


def course_sentence(bands: Bands) -> str:
    """Which way the median went, in the same words in every copy; empty where that is not told."""
    return COURSES[bands.way]
