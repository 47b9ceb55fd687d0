"""A file to rows of text, and text to keys and figures: every spelling that councils send, each choice told."""
