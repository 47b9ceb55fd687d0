"""What was found when a report was held against the recomputation: what agreed, and each thing that did not."""

from collections import Counter
from dataclasses import dataclass, field

from page_reading import Words


@dataclass(frozen=True)
class Wrong:
    """Something on the page that is not as recomputed."""

    words: Words
    message: str


@dataclass
class Ledger:
    """Kept while a document is read."""

    agreed: Counter[str] = field(default_factory=Counter)
    """By kind of claim."""
    wrong: list[Wrong] = field(default_factory=list)

    def claim(self, words: Words, what: str, shown: object, expected: object) -> None:
        """Something that a text says, and what it should say."""
        if shown == expected:
            self.agreed[what] += 1
        else:
            self.wrong.append(Wrong(words, f"{words.place}: {what} is {shown!r}, recomputed {expected!r}"))

    def account_for(self, words: Words) -> None:
        """No number may be left that is neither a figure nor part of a phrase that is known to hold none."""
        for number in words.unaccounted:
            self.wrong.append(Wrong(words, f"{words.place}: what is the number {number} in {words.text[:300]!r}?"))

    @property
    def messages(self) -> list[str]:
        """What is wrong, to be read."""
        return [wrong.message for wrong in self.wrong]
