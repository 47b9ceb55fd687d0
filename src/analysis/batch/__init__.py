"""Run a list of documents, several at a time; one that fails doesn't stop the others."""
