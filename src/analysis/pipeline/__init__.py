"""Run the stages in order, keep their tables, and hand out views."""
