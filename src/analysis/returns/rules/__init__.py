"""Named rules with their severity, policy and remedy: about files, rows, values, cells and their history."""
