"""The names of columns that identify a child, in any spelling. Only these names are ever repeated to anybody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from analysis.config import PACKAGE
from analysis.reference.matching import plain
from analysis.reference.model import Record
from analysis.reference.yaml_file import read_yaml

_EPISODE = (
    r"(initial)?(child(ren)?(protection|inneed)?|referral|contact|assessment|episode|placement|placed|strategy|section47|"
    r"s47|enquiry|icpc|conference|cpp?|plan|cin|cla|lac|case|visit|review|decision|adoption|adopted|court|match|entry|"
    r"leaving|missing|birth|death)"
)
_EPISODE_DATE = re.compile(rf"(date(of)?{_EPISODE}\w*|{_EPISODE}\w*date)")
_NOT_A_DAY = re.compile(r"to ?date\b|(up|vali|candi|man)date\b|\b(return|submission|quarter|period|report|as at)\b")
_SOMEBODYS_ID = re.compile(
    r"\b(child|childs|childrens|person|persons|client|clients|pupil|pupils|student|yp|cyp|service user|family|mosaic|"
    r"liquidlogic|eclipse|lcs|ics)( unique| system)? (id|ids|no|nos|num|number|ref|refs|reference|identifier|code)\b"
)
_SAFEGUARDING_DATASET = re.compile(
    r"(pers|rela|iden|link|invo|addr|disa|immi|moth|lega|cont|earl|cine|cina|assf|cinp|cinv|s47e|icpc|cppl|cppv|clae|clal|"
    r"clah|clai|sdqs|miss|perm|clac|clas|clav|lapp|clea|prof|dept|send|seno|senn|ehcr|ehca|ehcn|ehcp|fami|voch|pre_?proc)"
    r"_[a-z0-9_]*(id|upn|dob|sex|gender|ethnicity|postcode|date|name)"
)


def _condensed(text: str) -> str:
    return plain(text).replace(" ", "")


class _Lists(Record):
    """`identifying_columns.yml`: our name to every spelling of it."""

    always: dict[str, str]
    with_another: dict[str, str]
    inside: dict[str, str]


@dataclass(frozen=True)
class _Spellings:
    """The other way round: spelling to our name."""

    always: Mapping[str, str]
    with_another: Mapping[str, str]
    inside: Mapping[str, str]


@cache
def _spellings() -> _Spellings:
    lists = read_yaml(PACKAGE / "returns" / "door" / "identifying_columns.yml", _Lists).content
    return _Spellings(*(
        {word: name for name, words in one.items() for word in words.split()}
        for one in (lists.always, lists.with_another, lists.inside)
    ))  # fmt: skip


def identifying(cells: Iterable[str]) -> set[str]:
    """What the cells name that identifies a child: names on the kit's list, never the cells themselves.

    It counts wherever in a file it stands: in a first line, in a first column, as a measure's id.
    """
    found = set()
    always = _spellings().always
    for cell in cells:
        if not 2 < len(cell) <= 60 or cell.isdigit():
            continue
        condensed = _condensed(cell)
        if condensed in always:
            found.add(always[condensed])
        elif _SAFEGUARDING_DATASET.fullmatch(cell.casefold()):
            found.add("Standard Safeguarding Dataset column")
    return found


def identifying_in_header(cells: Iterable[str]) -> set[str]:
    """What one line of column names has besides.

    Words inside longer names, dates of referrals, plans or placements, and names that say something together: sex,
    age or ethnicity alone may head a column of counts; two of them are a child's.
    """
    known = _spellings()
    inside: set[str] = set()
    weak: set[str] = set()
    for cell in cells:
        condensed = _condensed(cell) if len(cell) <= 60 else ""
        inside.update(name for word, name in known.inside.items() if word in condensed)
        if _EPISODE_DATE.fullmatch(condensed) and not _NOT_A_DAY.search(plain(cell)):
            inside.add("date of an episode")
        if _SOMEBODYS_ID.search(plain(cell)):
            inside.add("child's id")
        if condensed in known.with_another:
            weak.add(known.with_another[condensed])
    telling = len(weak) > 1 and weak - {"name", "id"}  # a table of authorities has a name and an id too
    return inside | (weak if telling else set())
