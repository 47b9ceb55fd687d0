"""The commands about what is unusual, and about what only seems so."""
