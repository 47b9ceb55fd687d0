"""Three-digit codes: 826 is Milton Keynes where things are called by codes, and a figure anywhere else."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD_FOR_CODES = (
    r"\b(?:la|lea|lad|dfe|gss|ons|authority|authoritie|council|code|area|reader|establishment)s?"
    r"(?:[\s_-]*(?:code|number|no\.?|id|estab))?[\s:=#(\"'_-]{0,4}"
)
_ENDINGS = r"(?:csv|xlsx?|docx?|pptx?|pdf|html?|json|png|svg|zip|parquet|ipynb|ya?ml|txt)"
_COUNTED = r"(?!\s*(?:%|per\b|children|referrals|plans|days))"
_NEVER = re.compile(r"(?!)")


def in_ids(codes: Sequence[str]) -> re.Pattern[str]:
    """Codes in the name of something: by themselves, between other marks than letters and figures, or after `la`."""
    if not codes:
        return _NEVER
    before = r"(?:(?<![^\W_])|(?<=\bla)|(?<=_la)|(?<=\blea)|(?<=\blad))(?<!\d[.,])"
    return re.compile(rf"{before}0?(?:{'|'.join(codes)})(?:\.0+)?(?![^\W_])(?![.,]\d)", re.IGNORECASE)


def in_text(codes: Sequence[str]) -> re.Pattern[str]:
    """Codes in running text.

    They stand after a word for codes, in a path, as the name of a file, hyphened to words or a year, or at the
    beginning of a line before a colon and a figure.
    """
    if not codes:
        return _NEVER
    one = f"(?:{'|'.join(codes)})"
    return re.compile(
        rf"\b(?:la)?estab(?:lishment)?(?:\s+number)?[\W_]{{0,3}}{one}[\s/-]?\d{{4}}\b"
        rf"|{_WORD_FOR_CODES}0?{one}(?![\w%])(?![.,]\d){_COUNTED}"
        rf"|[/\\]{one}(?=[/\\.\"'])"
        rf"|(?<![\w.,]){one}\.{_ENDINGS}\b"
        rf"|(?<=[A-Za-z0-9][-_]){one}(?=[-_.][A-Za-z])"
        rf"|(?<=[A-Za-z][-_]){one}(?=[-_]20\d\d)"
        rf"|(?m:^)[\s•*]*{one}:\s+[-+−]?\d"
        rf"|\b[A-Za-z]+[-_]{one}\b(?![.,]\d)",
        re.IGNORECASE,
    )
