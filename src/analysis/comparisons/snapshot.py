"""One series at one time for every authority at hand: what a comparison looks at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.reference.status import Status

Values = npt.NDArray[np.float64]
Statuses = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Snapshot:
    """Figures of one series at one time; NaN where an authority has none."""

    authorities: tuple[str, ...]
    numerator: Values
    denominator: Values
    value: Values
    status: Statuses
    """Of each value: that it is given, or why it is not."""

    @classmethod
    def of(cls, rows: pd.DataFrame, authorities: tuple[str, ...], *, absent: Status = Status.NOT_SUBMITTED) -> Snapshot:
        """From rows with `authority, numerator, denominator, value, status`, each authority at most once.

        `absent` is why an authority that has no row has no figure.
        """
        aligned = rows.set_index("authority").reindex(list(authorities))
        numerator, denominator, value = (
            aligned[name].to_numpy(dtype=float) for name in ("numerator", "denominator", "value")
        )
        status = aligned["status"].astype(object)
        status = status.where(status.notna(), absent.value)
        return cls(authorities, numerator, denominator, value, status.to_numpy())

    def of_authorities(self, codes: tuple[str, ...]) -> Snapshot:
        """The figures of some authorities, in their order; one that is not among ours has none."""
        names = ("numerator", "denominator", "value", "status")
        rows = pd.DataFrame({name: getattr(self, name) for name in names}).assign(authority=self.authorities)
        return Snapshot.of(rows, codes, absent=Status.NOT_AVAILABLE)
