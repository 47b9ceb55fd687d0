"""`tartanrug release status`: the releases of a region on one screen, as a page, and what a successor needs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from analysis import store
from analysis.cli.identity import ATTESTED
from analysis.cli.release.changed import refuse_changed_sources
from analysis.cli.release.desk import Desk, desk_of
from analysis.cli.release.end import manifest_kept
from analysis.cli.release.handover import handover as for_a_successor
from analysis.config import shown
from analysis.disclosure.policy import policy
from analysis.errors import ExitCode
from analysis.pipeline.collection import MADE_UP
from analysis.registers.erased import reproducibility_notes
from analysis.registers.people import people_path, read_people
from analysis.release.board import HEADINGS, Line, as_page, board
from analysis.release.decisions import refuse_other_policy, refuse_out_of_use
from analysis.release.refused import ChangedSinceError, RefusedError
from analysis.release.staged import read_whole
from analysis.release.standing import Standing
from analysis.render.stamp import content_id, stamp
from analysis.views.model import Variant


def status(
    region: str, source: str, period: str, console: Console, *, at: datetime, html: Path | None, handover: bool
) -> int:
    """Show where each release stands.

    Raises
    ------
    UserError
        If there is no such region or source, or the log or a register can't be read.
    """
    desk = desk_of(region, source)
    chain, rules, people = desk.chain(), desk.rules.review, read_people(people_path(desk.registers))
    lines = board(chain, rules, at.date(), people.name_of, lambda one: _wrong_with(desk, one, at.date()), period)
    title = f"Releases of {desk.region.name} on {at.day} {at:%B %Y}"
    notes = [ATTESTED, f"Log head: {chain.head}", *reproducibility_notes(chain)]
    table = Table(*HEADINGS, title=escape(title), box=None, pad_edge=False)
    for line in lines:
        table.add_row(*map(escape, line.cells), style="red" if line.late else None)
    console.print(table)
    told = for_a_successor(desk, chain, at.date(), people) if handover else ()
    for note in (*(["MADE-UP DATA"] if desk.source == MADE_UP else []), *notes, *told):
        console.print(escape(note))
    if html is not None:
        told = for_a_successor(desk, chain, at.date()) if handover else ()
        store.write_text(html, as_page(lines, title, (*notes, *told), _marking(desk, lines, at.date())))
        console.print(f"The same as a page: {escape(shown(html.resolve()))}")
    return int(ExitCode.OK)


def _marking(desk: Desk, lines: Sequence[Line], on: date) -> list[str]:
    """How far the page may go, for whom and until when; its content id is of what its lines say."""
    # For a page alone: the words of documents load for seconds.
    from analysis.views.words import MARKINGS

    said = json.dumps([line.by_post for line in lines]).encode()
    content = content_id(said, (), (policy().sha256, desk.rules.sha256), store.kit_fingerprint())
    until = desk.rules.use_until(Variant.INTERNAL, on)
    line = stamp(Variant.INTERNAL, content, until, "the data benchmarking group")
    return [*(["MADE-UP DATA"] if desk.source == MADE_UP else []), MARKINGS[Variant.INTERNAL], line]


def _wrong_with(desk: Desk, one: Standing, on: date) -> str:
    """Why the files of an open release can't go out any more, or those of a released one should be superseded."""
    try:
        if one.open:
            whole = read_whole(desk.staging(one.scope), one.release)
            refuse_other_policy(whole.manifest, desk.rules, policy().sha256)
            refuse_out_of_use(whole.manifest, on)
            refuse_changed_sources(desk, whole.manifest)
        elif (manifest := manifest_kept(desk, one)) is not None:
            refuse_out_of_use(manifest, on)
            refuse_changed_sources(desk, manifest, released=True)
    except RefusedError as refused:
        to_do = "supersede it" if isinstance(refused, ChangedSinceError) else "look at it"
        return f"{'approvals void' if one.open else to_do}, {refused.where}: {refused.what}"
    return ""
