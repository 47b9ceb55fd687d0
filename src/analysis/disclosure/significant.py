"""Numbers to a few significant figures, as they are printed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def to_significant(value: float, figures: int) -> float:
    """A value to so many significant figures, halves away from zero (of its first 12 figures: 0.1 + 0.2 is 0.3)."""
    exact = Decimal(f"{float(value):.12g}")
    if not exact:
        return 0.0
    last = Decimal(1).scaleb(exact.adjusted() - figures + 1)
    return float(exact.quantize(last, rounding=ROUND_HALF_UP))


def step_of(printed: float, figures: int) -> float:
    """One step of the last printed figure of a number of so many significant figures: 10 for 130 of two of them."""
    exact = Decimal(f"{float(printed):.12g}")
    return float(Decimal(1).scaleb(exact.adjusted() - figures + 1)) if exact else 0.0
