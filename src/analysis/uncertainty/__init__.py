"""How far a figure or a position could differ by chance: intervals of counts, percentages, averages and positions."""
