"""A break is found by the kit: no return, register or reference table can claim one."""

from __future__ import annotations

import pandas as pd
import pandera.errors
import pytest

from analysis.reference.status import OF_A_COUNT, Status
from analysis.registers.wording import figure_of
from analysis.returns.reading.values import UNREADABLE, read_value
from analysis.returns.schema import CHECKED_SCHEMA


@pytest.mark.parametrize("text", ["b", "B", "[b]", "break"])
def test_its_mark_in_a_return_or_a_correction_can_not_be_read(text: str) -> None:
    assert read_value(text).fault == UNREADABLE
    with pytest.raises(ValueError, match="write digits alone"):
        figure_of(text)


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.GIVEN])
def test_a_checked_cell_has_any_other_status(status: Status) -> None:
    column = CHECKED_SCHEMA.columns["status"]
    cells = pd.DataFrame({"status": [str(status)]}).astype("str")
    if status in OF_A_COUNT:
        column.validate(cells)
    else:
        assert status is Status.BREAK
        with pytest.raises(pandera.errors.SchemaError):
            column.validate(cells)
