"""Copies that went out, and the notice that asks for them back.

What was released, when and to whom is in the log's events of release; whoever reads them hands the copies on to here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.reference.matching import plain
from analysis.registers.permissions import Capacity, Permission


@dataclass(frozen=True)
class IssuedCopy:
    """One release to one recipient or audience."""

    release: str
    """Its id; empty for what was never released and went out all the same."""
    title: str
    """What its recipients know it as."""
    audience: str
    shown: tuple[str, ...]
    """DfE codes of the authorities that it names."""
    recipients: tuple[str, ...]
    """Posts or mailboxes."""
    issued: date
    document: str = ""
    """The title of one that was made elsewhere and registered."""


def resting_on(permission: Permission, issued: Iterable[IssuedCopy]) -> tuple[IssuedCopy, ...]:
    """The copies that went to a permission's audience while it held, and show anybody whom it is about.

    What went out on the day of a withdrawal counts: it may have gone in the hours before.
    """
    granted = permission.granted
    until = min(granted.until, permission.withdrawn or granted.until)
    return tuple(
        copy
        for copy in issued
        if plain(copy.audience) == plain(granted.audience)
        and granted.first <= copy.issued <= until
        and (granted.capacity is Capacity.AUTHORISATION or set(copy.shown) & set(granted.authorities))
    )


def showing(authority: str, issued: Iterable[IssuedCopy]) -> tuple[IssuedCopy, ...]:
    """The copies that show an authority."""
    return tuple(copy for copy in issued if authority in copy.shown)


def recall_notice(why: str, copies: Sequence[IssuedCopy], *, sender: str, on: date) -> str:
    """The text of a recall: one for all recipients, to be sent to each apart.

    Parameters
    ----------
    why
        A sentence that names the documents' fault and nobody's figures.
    copies
        In any order; without one nobody has anything to return, and the text says so.
    sender
        Whom to answer: a role or a mailbox.

    Returns
    -------
    str
        A subject line, a blank line and the message. The list of recipients stands apart, under the message, since a
        recipient need not know the others.
    """
    if not copies:
        return f"Subject: Recall\n\n{why}\nNo copy is on record as issued: there is nobody to write to.\n"
    ordered = sorted(copies, key=lambda copy: (copy.issued, copy.release))
    # One document may have gone to several.
    documents = list(dict.fromkeys(f"- {copy.title}, issued {copy.issued}{_number(copy)}" for copy in ordered))
    to = [f"- {', '.join(copy.recipients) or 'recipients not recorded'}: {copy.title}" for copy in ordered]
    return "\n".join((
        f"Subject: Please delete: benchmarking documents ({len(documents)})",
        "",
        "Dear colleague,",
        "",
        why,
        "",
        *documents,
        "",
        "Please delete every copy that you hold, in mailboxes and shared folders too, ask those to whom you passed it",
        f"on to do the same, and answer {sender} when it is done, or say what could not be deleted and why.",
        "",
        f"{on}",
        "",
        "--- For the sender, not part of the message: who received what ---",
        *to,
        "",
    ))  # fmt: skip


def _number(copy: IssuedCopy) -> str:
    return f" (release {copy.release[:12]})" if copy.release else ""
