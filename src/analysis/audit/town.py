"""Reading: the town, or what is done with a chart."""

from __future__ import annotations

import re

_TOWN_AFTER = re.compile(
    r"['’]?s?[\s_-]*(\(?\s*870\b|\(?E06000038|borough|council\b|bc\b|rbc\b|unitary|town\b|university|brighter futures|"
    r"children['’]?s (services|trust|company)|la\b|local authority|berkshire|west\b.*\b(berkshire|berks))", re.I
)  # fmt: skip
_TOWN_BEFORE = re.compile(
    r"(borough of|council of|town of|university of|authority(:| is| of)?|council(:| is)?|la:|area:|name[:=]|"
    r"reader:|prepared for:?|870\W{0,3})\s*$", re.I
)  # fmt: skip
_INSIDE_A_SENTENCE = re.compile(r"[\w,)’'\"“&/]\s*$")
_BEGINS_ONE = re.compile(r"(^|[.!?:;•●▪‣*#>|\n\r\t(\[{–—]|\s-|\d[.)])[\s\"'“‘*_#>-]*$")
_ACTIVITY_AFTER = re.compile(
    r"\s+(the|a|an|this|these|that|those|it|its|them|your|our|their|his|her|each|every|all|any|some|both|one|two|three|"
    r"from|down|across|along|up|off|out|through|between|into|on|in|to|with|without|about|around|back|further|ahead|"
    r"beside|for|is (not|like|easier|best|about)|and (writing|interpreting|understanding|using|maths|mathematics)|"
    r"charts?|tables?|graphs?|figures?|numbers?|intervals?|lists?|ages?|levels?|scores?|ability|skills?|progress|time|"
    r"order|rooms?|materials?|guides?|notes?|more|less|aloud|only|comprehension|attainment|writing|maths?|band|"
    r"statistics|data|values?|files?|columns?|rows?|trends?|funnels?|as|if|when|what|how|why|where|of)\b", re.I
)  # fmt: skip
_LIST_OF_SUBJECTS = re.compile(r"\b(writing|maths|mathematics|spelling|grammar|phonics|literacy)\b", re.I)
_FOLLOWED_BY_FIGURE = re.compile(r"\s*[:=–-]?\s*\(?[-+−]?\d")
_WORD = re.compile(r"[^\W\d_]{4,}")
_PREPOSITION = re.compile(r"\b(in|at|from|for|of|to|by|with|near|and|or|than|as|like|including|except|both)\s+$", re.I)
_MOSTLY = 0.6


def is_town(text: str, start: int, end: int) -> bool:
    """Whether the word at a place of a text is the town.

    Parameters
    ----------
    text
        In normal form, with its case.
    start, end
        Where `Reading` stands in it.

    Notes
    -----
    It is the town (i) beside words for councils, or its own codes; (ii) alone in its cell, title or property; (iii)
    before a figure; (iv) with a capital inside a sentence, unless most of the sentence's words have one and no
    preposition stands before it; (v) at the beginning of a sentence, unless an object or another word follows that
    makes it an activity. In small letters it is a word, but for (i). School subjects in the same sentence make it
    one of them.
    """
    word, before, after = text[start:end], text[:start], text[end:]
    if _TOWN_AFTER.match(after) or _TOWN_BEFORE.search(before):
        return word[0].isupper() or bool(_TOWN_AFTER.match(after) and not _ACTIVITY_AFTER.match(after))
    if not word[0].isupper():
        return False
    if not re.search(r"\w", before) and not re.search(r"\w", after):
        return True
    if _LIST_OF_SUBJECTS.search(_sentence(text, start, end)):
        return False
    if _FOLLOWED_BY_FIGURE.match(after):
        return True
    if _ACTIVITY_AFTER.match(after) and not _PREPOSITION.search(before):
        return bool(_capital_inside(text, start, end) and not _activity_has_object(after))
    return _capital_inside(text, start, end) or bool(_BEGINS_ONE.search(before))


def _activity_has_object(after: str) -> bool:
    return bool(re.match(r"\s+(the|a|an|this|these|that|those|your|our|their|charts?|tables?|graphs?)\b", after, re.I))


def _capital_inside(text: str, start: int, end: int) -> bool:
    before = text[:start]
    if _BEGINS_ONE.search(before) or not _INSIDE_A_SENTENCE.search(before):
        return False
    if _PREPOSITION.search(before):
        return True
    # In a heading whose words all have capitals, this one says nothing.
    others = _WORD.findall(_sentence(text, start, end).replace(text[start:end], " "))
    return not others or sum(other[0].isupper() for other in others) / len(others) < _MOSTLY


def _sentence(text: str, start: int, end: int) -> str:
    first = max((match.end() for match in re.finditer(r"[.!?\n\r]", text[max(0, start - 300) : start])), default=0)
    last = re.search(r"[.!?\n\r]", text[end : end + 300])
    return text[max(0, start - 300) + first : end + (last.start() if last else 300)]


_OF_A_FILE = {
    "bc", "rbc", "council", "borough", "cs", "cscs", "anonymised", "own", "internal", "dfe",
    "report", "tartan", "rug", "data", "return", "returns", "pack", "quarter", "annex", "a", "q",
    "csv", "xlsx", "docx", "pptx", "pdf", "html", "png", "svg", "zip", "json", "gov", "uk", "www",
    "http", "https",
}  # fmt: skip


def names_a_file(text: str) -> bool:
    """Whether the name of a file or an address is the town's: nothing else is in it but words of reports.

    A lone `reading` is a key or a class; with an ending, a code or a date it is a file.
    """
    words = [word for word in re.split(r"[\W\d_]+", text.casefold()) if word]
    rest = [word for word in words if word != "reading"]
    return all(word in _OF_A_FILE for word in rest) and (bool(rest) or bool(re.search(r"\d{3}", text)))
