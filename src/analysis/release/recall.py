"""The notice by which recipients are asked to give back or destroy what they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from analysis.release.standing import Standing


def recall_notice(
    standing: Standing,
    copies: Mapping[str, str],
    on: date,
    *,
    instead: str = "",
    made_up: bool = False,
    erased: date | None = None,
) -> str:
    """A plain text with every document and every recipient.

    Parameters
    ----------
    standing
        Superseded or withdrawn.
    copies
        Whose copy each document is, by its name. Empty where the manifest is not kept any more: the notice is then from
        the log alone, which knows what the release was of, how many documents it had, and everybody who was sent it.
    on
        The day of the notice.
    instead
        The release that is in use in its place (`standing.in_place_of`); empty where none is.
    made_up
        Whether its figures are.
    erased
        The day on which the kit's own copies were erased on a controller's word; None where they were not.
    """
    use = f"Use the release {instead[:12]} in its place.\n" if instead else "No other release is in use in its place.\n"
    return "\n".join(
        [
            *(["MADE-UP DATA", ""] if made_up else []),
            f"RECALL of release {standing.release[:12]} ({standing.scope.words}), {on.day} {on:%B %Y}",
            "",
            f"These documents are {standing.state.words}: {standing.reason}.".replace("..", "."),
            "Please delete every copy that you hold or have passed on, paper too, and say when that is done.",
            *([_of_erasure(erased)] if erased is not None else []),
            use,
            *(_listed(standing, copies) if copies else _from_the_log(standing)),
            "",
        ]
    )


def _of_erasure(day: date) -> str:
    return f"The group's own copies were erased on {day.day} {day:%B %Y}, on the instruction of a controller."


def _listed(standing: Standing, copies: Mapping[str, str]) -> Iterator[str]:
    wide = max(map(len, copies))
    yield "Documents and whose copies they are:"
    yield from (f"  {name:{wide}}  {copies[name]}" for name in sorted(copies))
    others = sorted(standing.recipients - {*copies.values()})
    if others:
        yield from ("", "It also went to:", *(f"  {one}" for one in others))


def _from_the_log(standing: Standing) -> Iterator[str]:
    yield f"The list of its {standing.documents} documents is kept no longer: it is every document of this release,"
    yield f"{standing.scope.words}, for {standing.scope.audience}."
    yield ""
    yield "It went to:"
    yield from (f"  {name}, {day.day} {day:%B %Y}" for name, day in standing.sent)
