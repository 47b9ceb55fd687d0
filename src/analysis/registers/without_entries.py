"""A register without some of its entries: everything else stays as people wrote it, comments and all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml


def without_entries(text: str, is_meant: Callable[[Any], bool]) -> tuple[str, int]:
    """Cut entries out of a register that is a list.

    Parameters
    ----------
    text
        The register's YAML.
    is_meant
        Says of an entry, as read, whether it goes.

    Returns
    -------
    text, count
        Without the entries' lines, and how many they were. A text that is no list is given back as it is.

    Raises
    ------
    yaml.YAMLError
        If it is not YAML.
    """
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(node, yaml.SequenceNode):
        return text, 0
    entries = yaml.safe_load(text)
    meant = [is_meant(entry) for entry in entries]
    if not any(meant):
        return text, 0
    kept = [entry for entry, goes in zip(entries, meant, strict=True) if not goes]
    lines = text.splitlines(keepends=True)
    for item, goes in reversed(list(zip(node.value, meant, strict=True))):
        if goes:
            first, last = item.start_mark.line, _last_line(lines, item)
            del lines[first : last + 1]
    cut = "".join(lines)
    if _says(cut, kept):
        return cut, sum(meant)
    # Written in one line, or otherwise so that lines are not entries: the entries count, and not how they looked.
    return yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=120), sum(meant)


def _says(text: str, entries: list[Any]) -> bool:
    try:
        return (yaml.safe_load(text) or []) == entries
    except yaml.YAMLError:
        return False


def _last_line(lines: list[str], item: yaml.Node) -> int:
    """The last line of an entry; blank lines and comments below it belong to what follows."""
    last = item.end_mark.line if item.end_mark.column else item.end_mark.line - 1
    last = min(last, len(lines) - 1)
    while last > item.start_mark.line and (not lines[last].strip() or lines[last].lstrip().startswith("#")):
        last -= 1
    return last
