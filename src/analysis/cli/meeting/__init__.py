"""`tartanrug meeting`: one module for each command."""
