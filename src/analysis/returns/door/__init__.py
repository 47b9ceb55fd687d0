"""Child-level data is turned away before anything else is said about a file (S1 14; S0 5.3)."""
