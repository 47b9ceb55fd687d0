"""Something reached whom it should not have."""
