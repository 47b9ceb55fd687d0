"""The sentence of each reading: what a director can read, with how often such a sentence is chance."""

from __future__ import annotations

from analysis.reference.indicators import Polarity
from analysis.signals.power import TOO_FEW
from analysis.signals.schema import Reading
from analysis.signals.tiers import FEWEST_QUARTERS, Tier

OF_CHANCE = "about 1 in 10 such prompts is chance"
_FOUND = {
    (Tier.NEW, Reading.HIGHER): "Higher than its own pattern this quarter",
    (Tier.NEW, Reading.LOWER): "Lower than its own pattern this quarter",
    (Tier.SUSTAINED, Reading.HIGHER): "Higher than its own pattern over the last four quarters",
    (Tier.SUSTAINED, Reading.LOWER): "Lower than its own pattern over the last four quarters",
    (Tier.DRIFT, Reading.HIGHER): "Rising quarter by quarter, other than the region",
    (Tier.DRIFT, Reading.LOWER): "Falling quarter by quarter, other than the region",
}
_BETTER = {Polarity.BETTER_HIGH: Reading.HIGHER, Polarity.BETTER_LOW: Reading.LOWER}
_SILENT = {
    Reading.QUERIED: "The figure is being asked about: nothing is read into it before it is answered.",
    Reading.QUIET: "Within its own pattern.",
    Reading.TOO_FEW: "Too few children to say.",
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
        return f"{found}; {OF_CHANCE}."
    way = "the better way" if better is reading else "not the better way"
    return f"{found} ({way} for this indicator); {OF_CHANCE}."


def power_words(smallest: float) -> str:
    """What the cell could have told."""
    if smallest > TOO_FEW:
        return f"A change of less than {TOO_FEW:.0%} would mostly not be found here."
    return f"A change of {smallest:.0%} would be found four times in five."
