"""How much history a reading over time needs."""

from __future__ import annotations

QUARTERS_FOR_READINGS = 16
"""Quarters that an authority needs before anything is read from its series over time: four years.

In simulated quarters of 19 authorities and 18 indicators with true trends in 5 % of the series, 26 to 50 % of the
trends that even the best of the tests named at 12 quarters were false (the project's notes on statistics, "Slow
trends": no reading of a trend under 16 quarters).
"""
