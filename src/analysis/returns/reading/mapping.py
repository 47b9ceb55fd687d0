"""Templates: how another layout's columns and measures map to the format's. Written in YAML, so no code is needed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from analysis.config import PACKAGE
from analysis.reference.model import Record
from analysis.reference.registry import Registry
from analysis.reference.yaml_file import read_yaml
from analysis.returns.reading.spelling import heading

Column = Literal[
    "Region", "LA Code", "LA Name", "Financial Year", "Quarter", "Period", "Measure ID", "Measure Name",
    "Measure Value", "Measure Quality",
]  # fmt: skip
HEADER: tuple[Column, ...] = (
    "Region", "LA Code", "LA Name", "Financial Year", "Quarter", "Measure ID", "Measure Name", "Measure Value",
    "Measure Quality",
)  # fmt: skip
"""The columns of the format, in its order. (`Period` is for templates that write `2025-26 Q2` in one column.)"""
OPTIONAL = frozenset({"Region", "LA Name", "Measure Name", "Measure Quality"})
TEMPLATES = PACKAGE / "returns" / "reading" / "templates"


class Template(Record):
    """One layout: which of its columns is which, and which of its measures."""

    id: str
    title: str
    layout: Literal["long", "wide"]
    """long: one row for each authority, quarter and measure. wide: one row for each authority and quarter, and a
    column for each measure."""
    columns: dict[Column, str] = Field(min_length=1)
    """The format's column to the template's name for it."""
    measures: dict[str, str] = Field(default={})
    """The template's measure (wide: a column's name; long: an id) to the kit's measure id."""
    left_out: tuple[str, ...] = ()
    """Columns of the template that are left out on purpose, such as totals."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        needed = {"LA Code"} | ({"Measure ID", "Measure Value"} if self.layout == "long" else set())
        if not needed <= self.columns.keys():
            raise ValueError(f"columns must name {', '.join(sorted(needed - self.columns.keys()))}")
        if ("Period" in self.columns) == bool({"Financial Year", "Quarter"} & self.columns.keys()):
            raise ValueError("columns must name either Period, or Financial Year and Quarter")
        if ("Financial Year" in self.columns) != ("Quarter" in self.columns):
            raise ValueError("columns must name Financial Year and Quarter together")
        if self.layout == "wide" and not self.measures:
            raise ValueError("a wide template must name its measures")
        if self.layout == "wide" and {"Measure ID", "Measure Name", "Measure Value"} & self.columns.keys():
            raise ValueError("a wide template has no column for the measure or its value")
        theirs = [*self.columns.values(), *self.left_out, *(self.measures if self.layout == "wide" else ())]
        if len(set(map(heading, theirs))) < len(theirs):
            raise ValueError("two entries name the same column of the template")
        if self.layout == "wide" and len(set(self.measures.values())) < len(self.measures):
            raise ValueError("two columns are mapped to the same measure")
        return self

    @property
    def required(self) -> tuple[str, ...]:
        """The template's columns without which a file is not of this layout."""
        return tuple(theirs for ours, theirs in self.columns.items() if ours not in OPTIONAL)


STANDARD = Template(
    id="standard", title="The format of this kit", layout="long", columns={column: column for column in HEADER}
)


def load_template(path: Path, registry: Registry) -> Template:
    """Read a template.

    Parameters
    ----------
    path
        A YAML file, see docs/returns.md.
    registry
        Knows the measures.

    Raises
    ------
    BadReferenceError
        By name and line: an unknown key, a column that is mapped twice, a measure that the registry does not have.
    """
    file = read_yaml(path, Template)
    for theirs, ours in file.content.measures.items():
        if ours not in registry.measures:
            what = f"{theirs} is mapped to {ours}, which is no measure"
            raise file.refuse(what, "measures", theirs, remedy="use a measure id of docs/returns.md")
    return file.content


@cache
def _packaged(names: tuple[str, ...]) -> tuple[Template, ...]:
    return tuple(read_yaml(TEMPLATES / name, Template).content for name in names)


def packaged_templates() -> tuple[Template, ...]:
    """The templates that come with the kit."""
    return _packaged(tuple(path.name for path in sorted(TEMPLATES.glob("*.yml"))))
