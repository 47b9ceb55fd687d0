"""One series at one time for every authority at hand: what a comparison looks at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Snapshot:
    """Figures of one series at one time; NaN where an authority has none."""

    authorities: tuple[str, ...]
    numerator: Values
    denominator: Values
    value: Values

    @classmethod
    def of(cls, rows: pd.DataFrame, authorities: tuple[str, ...]) -> Snapshot:
        """From rows with `authority, numerator, denominator, value`, each authority at most once."""
        aligned = rows.set_index("authority")[["numerator", "denominator", "value"]].reindex(list(authorities))
        return cls(authorities, *(aligned[name].to_numpy(dtype=float) for name in aligned.columns))

    def of_authorities(self, codes: tuple[str, ...]) -> Values:
        """The values of some authorities, in their order."""
        return self.value[pd.Index(self.authorities).get_indexer(pd.Index(codes))]
