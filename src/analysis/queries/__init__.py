"""The query round: what each authority is asked about its own figures, on a form, and its answers read back."""
