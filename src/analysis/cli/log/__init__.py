"""The commands about the log: who is who in it, what it holds, and whether it is whole."""
