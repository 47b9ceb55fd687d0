"""Notebooks run, and made into documents: by Quarto where it is present, else by the embedded renderer."""

import sys

# JupyterLab brings a grammar of addresses that is built anew, for over a second, in each process that imports the
# library of notebooks. Nothing here checks an address by it, and that library does without where it is absent.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
