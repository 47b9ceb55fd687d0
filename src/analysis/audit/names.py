"""How authorities and people are written: every name and code as a pattern, whatever stands between its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product

from analysis.audit.normal import letters_only, normal
from analysis.reference.authorities import authorities
from analysis.reference.authority_table import Authority, childrens_trusts

WORDS = {"bath", "bury", "barking", "derby", "hull", "stoke", "reading", "hove", "brent", "kingston", "poole"}
"""Names that are words or parts of other names: only with a capital."""
PHRASES = {"achieving for children", "brighter futures for children"}
"""Names of children's trusts that are also said of what a service does: only with capitals, or as one word."""
WORDS |= PHRASES
BETWEEN = r"[\W_]*"
_ADDED = re.compile(r",\s*(city|county) of$|\s*\(pre lg\)$", re.I)
_PARTS = re.compile(r"\s*(?:,|\band\b|\bwith\b|&)\s*", re.I)
_INITIAL = re.compile(r"[A-Z]{1,2} ")
_LEAST_SQUASHED = 8
"""Letters: a shorter name stands in a row of letters by accident."""
_POINTS = {"north", "east", "south", "west"}
_LEAST_PART = 4
_FIGURES = {"a": "4", "e": "3", "i": "1", "l": "1", "o": "0", "s": "5"}
_CASE_MATTERS = 3
"""Letters: `MK` and `BCP` are councils, `mk` is not."""


def names_of(councils: Iterable[Authority]) -> list[str]:
    """Every name of some authorities, of those that they were made from, and the parts of double names."""
    known = authorities()
    every = {name.casefold() for one in known.values() for name in (one.name, *one.aliases)}
    found: dict[str, None] = {}
    for one in councils:
        for council in (one, *(known[code] for code in one.predecessors)):
            for written in (council.name, *council.aliases):
                name = _ADDED.sub("", written).strip()
                found[name] = None
                point, _, rest = name.partition(" ")
                if point.casefold() in _POINTS:
                    found[f"{point[0]} {rest}"] = None
                for part in _PARTS.split(name):
                    # Hove and Maidenhead; but not a part that is somebody else's name, nor a word.
                    alone = part.casefold() not in every and part.casefold() not in WORDS - {"hove"}
                    if part != name and len(part) >= _LEAST_PART and alone:
                        found[part] = None
        found |= dict.fromkeys(trust for trust, served in childrens_trusts().items() if one.code in served)
    return list(found)


def other_forms(names: Iterable[str]) -> list[str]:
    """Names as an index has them (`Wight, Isle of`), and those of four letters with figures for letters (`K3nt`)."""
    found = []
    for name in names:
        first, _, rest = name.partition(" of ")
        if rest:
            found.append(f"{rest} {first} of")
        first, _, rest = name.partition(" ")
        if rest and (" " not in rest or first.casefold() in _POINTS):
            found.append(f"{rest} {first}")
        last = rest.rpartition(" ")[2]
        if first.casefold() in _POINTS and last != rest:
            found.append(f"{last} {name.removesuffix(last).strip()}")
        if len(name) == _LEAST_PART and name.isalpha():
            choices = product(*((letter, *_FIGURES.get(letter.casefold(), "")) for letter in name))
            found += [form for form in map("".join, choices) if not form.isalpha()]
    return found


def codes_of(council: Authority) -> set[str]:
    """Every code of an authority, DfE's and ONS's, and DfE's of those that it was made from."""
    return {council.code, council.ons_code, *(span.code for span in council.ons_codes), *council.predecessors}


def is_short(name: str) -> bool:
    """Whether a name is an abbreviation that only its case tells from a word."""
    return len(name) <= _CASE_MATTERS or "&" in name


def has_shape(name: str) -> bool:
    """Whether a name is long enough to be known by the shapes of its letters."""
    # 25 before Gloucestershire is not S Gloucestershire.
    return not _INITIAL.match(name) and (len(letters_only(name)) > _LEAST_PART and name.casefold() not in WORDS)


def spaced(name: str) -> str:
    """A pattern for a name whatever stands between its words: spaces, hyphens, nothing; `and`, `&` or nothing."""
    words = re.findall(r"[^\W_]+|&", normal(name))
    pieces = [r"(?:and|&|n)?" if word.casefold() in ("and", "&") else re.escape(word) for word in words]
    return BETWEEN.join(pieces)


def longest_word(name: str) -> str:
    """The longest of the words that `spaced` holds together, in small letters: without it the name can't be there."""
    words: list[str] = re.findall(r"[^\W_]+", normal(name).casefold())
    return max((word for word in words if word != "and"), key=len)


def dotted(name: str) -> str:
    """A pattern for an abbreviation, with full stops or without."""
    return r"\.?".join(map(re.escape, name)) if name.isalnum() else spaced(name)


def of_a_person(name: str) -> list[str]:
    """The ways in which a person is written: `Jane Smith`, `Smith, Jane`, `J. Smith`, `jane.smith`, `jsmith`."""
    words = re.findall(r"[^\W_]+", normal(name))
    if len(words) < 2:
        return [re.escape(word) for word in words]
    first, last = re.escape(words[0]), re.escape(words[-1])
    middle = r"(?:[\W_]+[^\W_]+)?"
    return [
        rf"{first}{middle}{BETWEEN}{last}",
        rf"{last}{BETWEEN}{first}",
        rf"{first[0]}{BETWEEN}{last}",
        rf"{last}{BETWEEN}{first[0]}",
    ]


def squashed(names: Iterable[str]) -> list[str]:
    """Names long enough to be known with whatever stands between their letters.

    Those that begin with an initial are left out: a *plan, Lincolnshire* is not N Lincolnshire's.
    """
    told = (letters_only(name) for name in names if name.casefold() not in PHRASES and not _INITIAL.match(name))
    return [letters for letters in told if len(letters) >= _LEAST_SQUASHED]


def either(denied: list[str], allowed: list[str], before: str = "", after: str = "") -> re.Pattern[str]:
    """One pattern, the longest first. What may be said is let by before what is a part of it is found."""

    def group(name: str, forms: list[str]) -> str:
        in_order = sorted(set(forms), key=lambda form: (-len(form), form))
        return f"(?P<{name}>{before}(?:{'|'.join(in_order)}){after})"

    groups = [group(name, forms) for name, forms in (("allowed", allowed), ("denied", denied)) if forms]
    # An empty alternation would be found everywhere.
    return re.compile("|".join(groups) or r"(?!)", re.IGNORECASE)
