"""The commands about the bands of anonymised packs."""
