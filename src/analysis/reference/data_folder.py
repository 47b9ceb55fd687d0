"""Where the reference files of the package are."""

from __future__ import annotations

from analysis.config import PACKAGE

DATA = PACKAGE / "reference" / "data"
