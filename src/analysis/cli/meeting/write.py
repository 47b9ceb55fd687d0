"""`tartanrug meeting ...`: a document for a meeting, from its view to `reports/out/`."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from filelock import FileLock, Timeout
from rich.console import Console
from rich.markup import escape

from analysis import store
from analysis.batch.documents import make
from analysis.batch.manifest import write_manifest
from analysis.batch.work import Job
from analysis.cli.days import epoch_of
from analysis.cli.known_word import known_word
from analysis.cli.note_built import note_copies
from analysis.cli.outside import refuse_outside
from analysis.cli.release.desk import desk_of
from analysis.cli.source import source_of
from analysis.cli.stamps import Stamps
from analysis.config import shown, workspace
from analysis.disclosure.policy import policy
from analysis.errors import BusyError
from analysis.pipeline import load, meetings
from analysis.reference.model import Record
from analysis.reference.periods import Quarter
from analysis.reference.regions import find_region
from analysis.render.choice import choose_renderer
from analysis.render.document import DocumentMeta
from analysis.render.formats import PAGES
from analysis.render.parameters import RegionalParameters
from analysis.views.meetings import Meeting, meeting_heading
from analysis.views.model import Heading, Variant

FOLDER = "meetings"
"""Beside the variants' folders of a quarter; no document of a reader outside is ever laid in it."""
NOTEBOOKS = MappingProxyType(
    {
        Meeting.BOOK: "checking_book",
        Meeting.PACK: "meeting_pack",
        Meeting.TRAJECTORY: "trajectory_paper",
        Meeting.PROTOCOL: "protocol_report",
    }
)

VIEWS: Mapping[Meeting, Callable[[str, str, str], Record]] = MappingProxyType(
    {
        Meeting.BOOK: meetings.load_checking_book,
        Meeting.PACK: meetings.load_meeting_pack,
        Meeting.TRAJECTORY: meetings.load_trajectory,
        Meeting.PROTOCOL: meetings.load_protocol,
    }
)


def write(
    meeting: Meeting,
    region: str,
    period: str,
    source: str,
    formats: tuple[str, ...],
    console: Console,
    *,
    at: datetime,
    audience: str = "",
) -> tuple[Path, ...]:
    """Write one document into `reports/out/<source>/<region>/<period>/meetings/`.

    Parameters
    ----------
    formats
        Of `html` and `pdf`.
    at
        When it is written: what may go to whom is asked of this day.
    audience
        For whom, where not for key staff of the members alone; it stands on each page.

    Returns
    -------
    tuple of Path
        The files.

    Raises
    ------
    UserError
        If there is no such region, quarter, source or format, nothing was received, or the log is not whole.
    RefusedError
        If it is for somebody outside whom not everybody shown has permitted it for; the protocol report shows nobody.
    BusyError
        If another run is writing documents.
    """
    place, home, quarter = workspace(), find_region(region), Quarter.parse(period)
    wanted = tuple(known_word(one, PAGES, "format") for one in formats)
    found = source_of(source, home, quarter)
    desk = desk_of(home.id, found)
    if meeting is not Meeting.PROTOCOL:
        refuse_outside(desk, Variant.INTERNAL, str(quarter), "", audience, at, "meeting")
    with console.status("Checking returns, computing indicators and comparisons ..."):
        views = load.views_folder(place, home, str(quarter), Variant.INTERNAL, found)
    heading = meeting_heading(load.stored_regional_view(views).heading, meeting)
    shows = VIEWS[meeting](heading.period, home.id, found).model_dump_json().encode()
    line = Stamps.of(home.id, heading.period).line(NOTEBOOKS[meeting], Variant.INTERNAL, shows, audience)
    job = _job(meeting, heading, found, wanted, line)
    place.out.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(place.out / ".lock", timeout=0), store.beside(place.out, FOLDER) as staging:
            files = make(job, place.notebooks, staging, place.out, choose_renderer(os.environ))
            inputs = {"kit": store.kit_fingerprint(), "views": load.mark_of(views)}
            write_manifest(files[0].parent, files, inputs=inputs, policy_sha256=policy().sha256)
    except Timeout:
        raise BusyError(
            "another run is writing documents", where=str(place.out), remedy="wait until it has ended"
        ) from None
    if heading.made_up:
        console.print("[bold]MADE-UP DATA[/bold]: every page says so.")
    for file in files:
        console.print(f"Written: {escape(shown(file))}")
    note_copies(desk, files, console, audience, () if meeting is Meeting.PROTOCOL else home.everyone)
    console.print(heading.marking)
    return tuple(files)


def _job(meeting: Meeting, heading: Heading, source: str, formats: tuple[str, ...], line: str) -> Job:
    return Job(
        notebook=NOTEBOOKS[meeting],
        parameters=RegionalParameters(period=heading.period, region=heading.region, source=source),
        meta=DocumentMeta(
            profile=heading.variant,
            title=heading.title,
            subtitle=heading.subtitle,
            marking=heading.marking,
            stamp=line,
            made_up=heading.made_up,
            landscape=False,
            contents=meeting in (Meeting.PACK, Meeting.TRAJECTORY),
        ),
        folder=PurePosixPath(source, heading.region, heading.period, FOLDER),
        stem=f"{NOTEBOOKS[meeting].replace('_', '-')}-{heading.period}-{heading.region}",
        subject=heading.title,
        formats=formats,
        epoch=epoch_of(heading.period),
    )
