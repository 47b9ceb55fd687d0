"""Counts become figures: windows, rates, percentages and durations, for all authorities at once."""
