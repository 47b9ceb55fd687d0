"""The commands about what the kit knows before any return arrives, and how that changes."""
