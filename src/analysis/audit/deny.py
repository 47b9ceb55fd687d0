"""What must not be said in a pack: the names and codes of whoever is concealed there, people, machines and folders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from analysis.audit import codes
from analysis.audit.found import Place
from analysis.audit.hosts import addressed
from analysis.audit.names import (
    PHRASES,
    WORDS,
    codes_of,
    dotted,
    either,
    has_shape,
    is_short,
    longest_word,
    names_of,
    of_a_person,
    other_forms,
    spaced,
    squashed,
)
from analysis.audit.normal import THIN, letters_only, normal, readings, shape, spelt_out
from analysis.audit.town import is_town, names_a_file
from analysis.audit.undressed import undressed
from analysis.reference.authorities import authorities


class Kind(StrEnum):
    """What was found; never which."""

    NAME = "a concealed authority's name"
    CODE = "a concealed authority's code"
    ADDRESS = "a concealed authority's internet address"
    PERSON = "a person"
    MACHINE = "a user, a host or another word that was given"
    PATH = "a folder of somebody's machine"
    VALUES = "a concealed authority's figures"
    UNREAD = "a part that could not be read"


_LEAST_AMONG_BYTES = 5
"""Letters: a shorter name stands in packed bytes by accident."""
_LETTERS = re.compile(r"[^\W\d_]+")
_IN_A_CASE = re.compile(r"[a-z]?[A-Z]?[a-z]*|[A-Z]+")
"""`Wight`, `wight`, `WIGHT` and `iWight`; of the 32 ways to write a name of five letters most are accidents."""
_LEAST_OWN_HOST = 4
_LETTER_BEFORE, _LETTER_AFTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"
_SIGN_BEFORE, _SIGN_AFTER = r"(?<![^\W_])", r"(?![^\W_])"
_FOLDERS = re.compile(
    r"(?<![\w.])/(?:home|Users|root)/[\w.-]+|\b[A-Za-z]:[\\/]+(?:Users|Documents and Settings)[\\/]+\S|file:///\S"
    r"|(?<![\w\\:])\\\\[\w.-]+\\[\w$.-]+",
)
_PACKED = re.compile(r"(?i:data:(?:[\w.+-]+/[\w.+-]+)?(?:;[\w=.-]+)*?;base64),[A-Za-z0-9+/=]{8,}|[A-Za-z0-9+/=]{2000,}")
"""What a data address holds, and long runs like it: it is unpacked and read as what it is, or fails the file."""
_GENERIC = {
    "root", "user", "users", "admin", "administrator", "runner", "ubuntu", "debian", "jovyan",
    "home", "localhost", "vscode", "guest", "default", "system", "nobody",
}  # fmt: skip
"""Names of users and hosts that name nobody."""
_LEAST_MACHINE = 4


@dataclass(frozen=True)
class Deny:
    """What is looked for, compiled once for a pack."""

    names: re.Pattern[str]
    words: tuple[str, ...]
    """Of each denied name the longest word, in small letters: a text without any of them needs no closer look."""
    exact: re.Pattern[str]
    """Abbreviations of two or three letters, in their own case."""
    squashed: re.Pattern[str]
    shapes: re.Pattern[str]
    codes_in_ids: re.Pattern[str]
    codes_in_text: re.Pattern[str]
    ons_codes: re.Pattern[str]
    people: re.Pattern[str]
    machines: re.Pattern[str]
    hosts: tuple[str, ...]
    own_hosts: tuple[str, ...]
    concealed: frozenset[str]
    """DfE codes of those who are concealed."""

    def kinds_in(self, text: str, place: Place) -> frozenset[Kind]:
        """What of it stands in a text.

        Parameters
        ----------
        text
            As it was found.
        place
            In what kind of place.
        """
        if not text.isascii() and THIN.search(text):  # It may break a name, or part two words.
            return self.kinds_in(THIN.sub("", text), place) | self.kinds_in(THIN.sub(" ", text), place)
        # The letters that a picture is written in spell abbreviations by accident.
        cased = normal(_PACKED.sub(" ", text))
        if place is Place.PIECES:
            return frozenset({Kind.NAME} if self._squashed(cased) else ())
        if place is Place.BESIDE:
            return frozenset({Kind.NAME} if self._across(cased) else ())
        if place in (Place.SOURCE, Place.BYTES):
            return frozenset(self._in_source(cased, place))
        return frozenset(self._in_words(cased, place))

    def _in_source(self, cased: str, place: Place) -> Iterator[Kind]:
        if any(self._named(one, place) for one in readings(cased)):
            yield Kind.NAME
        if self.ons_codes.search(cased):
            yield Kind.CODE

    def _in_words(self, cased: str, place: Place) -> Iterator[Kind]:
        in_place = self.codes_in_ids if place is Place.ID else self.codes_in_text
        if self.ons_codes.search(cased) or in_place.search(cased):
            yield Kind.CODE
        if not any(letter.isalpha() for letter in cased):
            return
        if any(self._named(one, place) for one in readings(cased)) or self._disguised(cased):
            yield Kind.NAME
        if self._addressed(cased):
            yield Kind.ADDRESS
        if self.people.search(cased):
            yield Kind.PERSON
        if self.machines.search(cased):
            yield Kind.MACHINE
        if _FOLDERS.search(cased):
            yield Kind.PATH

    def _named(self, cased: str, place: Place) -> bool:
        for match in self.names.finditer(cased) if self._may_name(cased) else ():
            said = match.group()
            if match.lastgroup != "denied" or (said.casefold() in WORDS and not _is_name(cased, match, place)):
                continue
            if place is not Place.BYTES or _is_written(said):
                return True
        if place in (Place.SOURCE, Place.BYTES, Place.FEW):
            return False
        found = (match for match in self.exact.finditer(cased) if match.lastgroup == "denied")
        # `IoW` and `B & H` have a capital at each end; so has no word.
        return any(place is Place.ID or (match[0][0].isupper() and match[0][-1].isupper()) for match in found)

    def _across(self, cased: str) -> bool:
        """Whether a name that is no word stands there with a capital: small letters may meet by accident."""
        found = self.names.finditer(cased) if self._may_name(cased) else ()
        named = (match[0] for match in found if match.lastgroup == "denied")
        return any(name[0].isupper() and name.casefold() not in WORDS for name in named)

    def _may_name(self, cased: str) -> bool:
        """Whether the names are worth looking for: beyond ASCII other letters may be small forms of these."""
        plain = cased.lower()
        return not cased.isascii() or any(word in plain for word in self.words)

    def _disguised(self, cased: str) -> bool:
        """Whether a name stands there letter by letter, across other marks, or in figures for letters."""
        if any(self._named(run, Place.TEXT) for run in spelt_out(cased) if run.casefold() not in WORDS):
            return True
        if self._backwards(cased) or self._squashed(cased):
            return True
        bare = undressed(cased)
        if bare != cased and self._named(bare, Place.SOURCE):
            return True
        return any(match.lastgroup == "denied" for match in self.shapes.finditer(shape(cased)))

    def _squashed(self, cased: str) -> bool:
        return any(match.lastgroup == "denied" for match in self.squashed.finditer(letters_only(cased)))

    def _backwards(self, cased: str) -> bool:
        """Whether a name stands there from its end to its beginning; no word is one."""
        if not self._may_name(cased[::-1]):
            return False
        found = (match for match in self.names.finditer(cased[::-1]) if match.lastgroup == "denied")
        return any(match[0].casefold() not in WORDS for match in found)

    def _addressed(self, cased: str) -> bool:
        """Whether a council's internet address stands there, in whichever way it shortened its name."""
        return addressed(cased, self.hosts, self.own_hosts)


def _is_written(said: str) -> bool:
    """Whether letters among packed bytes are a name as somebody writes it: long, and in no mixture of cases."""
    return len(letters_only(said)) >= _LEAST_AMONG_BYTES and all(map(_IN_A_CASE.fullmatch, _LETTERS.findall(said)))


def _is_name(cased: str, match: re.Match[str], place: Place) -> bool:
    """Whether a name that is a word as well is meant as a name."""
    word = match.group()
    if place in (Place.SOURCE, Place.BYTES):
        return False
    if word.casefold() in PHRASES:
        return word.istitle() or word.replace("for", "For").istitle()
    if word.casefold() != "reading":
        return word[0].isupper() or place is Place.ID
    return (place is Place.ID and names_a_file(cased)) or is_town(cased, match.start(), match.end())


def deny_list(
    concealed: Iterable[str],
    *,
    allowed: Iterable[str] = (),
    people: Iterable[str] = (),
    machines: Iterable[str] = (),
) -> Deny:
    """What must not be said in a pack.

    Parameters
    ----------
    concealed
        DfE codes of the authorities that nobody may recognise in it.
    allowed
        DfE codes of those that may be named: the reader, and who permits it. Their names go before others that are
        parts of them: a pack for South Gloucestershire doesn't name Gloucestershire.
    people
        Names of people, `Jane Smith`.
    machines
        Names of users and hosts, and any other word. Those that name nobody (`root`, `localhost`) and those under
        four letters are left out.

    Raises
    ------
    KeyError
        If a code is no authority's.
    """
    known = authorities()
    own = [known[code] for code in dict.fromkeys(allowed)]
    hidden = [known[code] for code in dict.fromkeys(concealed) if known[code] not in own]
    own_names = names_of(own)
    also_own = {name.casefold() for name in own_names}
    names = [name for name in names_of(hidden) if name.casefold() not in also_own]
    own_codes = {part for one in own for part in codes_of(one)}
    every_code = sorted({part for one in hidden for part in codes_of(one)} - own_codes)
    dfe_codes = [code for code in every_code if code.isdigit()]
    ons_codes = [code for code in every_code if not code.isdigit()]
    hosts = {letters_only(name) for name in own_names}
    words = [re.escape(word) for word in machines if len(word) >= _LEAST_MACHINE and word.casefold() not in _GENERIC]
    long_names, own_long = ([one for one in some if not is_short(one)] for some in (names, own_names))
    forms, own_forms = long_names + other_forms(long_names), own_long + other_forms(own_long)
    return Deny(
        names=either(list(map(spaced, forms)), list(map(spaced, own_forms)), _LETTER_BEFORE, _LETTER_AFTER),
        words=tuple(sorted({longest_word(name) for name in forms})),
        exact=either(
            [dotted(name) for name in names if is_short(name)],
            [dotted(name) for name in own_names if is_short(name)],
            _SIGN_BEFORE,
            _SIGN_AFTER,
        ),
        squashed=either(squashed(names), squashed(own_names)),
        shapes=either(
            [spaced(shape(name)) for name in names if has_shape(name)],
            [spaced(shape(name)) for name in own_names if has_shape(name)],
            _LETTER_BEFORE,
            _LETTER_AFTER,
        ),
        codes_in_ids=codes.in_ids(dfe_codes),
        codes_in_text=codes.in_text(dfe_codes),
        ons_codes=either([r"[\s_.-]?".join(code) for code in ons_codes], [], _SIGN_BEFORE, r"(?!\d)"),
        people=either([form for person in people for form in of_a_person(person)], [], _LETTER_BEFORE, _LETTER_AFTER),
        machines=either(words, [], _SIGN_BEFORE, _SIGN_AFTER),
        hosts=tuple(sorted({letters_only(name) for name in names}, key=len, reverse=True)),
        own_hosts=tuple(sorted(host for host in hosts if len(host) >= _LEAST_OWN_HOST)),
        concealed=frozenset(one.code for one in hidden),
    )
