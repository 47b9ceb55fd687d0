"""`tartanrug build`: from what a person asked for to the work list, and from its outcome to what they are told."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout
from rich.console import Console
from rich.markup import escape

from analysis import store
from analysis.batch.manifest import write_manifest
from analysis.batch.progress import Reporter
from analysis.batch.run import Outcome, run
from analysis.batch.up_to_date import PARTS, Made, State
from analysis.cli.days import given_epoch
from analysis.cli.erasures import tell_erasures
from analysis.cli.findings import tell_findings
from analysis.cli.known_word import known_word
from analysis.cli.note_built import note_built, note_copies
from analysis.cli.release.desk import Desk
from analysis.cli.work_list import Plan, again, jobs_of, views_of
from analysis.config import Workspace, shown, workspace
from analysis.disclosure.policy import policy
from analysis.errors import BusyError, ExitCode, UsageError, UserError
from analysis.pipeline import load
from analysis.pipeline.collection import PUBLISHED, Collection
from analysis.pipeline.made_from import keep_made_from
from analysis.pipeline.sources import choose_source
from analysis.reference.authorities import authorities, find_authority
from analysis.reference.periods import Quarter, financial_year
from analysis.reference.regions import Region, find_region
from analysis.release.manifest import SOURCES
from analysis.render.choice import choose_renderer
from analysis.render.formats import FORMATS, NOTEBOOK, PAGES, formats_of
from analysis.views.model import Variant

QUARTERLY = (Variant.INTERNAL, Variant.OWN, Variant.ANONYMISED, Variant.DFE)


@dataclass(frozen=True)
class Order:
    """What a person asked for, in their own words."""

    region: str
    period: str = ""
    year: int | None = None
    authorities: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    formats: tuple[str, ...] = PAGES
    source: str = ""
    jobs: int | None = None
    for_review: datetime | None = None
    """When it is made for the DBG to check: each document as it will go out and as a draft, noted in the log."""
    force: bool = False
    """Whether documents are made again that are what they would be."""


def build(order: Order, console: Console, reporter: Reporter) -> int:
    """Make the documents of an order; one that fails doesn't stop the others.

    Returns
    -------
    int
        An exit code.

    Raises
    ------
    UserError
        If the order itself can't be followed, or another run is writing.
    """
    place = workspace()
    plan = planned(order, place)
    place.out.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(place.out / ".lock", timeout=0):
            return _build(plan, place, console, reporter, order)
    except Timeout:
        raise BusyError(
            "another run is writing documents", where=str(place.out), remedy="wait until it has ended"
        ) from None


def planned(order: Order, place: Workspace) -> Plan:
    """Read the order: names to codes, words to variants, and whether the source has what is asked for."""
    given_epoch()
    region = find_region(order.region)
    variants = tuple(Variant(known_word(word, tuple(Variant), "variant")) for word in order.variants)
    known = tuple(dict.fromkeys(name for served in FORMATS.values() for name in served))
    formats = tuple(dict.fromkeys(known_word(word, known, "format") for word in order.formats))
    if order.for_review is not None and not set(formats) <= set(PAGES):
        # What anybody can go on writing in would not be what was approved.
        other = ", ".join(name for name in formats if name not in PAGES)
        raise UsageError(f"{other} is never released", remedy="leave it out of --format, or --for-review out")
    _refuse_notebooks(formats, variants or QUARTERLY)
    for variant in variants:
        formats_of(variant, formats)
    codes = tuple(dict.fromkeys(find_authority(text).code for text in order.authorities))
    source = known_word(order.source, load.SOURCES, "source") if order.source else ""
    if source == PUBLISHED or order.year:
        if order.period or not order.year:
            raise UsageError("published figures are of a year", remedy="give --year 2025, and no --period")
        if any(variant is not Variant.PUBLIC for variant in variants):
            raise UsageError("published figures make the public variant only", remedy="leave --variant out")
        period = financial_year(order.year)
        _refuse_others(codes, region)
        return Plan(
            region,
            PUBLISHED,
            period,
            codes,
            region.everyone,
            (Variant.PUBLIC,),
            formats,
            order.for_review is not None,
        )
    if not order.period:
        raise UsageError("which quarter?", remedy="give --period 2025-26-Q2, or --source published --year 2025")
    quarter = Quarter.parse(order.period)
    variants = variants or tuple(variant for variant in QUARTERLY if set(formats) & set(FORMATS[variant]))
    try:
        source = source or choose_source(place, region, quarter)
    except UserError:
        _refuse_others(codes, region)  # a wrong name is told before that nothing was received
        raise
    then = Collection(place, source, region, quarter).region
    _refuse_others(codes, then)
    return Plan(region, source, str(quarter), codes, then.everyone, variants, formats, order.for_review is not None)


def _refuse_others(codes: Sequence[str], region: Region) -> None:
    for code in codes:
        if code not in region.everyone:
            raise UsageError(
                f"{authorities()[code].name} ({code}) gets no report in {region.name}",
                remedy="name its own region, or add it to outside_members in the region's file",
            )


def _refuse_notebooks(formats: tuple[str, ...], variants: tuple[Variant, ...]) -> None:
    if NOTEBOOK in formats and variants != (Variant.INTERNAL,):
        raise UsageError(
            "an executed notebook is for internal use only", remedy="give --variant internal with --format notebook"
        )


def _build(plan: Plan, place: Workspace, console: Console, reporter: Reporter, order: Order) -> int:
    # Before the work is done: whoever is not enrolled would do it in vain.
    desk = Desk(place, plan.region, plan.source)
    by = desk.actor() if order.for_review is not None else None
    with console.status("Checking returns, computing indicators and comparisons ..."):
        folders = views_of(plan, place)
    collection = None
    if plan.source != PUBLISHED:
        collection = Collection(place, plan.source, plan.region, Quarter.parse(plan.period))
        if plan.variants != (Variant.PUBLIC,):
            _tell_collection(collection, place, console)
    work = [job for variant, folder in folders.items() for job in jobs_of(plan, variant, folder)]
    if not work:
        raise UserError(
            "there is nothing to make: none of these authorities has a figure for the quarter",
            where=f"{plan.region.name}, {plan.period}",
            remedy="see `tartanrug validate` for what was received",
        )
    inputs, outcome, renderer = _inputs(collection), Outcome(), choose_renderer(os.environ)
    made, standing = Made(place, renderer), set[Path]()
    if not order.force:
        states = [made.state(job) for job in work]
        work = [job for state in states if (job := state.to_make) is not None]
        standing = {path for state in states for path in state.standing}
        outcome.documents += sorted(standing)
        _tell_standing(states, console)
    try:
        if work:
            with reporter:
                run(work, place.notebooks, place.out, renderer, order.jobs, reporter, outcome, made.note)
        else:
            reporter.begin(0)
    finally:
        # Also of a run that was stopped: what it had laid in place is there.
        for folder, documents in sorted(outcome.by_folder().items()):
            write_manifest(folder, documents, inputs=inputs, policy_sha256=policy().sha256)
    if by is not None and order.for_review is not None:
        note_built(desk, plan, outcome.documents, by, order.for_review)
    else:
        # What stood there was noted when it was made.
        note_copies(desk, set(outcome.documents) - standing, console)
    reporter.end([shown(document) for document in sorted(outcome.documents)])
    return _tell_outcome(outcome, plan, console)


def _tell_standing(states: Sequence[State], console: Console) -> None:
    standing = sum(len(state.standing) for state in states)
    if standing:
        console.print(f"Up to date, and left as they are: {standing} of the documents (--force makes them).")
    reasons = Counter(part for state in states if state.left for part in state.changed)
    for part, count in reasons.items():
        console.print(f"Made again since {PARTS[part]} changed: reports of {count} on the list.")


def _inputs(collection: Collection | None) -> dict[str, str]:
    """What the documents were made from, by fingerprint: file names of returns may name people or others."""
    inputs = {"kit": store.kit_fingerprint()}
    if collection is not None:
        inputs["returns"] = load.fingerprint_of(collection)
        inputs[SOURCES] = keep_made_from(collection)
    return inputs


def _tell_collection(collection: Collection, place: Workspace, console: Console) -> None:
    if collection.made_up:
        console.print("[bold]MADE-UP DATA[/bold]: every document of it says so on each page and in each picture.")
    tell_erasures(collection.registers, console)
    missing = [code for code in collection.region.everyone if code not in load.reporting(collection)]
    if missing:
        names = ", ".join(authorities()[code].name for code in missing)
        console.print(f"No figure for {collection.period}, so no report: {escape(names)}.")
    tell_findings(collection, place, console)


def _tell_outcome(outcome: Outcome, plan: Plan, console: Console) -> int:
    counts: Counter[tuple[Path, str]] = Counter()
    for path in outcome.documents:
        counts[path.parent, path.suffix.removeprefix(".")] += 1
    for folder in sorted({folder for folder, _ in counts}):
        numbers = ", ".join(f"{count} {kind}" for (place, kind), count in counts.items() if place == folder)
        console.print(f"  {escape(shown(folder))}/  {numbers}")
    # Quiet or not: failures are errors.
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    for failure in outcome.failures:
        errors.print(f"[red]failed[/red] {escape(failure.job.label)}: {escape(failure.message)}")
        errors.print(f"  again: {escape(again(failure.job, plan))}")
    return int(ExitCode.SOME_FAILED if outcome.failures else ExitCode.OK)
