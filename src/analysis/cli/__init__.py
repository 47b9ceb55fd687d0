"""The command line: `app` holds the words and options, and each other file one command."""
