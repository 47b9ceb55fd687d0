"""Reading what people write in YAML: a bad file is refused by name and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from analysis.errors import BadReferenceError

Model = TypeVar("Model", bound=BaseModel)
MAX_DEPTH = 100
"""Lists and mappings inside each other. The kit's deepest file has seven."""
Place = tuple[str | int, ...]
"""The way to a value: keys and positions, as in `("indicators", 3, "title")`."""


@dataclass(frozen=True)
class YamlFile(Generic[Model]):
    """What a file says, and on which line it says it."""

    path: Path
    content: Model
    lines: Mapping[Place, int]

    def refuse(self, what: str, *place: str | int, remedy: str) -> BadReferenceError:
        """The error that names this file and the line of a place in it (the caller raises it)."""
        return _refuse(self.path, self.lines, place, what, remedy)


def read_yaml(path: Path, model: type[Model]) -> YamlFile[Model]:
    """Read a YAML file as a record that has been checked.

    Parameters
    ----------
    path
        A UTF-8 file.
    model
        What it must hold; unknown keys are errors.

    Raises
    ------
    BadReferenceError
        If the file is missing, is not YAML, says a key twice, or does not fit the model: with the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        node = _composed(text, path)
        lines: dict[Place, int] = {(): 1}
        if node is not None:
            _number(node, (), lines, path)
        written = None if node is None else yaml.SafeLoader("").construct_document(node)
    except FileNotFoundError:
        raise BadReferenceError(f"there is no file {path.name}", where=str(path), remedy="check the path") from None
    except OSError as error:
        what = f"{path.name} cannot be read: {error.strerror}"
        raise BadReferenceError(what, where=str(path), remedy="name a file, and close it where it is open") from None
    except UnicodeDecodeError:
        raise BadReferenceError(f"{path.name} is not UTF-8 text", where=str(path), remedy="save it as UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = f"this is not YAML: {getattr(error, 'problem', None) or 'it holds a character that is not allowed'}"
        line: dict[Place, int] = {(): mark.line + 1} if mark is not None else {}
        raise _refuse(path, line, (), what, "mind the indentation, the colons and the quotes") from None
    try:
        return YamlFile(path, model.model_validate(written), lines)
    except ValidationError as error:
        first, *others = _worth_telling(error)
        what = _told(first)
        for other in others[:_TOLD]:
            what += f"; line {_line(lines, other['loc'])}, {_told(other)}"
        if others[_TOLD:]:
            what += f" (and {len(others[_TOLD:])} more)"
        raise _refuse(path, lines, first["loc"], what, _remedy(first["type"])) from None


def _composed(text: str, path: Path) -> yaml.Node | None:
    """The tree of a text. libyaml, where PyYAML has it, is twenty times as fast; PyYAML's own words tell the faults."""
    if yaml.__with_libyaml__:
        try:
            _refuse_depth(text, path)
            return yaml.CSafeLoader(text).get_single_node()
        except yaml.YAMLError:
            pass
    return yaml.SafeLoader(text).get_single_node()


def _refuse_depth(text: str, path: Path) -> None:
    """Read event by event, and no further: libyaml builds a tree of any depth, until the process dies of it."""
    depth = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise _refuse(path, {(): line}, (), "lists inside lists without end", "check the brackets and dashes")


def _number(node: yaml.Node, place: Place, lines: dict[Place, int], path: Path) -> None:
    """Note the line of every value, and refuse a key that stands twice (YAML would keep the last in silence)."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise _refuse(path, {(): line}, (), "a key is a word, not a list or a mapping", "check the indentation")
            at = (*place, key.value)
            if at in lines:
                what = f"{key.value} stands here a second time (first on line {lines[at]})"
                raise _refuse(path, {(): line}, (), what, "keep one of the two")
            lines[at] = line
            _number(value, at, lines, path)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            lines[(*place, index)] = value.start_mark.line + 1
            _number(value, (*place, index), lines, path)


def _refuse(
    path: Path, lines: Mapping[Place, int], place: tuple[Any, ...], what: str, remedy: str
) -> BadReferenceError:
    return BadReferenceError(what, where=f"{'/'.join(path.parts[-2:])}, line {_line(lines, place)}", remedy=remedy)


def _line(lines: Mapping[Place, int], place: tuple[Any, ...]) -> int:
    """The line of a place, or of the nearest that there is around it."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


_TOLD = 4
"""Faults that are told after the first."""
_SAID = {
    "extra_forbidden": "this key is not known",
    "missing": "this key is missing",
    "model_type": "keys with values are wanted here",
    "dict_type": "keys with values are wanted here",
    "mapping_type": "keys with values are wanted here",
    "tuple_type": "a list is wanted here",
    "list_type": "a list is wanted here",
    "too_short": "this list has to have {min_length} or more",
    "string_type": "text is wanted here",
    "string_too_short": "{min_length} characters or more are wanted here",
    "string_too_long": "{max_length} characters at most are wanted here",
    "string_pattern_mismatch": "this has not the form that is wanted ({pattern})",
    "literal_error": "choose from {expected}",
    "enum": "choose from {expected}",
    "int_type": "a whole number is wanted here",
    "int_parsing": "a whole number is wanted here",
    "int_from_float": "a whole number is wanted here",
    "float_type": "a number is wanted here",
    "float_parsing": "a number is wanted here",
    "bool_type": "true or false is wanted here",
    "bool_parsing": "true or false is wanted here",
    "greater_than": "a number above {gt} is wanted here",
    "greater_than_equal": "{ge} or more is wanted here",
    "less_than": "a number below {lt} is wanted here",
    "less_than_equal": "{le} at most is wanted here",
    **dict.fromkeys(
        ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"),
        "a day is wanted here, as 2026-03-20",
    ),
}
"""By pydantic's name of a fault; the numbers and words are those of its own context."""

_LENGTHS = frozenset({"too_short", "too_long"})


def in_words(fault: ErrorDetails) -> str:
    """What is wrong with a value, as the end of a sentence."""
    kind = fault["type"]
    # A text that was made plain first is measured as anything is that has a length.
    known = _SAID.get(f"string_{kind}" if kind in _LENGTHS and isinstance(fault["input"], str) else kind)
    if known is not None:
        return known.format_map(fault.get("ctx", {}))
    said = fault["msg"].removeprefix("Value error, ")
    return said[:1].lower() + said[1:]


def _told(fault: ErrorDetails) -> str:
    # Pydantic's own steps are no keys: "[key]" after a key that is wrong itself, "tuple[...]" for one choice of two.
    place = [str(step) for step in fault["loc"] if "[" not in str(step)]
    return f"{'.'.join(place) or 'the file'}: {in_words(fault)}"


def _worth_telling(error: ValidationError) -> list[ErrorDetails]:
    """The faults of a file. One in a list makes pydantic complain of the list too, which tells nobody anything.

    A key that is not known comes first: it is often the misspelling of one that is then missing.
    """
    faults = error.errors()
    places = [fault["loc"] for fault in faults]
    told = [
        fault
        for fault in faults
        if not any(place != fault["loc"] and place[: len(fault["loc"])] == fault["loc"] for place in places)
    ]
    return sorted(told, key=lambda fault: fault["type"] != "extra_forbidden")


def _remedy(kind: str) -> str:
    if kind == "string_type":
        return "put the value in quotes: codes are text"
    if kind == "extra_forbidden":
        return "this key is not known here: check its spelling, or remove it"
    if kind == "missing":
        return "add the key that is missing"
    return "correct the value"
