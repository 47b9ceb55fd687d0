"""The text that asks an authority for figures that went with another's file: it names nobody else."""

from __future__ import annotations

from collections.abc import Sequence


def asking_again_text(name: str, quarters: Sequence[str], send_to: str) -> str:
    """What to write to whom whose figures stood in a file that had to be deleted.

    Parameters
    ----------
    name
        Of the authority that is asked.
    quarters
        As `2025-26-Q2`.
    send_to
        A role or a mailbox.
    """
    return "\n".join((
        f"Subject: {name}: please send your return again",
        "",
        "Dear colleague,",
        "",
        "A file that held your figures beside another authority's had to be deleted as a whole, on that authority's",
        "instruction. Nothing was wrong with yours. Please send them again, alone:",
        f"{', '.join(quarters) or 'all of it'}.",
        "",
        f"Please send them to {send_to}.",
        "",
    ))  # fmt: skip
