"""One file for each family of formats: bytes in, everything that can be read in them out."""
