"""JSON and notebooks: keys, strings, arrays of numbers, columns of records, the arrays that Plotly packs."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np

from analysis.audit.budget import Budget
from analysis.audit.decoders.encoding import as_text
from analysis.audit.decoders.grid import known_codes, number
from analysis.audit.found import Found, Inside, Numbers, Place, Said
from analysis.audit.undressed import beside_each_other
from analysis.audit.unreadable import DamagedError, TooDeepError

_ENOUGH = 3
_ID_KEYS = re.compile(
    r"(?:^|[_\W]|(?<=[a-z])(?=[A-Z]))(la|lea|lad|dfe|code|codes|id|ids|authority|reader|area|council)(?:$|[_\W])", re.I
)
_TYPES = {"f8": "<f8", "f4": "<f4", "i1": "i1", "u1": "u1", "i2": "<i2", "u2": "<u2", "i4": "<i4", "u4": "<u4"}
"""Plotly's names of the types of its packed arrays (`dtype` beside `bdata`), all little-endian."""
_FORMATS = {"text/html": "part.html", "image/svg+xml": "part.svg", "application/json": "part.json"}


def json_part(content: bytes, where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    """Everything in a JSON document, keys that stand twice too.

    Raises
    ------
    DamagedError
        If it is no JSON, or a packed array can't be read.
    TooDeepError
        If it is nested too deep to be read.
    """
    text = as_text(content)
    try:
        # As pairs: a dictionary would drop all but the last of two values under one key.
        read = json.loads(text, object_pairs_hook=_Pairs)
    except RecursionError:
        raise TooDeepError("JSON within JSON, too deep to be read") from None
    except ValueError:
        raise DamagedError("JSON that can't be read") from None
    try:
        yield from _value(read, "", where, budget)
        # Whatever holds them: lists of pairs, objects in objects.
        every = tuple(_every(read))
        if len(every) >= _ENOUGH:
            yield Numbers((*where, "every number"), every)
        for word in beside_each_other(_every_text(read)):
            yield Said((*where, "texts joined"), word, Place.BESIDE)
    except RecursionError:
        raise TooDeepError("JSON within JSON, too deep to be read") from None


class _Pairs(list[tuple[str, Any]]):
    """An object of JSON as it stands there."""


def _value(value: Any, key: str, where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    at = (*where, key) if key else where
    is_id = bool(_ID_KEYS.search(key))
    if isinstance(value, _Pairs):
        yield from _object(value, at, budget)
    elif isinstance(value, list):
        yield from _array(value, key, where, budget)
    elif isinstance(value, str):
        # What is called by a number, and no more, is called by a code.
        called = key.casefold() == "name" and value.strip() in known_codes()
        yield Said(at, value, Place.ID if is_id or called else Place.TEXT)
    elif isinstance(value, int | float) and not isinstance(value, bool) and is_id:
        yield Said(at, str(value), Place.ID)


def _every(value: Any) -> Iterator[float]:
    if isinstance(value, _Pairs):
        for _, one in value:
            yield from _every(one)
    elif isinstance(value, list):
        for one in value:
            yield from _every(one)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield float(value)


def _every_text(value: Any) -> Iterator[str]:
    """The strings of a document in its order, without the keys."""
    if isinstance(value, _Pairs):
        for _, one in value:
            yield from _every_text(one)
    elif isinstance(value, list):
        for one in value:
            yield from _every_text(one)
    elif isinstance(value, str):
        yield value


def _object(pairs: _Pairs, where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    budget.tick()
    values = dict(pairs)
    numbers = [value for _, value in pairs if isinstance(value, int | float) and not isinstance(value, bool)]
    if len(numbers) >= _ENOUGH:
        yield Numbers((*where, "values of an object"), tuple(map(float, numbers)))
    if isinstance(values.get("bdata"), str) and isinstance(values.get("dtype"), str):
        yield Numbers((*where, "bdata"), _packed(values["bdata"], values["dtype"]))
        pairs = _Pairs(pair for pair in pairs if pair[0] != "bdata")
    for key, value in pairs:
        yield Said((*where, "key"), key, Place.ID)
        text = _lines(value)
        if key in _FORMATS and text is not None:
            yield Inside((*where, key), _FORMATS[key], text.encode("utf-8"))
        else:
            yield from _value(value, key, where, budget)


def _array(items: list[Any], key: str, where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    at = (*where, key) if key else where
    numbers = [float(item) for item in items if isinstance(item, int | float) and not isinstance(item, bool)]
    numbers = numbers or [value for item in items if isinstance(item, str) and (value := number(item)) is not None]
    if len(numbers) >= _ENOUGH:
        yield Numbers(at, tuple(numbers))
        letters = [int(value) for value in numbers if value.is_integer() and 32 <= value < 0x110000]
        if len(letters) == len(items):
            yield Said((*at, "as letters"), "".join(map(chr, letters)))
    text = _lines(items)
    if text is not None and items:
        # Notebooks keep a text as a list of its lines.
        yield Said(at, text)
        only_codes = len(items) > 1 and set(items) <= known_codes()
        for item in items:
            yield Said(at, item, Place.ID if only_codes or _ID_KEYS.search(key) else Place.TEXT)
        return
    columns: dict[str, list[float]] = defaultdict(list)
    for item in items:
        if isinstance(item, _Pairs):
            for name, value in item:
                if isinstance(value, int | float) and not isinstance(value, bool):
                    columns[name].append(float(value))
        yield from _value(item, key, where, budget)
    for name, values in columns.items():
        if len(values) >= _ENOUGH:
            yield Numbers((*at, name), tuple(values))


def _lines(value: Any) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return "".join(value)
    return None


def _packed(data: str, kind: str) -> tuple[float, ...]:
    if kind not in _TYPES:
        raise DamagedError("a packed array of an unknown type")
    try:
        raw = base64.b64decode(data, validate=True)
        values = np.frombuffer(raw, dtype=_TYPES[kind]).astype(float)
    except (binascii.Error, ValueError):
        raise DamagedError("a packed array that can't be unpacked") from None
    return tuple(values[np.isfinite(values)].tolist())
