"""Which measure a text means: its id or, letter for letter, its name, whatever the case and punctuation."""

from __future__ import annotations

from analysis.reference.registry import Registry
from analysis.returns.reading.spelling import heading


class Measures:
    """The registry's measures by how they are written in a return."""

    def __init__(self, registry: Registry) -> None:
        self._kinds = {one.id: one.kind for one in registry.measures.values()}
        self._ids = {heading(key): key for key in registry.measures}
        self._names = {heading(one.name): one.id for one in registry.measures.values()}

    def meant(self, text: str) -> str:
        """The id of the measure that a Measure ID means; empty if none is."""
        return self._ids.get(heading(text)) or self.named(text)

    def named(self, text: str) -> str:
        """The id of the measure that has this name; empty if none has."""
        return self._names.get(heading(text), "")

    def in_words(self, text: str) -> bool:
        """Whether a Measure ID is a measure's name instead."""
        return heading(text) not in self._ids and bool(self.named(text))

    def kind(self, measure: str) -> str:
        """The kind of a measure's id; empty where there is no measure."""
        return self._kinds[measure] if measure else ""
