"""Each decoder, each step of the normal form and each part of the deny list, taken away in turn, lets something by."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterator

import pytest
from figure_forms import forms
from pdf_parts import pdf
from planted import vectors

from analysis.audit import decoders, running
from analysis.audit import deny as denying
from analysis.audit import normal as normals
from analysis.audit import read as reading
from analysis.audit.decoders import grid, json_part, tree
from analysis.audit.decoders import pdf as pdf_decoder
from analysis.audit.deny import Deny, Kind
from analysis.audit.kinds import Kind as Format
from analysis.audit.scan import scan

CORPUS = vectors()
DRAWN = {"S": [12.5, 31.75, 58.0, 66.125, 91.5, 120.25, 133.0, 171.5, 188.25, 214.0]}
NEVER = re.compile(r"(?!)")
ALLOWS = {"own_hosts"}
"""Parts of the list that let by what may be said."""
TELLS = {"concealed"}
"""Parts that nothing is looked for by."""


def caught(deny: Deny) -> Iterator[bool]:
    """Of each planted file, whether it is failed for what was planted."""
    normals._short.cache_clear()
    for vector in CORPUS:
        yield vector.kind in {finding.kind for finding in scan(vector.content, deny, name=vector.name).findings}
    for name, content in figures():
        yield Kind.VALUES in {finding.kind for finding in scan(content, deny, DRAWN, name=name).findings}
    normals._short.cache_clear()


def missed(deny: Deny) -> bool:
    """Whether anything of the corpus is no longer caught for what was planted."""
    return not all(caught(deny))


def figures() -> Iterator[tuple[str, bytes]]:
    """The concealed figures as cells of a PDF, as its lines, in a list, as a chart's cache, as dots, and in texts."""
    values = DRAWN["S"]
    cells = (f"1 0 0 1 20 {180 - 9 * row} Tm (Q) Tj 1 0 0 1 90 {180 - 9 * row} Tm ({value}) Tj"
             for row, value in enumerate(values))  # fmt: skip
    yield "cells.pdf", pdf(raw=f"BT /F1 8 Tf {' '.join(cells)} ET".encode())
    lines = " ".join(f"{value + 7} 20 m {value + 7} 60 l S" for value in values)
    yield "lines.pdf", pdf(raw=lines.encode())
    # Beside a row that takes every step nothing can be told but from the line or the series by itself.
    steps = [step / 8 for step in range(80, 1760)]
    yield "list.txt", f"{' and '.join(map(str, steps))}\n\n{', '.join(map(str, values))}\n".encode()
    series = ("".join(f"<pt><v>{value}</v></pt>" for value in row) for row in (steps, values))
    yield "chart.xml", f"<c>{''.join(f'<s>{one}</s>' for one in series)}</c>".encode()
    dots = "".join(f"<circle cx='{value * 1.5}' cy='9' r='3'/>" for value in values)
    yield from ((name, content) for _, name, content in forms(values))
    yield "dots.svg", f"<svg xmlns='http://www.w3.org/2000/svg'>{dots}</svg>".encode()


def nothing(*_: object, **__: object) -> Iterator[object]:
    return iter(())


def decoding() -> Iterator[tuple[str, object]]:
    """Every public function of the decoders that gives what it finds, from the code itself."""
    for module in pkgutil.iter_modules(decoders.__path__):
        held = vars(importlib.import_module(f"{decoders.__name__}.{module.name}"))
        for name, one in held.items():
            own = inspect.isfunction(one) and one.__module__.endswith(f".{module.name}") and not name.startswith("_")
            if own and one.__annotations__.get("return") == "Iterator[Found]":
                yield f"{module.name}.{name}", one


def without(function: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put one that finds nothing in its place, wherever it is used."""
    for name in [name for name in sys.modules if name.startswith("analysis.audit")]:
        for held, one in list(vars(sys.modules[name]).items()):
            if one is function:
                monkeypatch.setattr(sys.modules[name], held, nothing)
    for kind, decoder in reading.DECODERS.items():
        if decoder is function:
            monkeypatch.setitem(reading.DECODERS, kind, nothing)


def test_nothing_is_missed_with_all_of_them(deny: Deny) -> None:
    assert all(caught(deny))


def test_every_format_has_a_decoder() -> None:
    assert set(reading.DECODERS) == set(Format)


@pytest.mark.parametrize("function", [pytest.param(one, id=name) for name, one in decoding()])
def test_without_a_decoder_something_is_missed(function: object, deny: Deny, monkeypatch: pytest.MonkeyPatch) -> None:
    without(function, monkeypatch)
    assert missed(deny)


@pytest.mark.parametrize("part", sorted({field.name for field in dataclasses.fields(Deny)} - ALLOWS - TELLS))
def test_without_a_part_of_the_deny_list_something_is_missed(part: str, deny: Deny) -> None:
    nothing = NEVER if isinstance(getattr(deny, part), re.Pattern) else ()
    assert missed(dataclasses.replace(deny, **{part: nothing}))


@pytest.mark.parametrize(
    "step", sorted(name for name, one in vars(Deny).items() if inspect.isfunction(one) and
                   one.__annotations__.get("return") in ("bool", "Iterator[Kind]") and name != "__eq__")
)  # fmt: skip
def test_without_a_step_of_the_search_something_is_missed(
    step: str, deny: Deny, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Deny, step, nothing if "Iterator" in getattr(Deny, step).__annotations__["return"] else _no)
    assert missed(deny)


def _no(*_: object) -> bool:
    return False


@pytest.mark.parametrize(
    ("module", "step", "instead"),
    [
        (normals, "unescape", lambda text: text),
        (normals, "unquote", lambda text, **_: text),
        (normals, "_ESCAPE", NEVER),
        (normals, "look_alikes", dict),
        (normals, "words_apart", lambda text: text),
        (normals, "_BROKEN", NEVER),
        (denying, "spelt_out", lambda _: []),
        (denying, "undressed", lambda text: text),
        (denying, "is_town", lambda *_: False),
        (denying, "names_a_file", lambda _: False),
        (denying, "_FOLDERS", NEVER),
        (reading, "wrapped", nothing),
        (running, "numbers_in", lambda _: ([], [])),
        (grid, "beside_each_other", nothing),
        (json_part, "beside_each_other", nothing),
        (pdf_decoder, "beside_each_other", nothing),
        (tree, "beside_each_other", nothing),
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
