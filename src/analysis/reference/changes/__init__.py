"""A world that changes: populations, neighbours, definitions, councils, members, trusts, the processor; each dated."""
