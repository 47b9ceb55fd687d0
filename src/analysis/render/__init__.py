"""Notebooks run, and made into documents: by Quarto where it is present, else by the embedded renderer."""
