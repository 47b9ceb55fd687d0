"""Each decoder, each step of the normal form and each part of the deny list, taken away in turn, lets something by."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

import pytest
from planted import Vector, vectors

from analysis.audit import deny as denying
from analysis.audit import normal as normals
from analysis.audit import read as reading
from analysis.audit.deny import Deny
from analysis.audit.kinds import Kind as Format
from analysis.audit.scan import scan

CORPUS = vectors()
NEVER = re.compile(r"(?!)")


def missed(deny: Deny) -> list[str]:
    """What of the corpus is no longer caught for what was planted."""
    normals._short.cache_clear()
    found = [vector.id for vector in CORPUS if not _caught(vector, deny)]
    normals._short.cache_clear()
    return found


def _caught(vector: Vector, deny: Deny) -> bool:
    return vector.kind in {finding.kind for finding in scan(vector.content, deny, name=vector.name).findings}


def nothing(*_: object) -> Iterator[object]:
    return iter(())


def test_nothing_is_missed_with_all_of_them(deny: Deny) -> None:
    assert missed(deny) == []


@pytest.mark.parametrize("kind", Format)
def test_without_a_decoder_something_is_missed(kind: Format, deny: Deny, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(reading.DECODERS, kind, nothing)
    assert missed(deny)


@pytest.mark.parametrize("part", ["names", "exact", "squashed", "shapes", "codes_in_ids", "codes_in_text", "ons_codes",
                                  "people", "machines"])  # fmt: skip
def test_without_a_part_of_the_deny_list_something_is_missed(part: str, deny: Deny) -> None:
    assert missed(dataclasses.replace(deny, **{part: NEVER}))


def test_without_addresses_something_is_missed(deny: Deny) -> None:
    assert missed(dataclasses.replace(deny, hosts=()))


@pytest.mark.parametrize(
    ("module", "step", "instead"),
    [
        (normals, "unescape", lambda text: text),
        (normals, "unquote", lambda text, **_: text),
        (normals, "_ESCAPE", NEVER),
        (normals, "look_alikes", dict),
        (denying, "words_apart", lambda text: text),
        (denying, "spelt_out", lambda _: []),
        (denying, "is_town", lambda *_: False),
        (denying, "names_a_file", lambda _: False),
        (denying, "_FOLDERS", NEVER),
        (reading, "wrapped", nothing),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_without_a_step_something_is_missed(
    module: object, step: str, instead: object, deny: Deny, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, step, instead)
    normals._plain_letters.cache_clear()
    found = missed(deny)
    monkeypatch.undo()
    normals._plain_letters.cache_clear()
    assert found
