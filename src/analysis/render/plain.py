"""Text from outside as plain text in Markdown: no link, image, markup, shortcode or raw HTML can come of it."""

from __future__ import annotations

import string

# Pandoc reads a backslash before any ASCII punctuation as that character itself.
_ESCAPES = {ord(mark): f"\\{mark}" for mark in string.punctuation if mark not in ",;/%="}
_ESCAPES |= dict.fromkeys((*range(0x20), 0x7F, 0x85, 0x2028, 0x2029), " ")


def plain(text: str) -> str:
    """`text` on one line, written so that Markdown readers print it letter by letter."""
    return " ".join(text.translate(_ESCAPES).split())
