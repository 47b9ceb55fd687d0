"""Texts in one writing: whatever a name was dressed up as, it is read as a reader would."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from html import unescape
from urllib.parse import unquote

from analysis.config import PACKAGE

_TABLE = PACKAGE / "audit" / "confusables.txt"
_ESCAPE = re.compile(r"\\u\{?([0-9a-fA-F]{4,6})\}?|\\x([0-9a-fA-F]{2})|_x([0-9a-fA-F]{4})_")
"""Of scripts, and of workbooks."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_DIGEST = re.compile(r"(?<![\w+/=])([A-Za-z0-9+/]{22}==|[A-Za-z0-9+/]{27}=|[A-Za-z0-9+/]{43}=)(?![\w+/=])")
"""Of 16, 20 or 32 bytes, in base64: what a PDF is known by. The capitals in it begin no words."""
_SPELT = re.compile(r"(?<![^\W\d_])(?:[^\W\d_][\W_]{1,12}){3,}[^\W\d_](?![^\W\d_])")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_WORDS_OF_ONE_LETTER = "aiAI"
_LEAST_SPELT = 4
_SOFT_BREAK = re.compile(r"(?<=[A-Za-z])=\r?\n(?=[A-Za-z])")
_QUOTED = re.compile(r"(?:=[0-9A-F]{2}){2,}")
_STYLED = re.compile(r"(?:LATIN LETTER SMALL CAPITAL|REGIONAL INDICATOR SYMBOL LETTER"
                     r"|NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER) ([A-Z])")  # fmt: skip
"""Letters in other dress that NFKC and the confusables leave."""
_WITH = re.compile(r"LATIN (SMALL|CAPITAL) LETTER ([A-Z]) WITH .*")
"""Stroked, hooked and barred letters."""
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Fillers: letters in Unicode's books that print nothing."""
_SHAPED = {"\u03b7": "n", "\u043f": "n"}
"""Eta and Cyrillic pe: not in the confusables."""
THIN = re.compile(r"(?<=[^\W\d_])[\u2006\u2009\u200a\u202f](?=[^\W\d_])")
"""Spaces narrower than a letter, between letters."""
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010][^\S\n]*\n\s*(?=[a-z])")
"""A word that a line's end hyphenates."""
_TAGS = 0xE0000
_ROUNDS = 3
"""How often an escape may be escaped."""
_SHORT = 300


def normal(text: str) -> str:
    r"""A text without escapes, accents, invisible marks and look-alike letters; its case is kept.

    Entities (`&#75;`), percent signs (`%4B`), mail's `=4B` and `\u004b` are resolved, within each other too; then NFKC;
    then marks that print nothing (zero-width, soft hyphens, direction) and accents are dropped; then letters of other
    scripts are read as the Latin ones that they look like (Unicode's confusables, UTS 39).
    """
    return _short(text) if len(text) <= _SHORT else _normal(text)


def _normal(text: str) -> str:
    for _ in range(_ROUNDS):
        before = text
        if "&" in text:
            text = unescape(text)
        if "%" in text:
            text = unquote(text, errors="replace")
        if "\\" in text or "_x" in text:
            text = _ESCAPE.sub(_letter, text)
        if "=" in text:
            text = _SOFT_BREAK.sub("", text)
            text = _QUOTED.sub(lambda run: bytes.fromhex(run[0].replace("=", "")).decode("utf-8", "replace"), text)
        if text == before:
            break
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text))
    return text.translate(_plain_letters())


@lru_cache(maxsize=50_000)
def _short(text: str) -> str:
    return _normal(text)


def _letter(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2] or escape[3], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "


class _Letters(dict[int, str]):
    """Translation of letters, filled as they come."""

    def __missing__(self, code: int) -> str:
        # Tags are Latin letters that nothing prints.
        letter = chr(code - _TAGS if _TAGS + 0x20 <= code < _TAGS + 0x7F else code)
        kind = unicodedata.category(letter)
        # Accents and marks that print nothing; variation selectors are accents in Unicode's books.
        styled = _STYLED.fullmatch(unicodedata.name(letter, ""))
        dressed = _WITH.fullmatch(unicodedata.name(letter, ""))
        if dressed:
            plain = dressed[2] if dressed[1] == "CAPITAL" else dressed[2].lower()
        else:
            plain = styled[1] if styled else _SHAPED.get(letter) or look_alikes().get(letter, letter)
        self[code] = "" if kind in ("Mn", "Me", "Cf") or letter in _BLANK else plain
        return self[code]


@cache
def _plain_letters() -> _Letters:
    return _Letters()


@cache
def look_alikes() -> dict[str, str]:
    """Letter of another script to the Latin letter that it looks like."""
    found = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            latin, others = line.split()
            found.update(dict.fromkeys(others, latin))
    return found


def words_apart(text: str) -> str:
    """`MiltonKeynes` as `Milton Keynes`."""
    parts = _DIGEST.split(text)
    parts[::2] = [_CAMEL.sub(" ", part) for part in parts[::2]]
    return "".join(parts)


def readings(text: str) -> set[str]:
    """A text as it is, with joined words apart, and with the words whole that a line's end parts by a hyphen."""
    whole = _BROKEN.sub("", text) if "\n" in text else text
    return {text, words_apart(text), whole}


def spelt_out(text: str) -> list[str]:
    """Words whose letters stand apart (`K e n t`, `K-e-n-t`), joined.

    A word of one letter may stand beside them (`K e n t, a team`; `a K e n t`): they are given without it too.
    """
    found: dict[str, None] = {}
    for run in _SPELT.findall(text):
        gap = re.escape(_NOT_LETTERS.findall(run)[0])
        for part in (run, *re.split(rf"(?<=\w)(?!{gap}[^\W_])[\W_]+", run)):
            letters = _NOT_LETTERS.sub("", part)
            found |= dict.fromkeys((letters, letters.strip(_WORDS_OF_ONE_LETTER)))
    return [word for word in found if len(word) >= _LEAST_SPELT]


def letters_only(text: str) -> str:
    """The letters of a text in a row, in small case."""
    return _NOT_LETTERS.sub("", text).casefold()


_SHAPES = str.maketrans("01|!i$534@", "ollllsseaa")


def shape(text: str) -> str:
    """A text by the shapes of its letters: figures that stand for letters, `rn` for `m` and `vv` for `w` are one."""
    return text.casefold().translate(_SHAPES).replace("rn", "m").replace("vv", "w")
