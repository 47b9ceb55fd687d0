"""What each report notebook must be told: one typed model per notebook, strict both ways.

Papermill only warns about a parameter that a notebook doesn't know, and runs a notebook whose parameter is missing on
its default. Here both are errors, from the kit's runner and from a plain `papermill` in a shell.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, StringConstraints, ValidationError

from analysis.errors import UsageError
from analysis.reference.model import Record
from analysis.reference.periods import Quarter

_IPYTHON_NAMES = frozenset({"In", "Out"})
_MACHINERY = frozenset({"typing", "types", "__future__"})

P = TypeVar("P", bound=Record)


def _code_as_text(value: object) -> object:
    # `papermill -p authority 825` passes a number.
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _real_period(value: object) -> object:
    if isinstance(value, str) and value:
        Quarter.parse(value if "Q" in value else f"{value}-Q4")
    return value


Authority = Annotated[str, BeforeValidator(_code_as_text), StringConstraints(pattern=r"^\d{3}$")]
Period = Annotated[str, BeforeValidator(_real_period), StringConstraints(pattern=r"^\d{4}-\d{2}(-Q[1-4])?$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
NameOrUsual = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9]*(-[a-z0-9]+)*)?$")]
"""Empty for what is usual: the authority's own region, the returns received."""


class ReportParameters(Record):
    """`report.ipynb`: one authority, one period, one reader."""

    authority: Authority
    period: Period
    variant: Literal["internal", "own", "anonymised", "public"]
    region: NameOrUsual
    source: NameOrUsual


class DfeParameters(Record):
    """`dfe_summary.ipynb`: one authority's summary for the DfE."""

    authority: Authority
    period: Period
    region: NameOrUsual
    source: NameOrUsual


class BriefParameters(Record):
    """`brief.ipynb`: one indicator of one authority, for readers who see no other's."""

    authority: Authority
    period: Period
    variant: Literal["own", "anonymised"]
    indicator: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_-]+$")]
    region: NameOrUsual
    source: NameOrUsual


class RegionalParameters(Record):
    """`regional_overview.ipynb` and the documents for meetings: one region."""

    period: Period
    region: Name
    source: NameOrUsual


def checked_parameters(model: type[P], namespace: Mapping[str, Any]) -> P:
    """The notebook's parameters, checked. Called in the cell after the parameters with `globals()`.

    Parameters
    ----------
    model
        The notebook's own model.
    namespace
        The notebook's names so far. Every public name there that is no function, class or module must be a parameter.

    Raises
    ------
    UsageError
        If a parameter is unknown, missing or not what it should be.
    """
    given = {name: value for name, value in namespace.items() if _is_parameter(name, value)}
    unknown = [name for name in given if name not in model.model_fields]
    if unknown:
        raise UsageError(
            "; ".join(f"there is no parameter {name!r}{_meant(name, model.model_fields)}" for name in unknown),
            remedy=f"the parameters are {', '.join(model.model_fields)}",
        )
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise UsageError(
            "; ".join(
                _complaint(".".join(map(str, each["loc"])), each["input"], each["msg"]) for each in error.errors()
            ),
            remedy=f"the parameters are {', '.join(model.model_fields)}",
        ) from None


def _is_parameter(name: str, value: object) -> bool:
    return not (
        name.startswith("_")
        or name in _IPYTHON_NAMES
        or callable(value)
        or isinstance(value, ModuleType)
        or type(value).__module__ in _MACHINERY
    )


def _meant(name: str, names: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, names, n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""


def _complaint(name: str, given: object, message: str) -> str:
    # A parameters cell names each parameter with an empty text; an absent one comes with the whole namespace as input.
    if given == "" or isinstance(given, dict):
        return f"parameter {name!r} is missing"
    return f"parameter {name!r} cannot be {given!r}: {message}"
