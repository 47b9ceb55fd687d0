"""Where the marks of a drawing stand: a chart is its data, drawn along a straight line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from analysis.audit.decoders.tree import local
from analysis.audit.found import Found, Numbers

_ACROSS = ("x", "cx", "x1", "x2", "width")
_DOWN = ("y", "cy", "y1", "y2", "height")
_FIGURE = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_TRANSLATE = re.compile(r"(?:translate|matrix)\(([^)]*)\)")
_ENOUGH = 3


def coordinates(root: Any, where: tuple[str, ...]) -> Iterator[Found]:
    """The coordinates of the marks, by element and attribute; as they are, and along each axis with ticks.

    Notes
    -----
    matplotlib draws markers as `use`, lines and bars as `path`; others use `circle`, `rect` and `translate`.
    """
    found: dict[str, list[float]] = defaultdict(list)
    for element in root.iter():
        kind = local(element)
        if kind == "path":
            _path(element.get("d", ""), found, where)
        for name in (*_ACROSS, *_DOWN):
            value = element.get(name, "") if kind else ""
            if _FIGURE.fullmatch(value.removesuffix("px")):
                found[f"{kind} {name}"].append(float(value.removesuffix("px")))
        moved = _TRANSLATE.search(element.get("transform", "")) if kind else None
        if moved:
            pair = [float(part) for part in _FIGURE.findall(moved[1])][-2:]
            for axis, value in zip("xy", pair, strict=False):
                found[f"{kind} moved {axis}"].append(value)
    for name, values in found.items():
        if len(values) >= _ENOUGH:
            yield Numbers((*where, name), tuple(values), mapped=True)
    yield from _along_ticks(root, found, where)


def _path(drawn: str, found: dict[str, list[float]], where: tuple[str, ...]) -> None:
    numbers = [float(part) for part in _FIGURE.findall(drawn)]
    across, down = numbers[::2], numbers[1::2]
    for axis, values in (("x", across), ("y", down)):
        if values:
            # Bars are paths of their own, each with its end somewhere else; a line is one path.
            found[f"path least {axis}"].append(min(values))
            found[f"path greatest {axis}"].append(max(values))
            if len(values) > _ENOUGH:
                found[f"path {len(found)} {axis}"].extend(values)


def _along_ticks(root: Any, found: dict[str, list[float]], where: tuple[str, ...]) -> Iterator[Found]:
    """The coordinates as the figures that a reader takes off the axis."""
    for axis, ending in (("x", ("x", "cx", "x1", "x2")), ("y", ("y", "cy", "y1", "y2"))):
        for slope, start in _scales(root, axis):
            for name, values in found.items():
                if name.split()[-1] in ending and len(values) >= _ENOUGH:
                    read = tuple(slope * value + start for value in values)
                    yield Numbers((*where, name, "read off the axis"), read)


def _scales(root: Any, axis: str) -> list[tuple[float, float]]:
    """Slope and start of each axis whose ticks matplotlib labelled: the label stands in a comment beside its glyphs."""
    by_axes: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for group in root.iter():
        if local(group) != "g" or not re.fullmatch(rf"{axis}tick_\d+", group.get("id", "")):
            continue
        place = next((float(one.get(axis)) for one in group.iter() if local(one) == "use" and one.get(axis)), None)
        said = [one.text or "" for one in group.iter() if not isinstance(one.tag, str) or local(one) == "text"]
        labels = [float(text.strip().replace("−", "-").replace(",", ""))
                  for text in said if re.fullmatch(r"\s*[-−]?[\d,]+(\.\d+)?\s*", text)]  # fmt: skip
        if place is not None and labels:
            by_axes[id(group.getparent())].append((place, labels[0]))
    scales = []
    for ticks in by_axes.values():
        (low, first), (high, last) = min(ticks), max(ticks)
        if high > low and last != first:
            slope = (last - first) / (high - low)
            scales.append((slope, first - slope * low))
    return scales
