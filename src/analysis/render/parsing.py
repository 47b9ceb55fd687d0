"""Read a prepared notebook once into the tree that every writer starts from."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.render.document import MADE_UP_WORDS
from analysis.render.pandoc import FILTER, RenderError, run_pandoc
from analysis.render.prepare import prepared_markdown
from analysis.render.project import profile_file
from analysis.views.model import Variant

_SHORTCODE = "{{<"
_QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}


class UnservedFeatureError(RenderError):
    """The notebook uses something that is outside the contract (`docs/quarto-features.md`)."""


@dataclass(frozen=True)
class Parsed:
    """A document as a tree, with nothing in it that its profile hides.

    Parameters
    ----------
    tree
        Pandoc's JSON.
    hidden
        The texts that the profile hid, which no document made from this may hold.
    folder
        Where the pictures are.
    """

    tree: dict[str, Any]
    hidden: tuple[str, ...]
    folder: Path

    def flag(self, key: str) -> bool:
        """A yes-or-no entry of the metadata; no where it is absent."""
        return bool(self.tree["meta"].get(key, {}).get("c", False))

    def words(self, key: str) -> str:
        """An entry of the metadata as plain text; empty where it is absent."""
        return "".join(words_of(self.tree["meta"].get(key)))

    @property
    def marking(self) -> str:
        """What stands on every page: the marking, and where it has them whom it is for, content id and last day."""
        said = [f"{MADE_UP_WORDS}."] if self.flag("made-up") else []
        return " ".join([*said, *filter(None, (self.words("marking"), self.words("stamp")))])

    def count(self, format_name: str) -> tuple[int, int]:
        """How many pictures and tables the document has in a format."""
        blocks = list(_blocks(self.tree["blocks"], format_name))
        kinds = [block["t"] for block in blocks]
        raw = [block["c"][1] for block in blocks if block["t"] == "RawBlock"]
        pictures = kinds.count("Figure") + sum(text.count("<img ") for text in raw)
        return pictures, kinds.count("Table") + sum("<table" in text for text in raw)


Writer = Callable[[Parsed, Path, int], bytes]
"""From the tree (also in `tree.json` of the scratch folder) and the time to the document's bytes."""


def words_of(node: object) -> list[str]:
    """The text of a piece of the tree."""
    if isinstance(node, list):
        return [word for child in node for word in words_of(child)]
    if not isinstance(node, dict):
        return []
    if node.get("t") in ("Str", "Code", "MetaString"):
        return [str(node["c"][1] if node["t"] == "Code" else node["c"])]
    if node.get("t") == "Quoted":
        opening, closing = _QUOTES[node["c"][0]["t"]]
        return [opening, *words_of(node["c"][1]), closing]
    return [" "] if node.get("t") in ("Space", "SoftBreak", "LineBreak") else words_of(node.get("c"))


def parse(prepared: Path, profile: Variant, epoch: int) -> Parsed:
    """The prepared notebook as a tree: parsed and filtered once, for every writer.

    Parameters
    ----------
    prepared
        The notebook from `prepare`, with `figures/` beside it.
    profile
        Whose wording is shown.
    epoch
        Seconds since 1970 that stand for now.

    Raises
    ------
    UnservedFeatureError
        If the notebook uses what is not served, names an unknown profile, or has a picture without alternative text.
    """
    markdown = prepared_markdown(prepared)
    with tempfile.TemporaryDirectory(prefix="tartanrug-", ignore_cleanup_errors=True) as name:
        tree = _parse(markdown, profile, Path(name), epoch)
    problems = _strings(tree["meta"].pop("problems"))
    hidden = _strings(tree["meta"].pop("hidden"))
    if _SHORTCODE in markdown:
        # Quarto reads these before it reads the Markdown, so the tree can't tell an escaped one.
        problems = (*problems, "a shortcode")
    if problems:
        raise UnservedFeatureError("the notebook uses what is not served: " + "; ".join(dict.fromkeys(problems)))
    return Parsed(tree, hidden, prepared.parent)


def _parse(markdown: str, profile: Variant, scratch: Path, epoch: int) -> dict[str, Any]:
    source, target = scratch / "source.md", scratch / "tree.json"
    source.write_text(markdown, encoding="utf-8", newline="\n")
    run_pandoc(
        {
            "from": "markdown",
            "to": "json",
            "input-files": [str(source)],
            "output-file": str(target),
            "filters": [{"type": "lua", "path": str(FILTER)}],
            "metadata": {"profile": profile.value},
            "metadata-files": [str(profile_file(profile))],
        },
        scratch,
        epoch,
    )
    tree: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return tree


def _blocks(node: Any, format_name: str) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if node.get("t") == "Div" and ["when-format", format_name] not in node["c"][0][2] and _conditional(node):
            return
        if node.get("t") in {"Figure", "Table", "RawBlock"}:
            yield node
        node = node.get("c")
    if isinstance(node, list):
        for child in node:
            yield from _blocks(child, format_name)


def _conditional(div: dict[str, Any]) -> bool:
    return any(key == "when-format" for key, _ in div["c"][0][2])


def _strings(entry: dict[str, Any]) -> tuple[str, ...]:
    return tuple(item["c"] for item in entry["c"])
