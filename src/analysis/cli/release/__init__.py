"""The commands about what may leave the kit."""
