"""Internet addresses of councils, in whichever way they shorten their names."""

from __future__ import annotations

import re

from analysis.audit.names import WORDS
from analysis.audit.normal import letters_only

_LEAST_WITHIN = 5
"""Letters: a shorter name stands in somebody else's label by accident."""
_LEAST_ALONE = 4
_HOST = re.compile(
    r"(?<![a-z0-9.-])([a-z0-9-]+(?:\.[a-z0-9-]+)*?)\.(gov\.uk|(?:sharepoint|onmicrosoft)\.com|local"
    r"|(?:(?:co|org|ac|nhs|sch|net)\.)?uk|com|org|net|info|london)(?![a-z0-9-])", re.I
)  # fmt: skip
_OF_COUNCILS = re.compile(
    r"(cc|bc|dc|mbc|rbc|council|gov|county|countycouncil|city|citycouncil|borough|boroughcouncil|schools|lscb|lscp|lscs)?"
)
_ONLY_COUNCILS = {"gov.uk", "sharepoint.com", "onmicrosoft.com", "local"}
"""Where a label is the name of an organisation, and no word."""


def addressed(text: str, names: tuple[str, ...], own: tuple[str, ...]) -> bool:
    """Whether a council's internet address stands in a text.

    Parameters
    ----------
    text
        In normal form.
    names
        Letters of the concealed names, in small case.
    own
        Beginnings of labels that may be said.
    """
    return "." in text and any(
        _is_of(label, name, host[2].casefold())
        for host in _HOST.finditer(text)
        for label in map(letters_only, host[1].split("."))
        if label and not label.startswith(own or ("\0",))
        for name in names
    )


def _is_of(label: str, name: str, domain: str) -> bool:
    is_word = domain not in _ONLY_COUNCILS and (name in WORDS or len(name) < _LEAST_ALONE)
    if label.startswith(name) and _OF_COUNCILS.fullmatch(label.removeprefix(name)):
        return not is_word or label != name
    return len(name) > _LEAST_WITHIN and not is_word and name in label
