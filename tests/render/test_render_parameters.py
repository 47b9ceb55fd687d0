"""Parameters: strict both ways, from the kit's runner and from a shell."""

import typing
from types import ModuleType

import pytest

from analysis.errors import UsageError
from analysis.render.parameters import DfeParameters, RegionalParameters, ReportParameters, checked_parameters

GIVEN = {"authority": "825", "period": "2025-26-Q2", "variant": "own", "region": "", "source": ""}


def test_a_notebooks_namespace_gives_its_parameters():
    namespace = GIVEN | {
        "__name__": "__main__", "_i1": "code", "In": [""], "Out": {}, "exit": print, "checked_parameters": print,
        "ReportParameters": ReportParameters, "module": ModuleType("module"), "Literal": typing.Literal,
        "List": typing.List, "annotations": __import__("__future__").annotations,  # noqa: UP006
    }  # fmt: skip
    assert checked_parameters(ReportParameters, namespace) == ReportParameters(**GIVEN)


def test_a_code_passed_as_a_number_is_text():
    """`papermill -p authority 825` passes an int."""
    assert checked_parameters(ReportParameters, GIVEN | {"authority": 825}).authority == "825"


def test_an_unknown_parameter_is_an_error_with_a_suggestion():
    with pytest.raises(UsageError, match=r"no parameter 'authorty' \(did you mean 'authority'\?\)"):
        checked_parameters(ReportParameters, GIVEN | {"authorty": "825"})


@pytest.mark.parametrize("name", ["authority", "period", "variant"])
@pytest.mark.parametrize("absent", [True, False], ids=["absent", "left empty"])
def test_a_missing_parameter_is_an_error(name, absent):
    namespace = {key: value for key, value in GIVEN.items() if key != name} if absent else GIVEN | {name: ""}
    with pytest.raises(UsageError, match=f"parameter '{name}' is missing"):
        checked_parameters(ReportParameters, namespace)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("authority", "82"), ("authority", True), ("authority", "Isle of Wight"), ("authority", 8.25),
        ("period", "2025-27-Q2"), ("period", "2025-26-Q5"), ("period", "last quarter"), ("period", 2025),
        ("variant", "dfe"), ("variant", "anonymized"), ("variant", None),
        ("region", "South East"), ("source", "../elsewhere"),
    ],
)  # fmt: skip
def test_a_value_that_makes_no_sense_is_an_error(name, value):
    with pytest.raises(UsageError):
        checked_parameters(ReportParameters, GIVEN | {name: value})


def test_a_financial_year_is_a_period():
    assert checked_parameters(ReportParameters, GIVEN | {"period": "2024-25"}).period == "2024-25"


def test_other_notebooks_have_their_own_parameters():
    with pytest.raises(UsageError, match="no parameter 'variant'"):
        checked_parameters(DfeParameters, GIVEN)
    with pytest.raises(UsageError, match="'region' is missing"):
        checked_parameters(RegionalParameters, {"period": "2025-26-Q2", "region": "", "source": ""})
