"""A world that changes: definitions, populations, authorities. One file a change, dated and signed off."""
