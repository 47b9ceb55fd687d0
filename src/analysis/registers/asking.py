"""The text that asks authorities for their permission: the same for each of them, and it names none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analysis.registers.scope import Scope


def asking_text(
    *,
    audience: str,
    scope: Scope,
    purpose: str,
    until: date,
    reply_to: str,
    collective: Sequence[str] = (),
    body: str = "",
) -> str:
    """What to write to everybody whose permission is missing.

    Parameters
    ----------
    audience, scope, purpose
        Who is to see what, and what for.
    until
        The last day that is asked for.
    reply_to
        A role or a mailbox.
    collective
        Bodies that may permit in the authorities' place.
    body
        A body whose authorisation is needed besides; empty where none is.

    Returns
    -------
    str
        A subject line, a blank line and the message; lines end with a line feed.
    """
    lines = [
        f"Subject: May a report that names your authority go to {audience}?",
        "",
        "Dear colleague,",
        "",
        f"{audience} is to see a benchmarking report in which your authority is named.",
        f"It shows: {scope.words}.",
        f"It is for: {purpose}.",
        "",
        "The memorandum keeps such reports for internal and limited use unless the other authorities have expressly",
        "permitted more. Without your permission the report goes out with your authority concealed, or not at all.",
        "",
        "Please answer with one of these, and say which post you hold:",
        f"  Yes, until {until}.",
        "  Yes, but only for these indicators or quarters, or until an earlier day: ...",
        "  No.",
        "",
        "You can withdraw a yes at any time; copies that are out are then recalled.",
        f"Please answer to {reply_to}.",
    ]
    if collective:
        lines += ["", f"{' or '.join(collective)} may answer for several authorities together."]
    if body:
        lines += ["", f"Beside the authorities' permissions, {body} has to authorise it."]
    return "\n".join([*lines, ""])
