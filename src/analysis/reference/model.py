"""The frozen base of every record that people write or that crosses a stage."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """Frozen, and closed: an unknown key is an error, never a silent no-op."""

    model_config = ConfigDict(frozen=True, extra="forbid")
