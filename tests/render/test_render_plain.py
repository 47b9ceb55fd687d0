"""Text from outside stays text."""

import json
import subprocess

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.render.pandoc import PANDOC
from analysis.render.plain import plain

NASTY = [
    "<script>alert(1)</script>",
    "[link](http://example.org) ![image](http://example.org/x.png)",
    "*a* _b_ **c** ~~d~~ ^e^ `f` $g$ $$h$$",
    "{{< meta secret >}} @fig-a01 @someone [^1] {#id .class}",
    "# heading", "> quote", "- item", "1. item", "(a) item", "::: {.callout}", "| a | b |", "    code", "---",
    "it's \"quoted\" -- and... &amp; &copy; &#60;", "\\newline \\textbf{x}", "a\\", "tab\there\nand\r\nthere\u2028end",
]  # fmt: skip


def printed(texts):
    """The texts as pandoc prints them, one paragraph each, so that many cost one call."""
    source = "\n\n".join(f"¶{plain(text)}" for text in texts)
    done = subprocess.run(
        [str(PANDOC), "-f", "markdown", "-t", "json"], input=source, capture_output=True, encoding="utf-8", check=True
    )
    blocks = json.loads(done.stdout)["blocks"]
    assert [block["t"] for block in blocks] == ["Para"] * len(texts)
    return ["".join({"Str": each.get("c"), "Space": " "}[each["t"]] for each in block["c"])[1:] for block in blocks]


def test_markup_is_printed_letter_by_letter():
    assert printed(NASTY) == [" ".join(text.split()) for text in NASTY]


@settings(max_examples=12, deadline=None)
@given(st.lists(st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1), min_size=1, max_size=30))
@example(["\\`*_{}[]()#+-.!<>|~^$@'\":&"])
def test_any_text_survives(texts):
    assert [each.split() for each in printed(texts)] == [text.split() for text in texts]


@pytest.mark.parametrize("text", NASTY)
def test_plain_text_is_one_line_without_shortcode(text):
    assert "\n" not in plain(text)
    assert "{{<" not in plain(text)
