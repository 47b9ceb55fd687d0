"""From returns as received to checked counts: read, refuse what is child-level, ask about the rest."""
