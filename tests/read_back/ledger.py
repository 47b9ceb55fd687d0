"""What was found when a report was held against the recomputation: what agreed, and each thing that did not."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Ledger:
    """Kept while a document is read."""

    document: str
    agreed: Counter[str] = field(default_factory=Counter)
    """By kind of claim."""
    wrong: list[str] = field(default_factory=list)

    def claim(self, place: str, what: str, shown: object, expected: object) -> None:
        """Something that the page says, and what it should say."""
        if shown == expected:
            self.agreed[what] += 1
        else:
            self.wrong.append(f"{self.document}: {place}: {what} is {shown!r}, recomputed {expected!r}")
