"""The notice by which recipients are asked to give back or destroy what they have."""

from __future__ import annotations

from datetime import date

from analysis.release.manifest import Manifest
from analysis.release.standing import Standing
from analysis.release.states import State


def recall_notice(standing: Standing, manifest: Manifest, on: date) -> str:
    """A plain text with every document and every recipient.

    Parameters
    ----------
    standing
        Superseded or withdrawn.
    on
        The day of the notice.
    """
    names = sorted(manifest.documents)
    wide = max(map(len, names))
    others = sorted(standing.recipients - {one.recipient for one in manifest.documents.values()})
    instead = (
        f"Use the release {standing.superseded_by[:12]} in its place.\n" if standing.state is State.SUPERSEDED else ""
    )
    return "\n".join(
        [
            *(["MADE-UP DATA", ""] if manifest.made_up else []),
            f"RECALL of release {standing.release[:12]} ({standing.scope.words}), {on.day} {on:%B %Y}",
            "",
            f"These documents are {standing.state.words}: {standing.reason}.".replace("..", "."),
            "Please delete every copy that you hold or have passed on, paper too, and say when that is done.",
            instead,
            "Documents and whose copies they are:",
            *(f"  {name:{wide}}  {manifest.documents[name].recipient}" for name in names),
            *(["", "It also went to:", *(f"  {one}" for one in others)] if others else []),
            "",
        ]
    )
