"""Who may see what is named, and what sharing rests on."""
