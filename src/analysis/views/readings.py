"""The sentence of each reading: what a director can read, with how often such a sentence is chance."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import numpy as np

from analysis.reference.indicators import Polarity
from analysis.signals.schema import PROMPTS, Reading
from analysis.signals.tiers import FEWEST_QUARTERS, Tier

IN_TEN = {Tier.NEW: (1, 4), Tier.SUSTAINED: (1, 5), Tier.DRIFT: (2, 9)}
"""Of all prompts of a tier, how many in ten are chance: the least and the most that were measured, by how many cells
have moved and how figures swing (`docs/methods/signals.md`, "Of all prompts together")."""
OF_CHANCE = {tier: "between {} and {} in 10 such prompts are chance".format(*IN_TEN[tier]) for tier in Tier}
OF_CHANCE_IN_SHORT = (
    "A prompt is a question and no finding: between {} and {} in 10 are chance, of slow movements between {} and {}."
).format(*IN_TEN[Tier.SUSTAINED], *IN_TEN[Tier.DRIFT])
"""The same for a page that has one line for it."""
QUESTIONS = {
    Tier.NEW: "This quarter apart from those before?",
    Tier.SUSTAINED: "The last four quarters apart?",
    Tier.DRIFT: "Moving other than the region?",
}
_FOUND = {
    (Tier.NEW, Reading.HIGHER): "Higher this quarter than its own pattern and the region's move suggest",
    (Tier.NEW, Reading.LOWER): "Lower this quarter than its own pattern and the region's move suggest",
    (Tier.SUSTAINED, Reading.HIGHER): "Higher over four quarters than its own pattern and the region's move suggest",
    (Tier.SUSTAINED, Reading.LOWER): "Lower over four quarters than its own pattern and the region's move suggest",
    (Tier.DRIFT, Reading.HIGHER): "Moving upwards beside the region, quarter by quarter",
    (Tier.DRIFT, Reading.LOWER): "Moving downwards beside the region, quarter by quarter",
}
_BETTER = {Polarity.BETTER_HIGH: Reading.HIGHER, Polarity.BETTER_LOW: Reading.LOWER}
_SILENT = {
    Reading.QUERIED: "The figure is being asked about: nothing is read into it before it is answered.",
    Reading.QUIET: "Within its own pattern.",
    Reading.TOO_FEW: "Too few children, or too restless a series, to say.",
    Reading.NO_FIGURE: "No figure to say anything about.",
    Reading.FEW_AUTHORITIES: "Too few authorities have figures to tell what is common to the region.",
}


def sentence(tier: Tier, reading: Reading, polarity: Polarity) -> str:
    """A reading in words. Which way is better decides the words, and nothing of the test.

    Parameters
    ----------
    polarity
        A neutral indicator has a direction and neither praise nor worry.
    """
    found = _FOUND.get((tier, reading))
    if found is None:
        if reading is Reading.TOO_SHORT:
            return f"Too few quarters to say: it takes {FEWEST_QUARTERS[tier]}."
        return _SILENT[reading]
    better = _BETTER.get(polarity)
    if better is None:
        return f"{found}; {OF_CHANCE[tier]}."
    way = "the better way" if better is reading else "not the better way"
    return f"{found} ({way} for this indicator); {OF_CHANCE[tier]}."


_WORD = {
    Reading.HIGHER: "higher",
    Reading.LOWER: "lower",
    Reading.QUERIED: "being asked about",
    Reading.QUIET: "within its pattern",
    Reading.TOO_FEW: "cannot say",
    Reading.TOO_SHORT: "too few quarters",
    Reading.NO_FIGURE: "no figure",
    Reading.FEW_AUTHORITIES: "too few authorities",
}
_BY_QUARTER = "of itself a quarter"
"""Of a percentage too, a drift is told in parts of the figure: points would be read as the same and are not."""
_OF_DRIFT = {Reading.HIGHER: "moving upwards", Reading.LOWER: "moving downwards"}


def word(tier: Tier, reading: Reading) -> str:
    """A reading in a word or three, for a table."""
    return _OF_DRIFT.get(reading, _WORD[reading]) if tier is Tier.DRIFT else _WORD[reading]


_PROMPTED = {
    Tier.NEW: {Reading.HIGHER: "higher this quarter", Reading.LOWER: "lower this quarter"},
    Tier.SUSTAINED: {Reading.HIGHER: "higher over four quarters", Reading.LOWER: "lower over four quarters"},
    Tier.DRIFT: _OF_DRIFT,
}


def in_a_line(readings: Mapping[Tier, Reading]) -> tuple[str, ...]:
    """Each prompt about an indicator; without any, whether that is silence or that nothing can be said."""
    prompts = tuple(_PROMPTED[tier][one] for tier, one in readings.items() if one in PROMPTS)
    if prompts:
        return prompts
    if Reading.QUERIED in readings.values():
        return (_WORD[Reading.QUERIED],)
    return ("none",) if Reading.QUIET in readings.values() else (_WORD[Reading.TOO_FEW],)


def change_words(tier: Tier, change: float) -> str:
    """`38% above what was expected`; of a drift, `+5.0% of itself a quarter beside the region`.

    Expected is the authority's own pattern with the region's move, and what lasts of its last quarters' swings.
    """
    if tier is Tier.DRIFT:
        return f"{_percent(tier, change)} {_BY_QUARTER} beside the region"
    return f"{abs(change):.0%} {'above' if change > 0 else 'below'} what was expected"


def beneath(tier: Tier, reading: Reading, change: float, smallest: float) -> str:
    """What stands under the word: the change of a prompt; of silence, the change that would have shown."""
    if reading in PROMPTS:
        return f"{_percent(tier, change)}{f' {_BY_QUARTER}' if tier is Tier.DRIFT else ''}"
    if reading in (Reading.QUIET, Reading.TOO_FEW):
        if np.isnan(smallest):
            return ""
        if smallest <= 1:
            return f"{smallest:.0%}{' in all' if tier is Tier.DRIFT else ''} would show"
        return "nothing would show" if np.isinf(smallest) else "a doubling would not"
    return ""


def _percent(tier: Tier, change: float) -> str:
    """Small steps count where they add up from quarter to quarter."""
    return f"{change:+.1%}" if tier is Tier.DRIFT else f"{change:+.0%}"


class Shade(StrEnum):
    """Which way a prompt goes for its indicator."""

    NONE = ""
    """No prompt: silence has no colour."""
    BETTER = "better"
    WORSE = "worse"
    NEITHER = "neither"


def shade(reading: Reading, polarity: Polarity) -> Shade:
    """The shade of a reading. Which way is better decides it, and nothing of the test."""
    if reading not in PROMPTS:
        return Shade.NONE
    better = _BETTER.get(polarity)
    if better is None:
        return Shade.NEITHER
    return Shade.BETTER if better is reading else Shade.WORSE


WITH_IT = "With it, but no prompts by themselves (about 1 in 15 series lies so far off by chance)"


def chance_words(p: float) -> str:
    """How often chance alone goes as far: `3.2%`, `less than 0.1%`."""
    return "less than 0.1%" if p < 0.001 else f"{p:.1%}"


def power_words(smallest: float, tier: Tier) -> str:
    """What the cell could have told."""
    over = " from the first quarter to the last" if tier is Tier.DRIFT else ""
    if np.isinf(smallest):
        return "No change, however large, would be found four times in five here."
    return f"A change of {smallest:.0%}{over} would be asked about four times in five, though it were the only one."
