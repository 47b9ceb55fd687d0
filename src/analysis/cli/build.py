"""`tartanrug build`: from what a person asked for to the work list, and from its outcome to what they are told."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from filelock import FileLock, Timeout
from rich.console import Console
from rich.markup import escape

from analysis import store
from analysis.batch.documents import NOTEBOOK
from analysis.batch.manifest import write_manifest
from analysis.batch.progress import Reporter
from analysis.batch.run import Outcome, run
from analysis.batch.work import Job, folder_of, stem_of
from analysis.cli.erasures import tell_erasures
from analysis.cli.findings import tell_findings
from analysis.cli.known_word import known_word
from analysis.config import Workspace, shown, workspace
from analysis.disclosure.policy import policy
from analysis.errors import BusyError, ExitCode, UsageError, UserError
from analysis.pipeline import load
from analysis.pipeline.collection import Collection
from analysis.pipeline.public import PublicYear, latest_public_year
from analysis.pipeline.public_domain import refuse_unless_public
from analysis.reference.authorities import authorities, find_authority
from analysis.reference.model import Record
from analysis.reference.periods import Quarter, financial_year
from analysis.reference.regions import Region, find_region
from analysis.render.choice import choose_renderer
from analysis.render.document import DocumentMeta
from analysis.render.embedded import WRITERS
from analysis.render.parameters import DfeParameters, RegionalParameters, ReportParameters
from analysis.views.model import Heading, Variant
from analysis.views.public import PublicView

QUARTERLY = (Variant.INTERNAL, Variant.OWN, Variant.ANONYMISED, Variant.DFE)


@dataclass(frozen=True)
class Order:
    """What a person asked for, in their own words."""

    region: str
    period: str = ""
    year: int | None = None
    authorities: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("html", "pdf")
    source: str = ""
    jobs: int | None = None


@dataclass(frozen=True)
class Plan:
    """The same in the kit's words."""

    region: Region
    source: str
    period: str
    authorities: tuple[str, ...]
    """Empty for everyone who gets a report."""
    everyone: tuple[str, ...]
    """Who gets one: the region's authorities of the quarter."""
    variants: tuple[Variant, ...]
    formats: tuple[str, ...]

    @property
    def epoch(self) -> int:
        """`SOURCE_DATE_EPOCH`, or the last day of the period: never the clock."""
        last = Quarter.parse(self.period if "-Q" in self.period else f"{self.period}-Q4").last_day
        given = given_epoch()
        return int(datetime.combine(last, time(), UTC).timestamp()) if given is None else given


def given_epoch() -> int | None:
    """The seconds in `SOURCE_DATE_EPOCH`; None where it is not set.

    Raises
    ------
    UsageError
        If it is not a whole number.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not given:
        return None
    if not given.isdecimal():
        raise UsageError("SOURCE_DATE_EPOCH is not a number of seconds", remedy="unset it, or set it to whole seconds")
    return int(given)


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
            return _build(plan, place, console, reporter, order.jobs)
    except Timeout:
        raise BusyError(
            "another run is writing documents", where=str(place.out), remedy="wait until it has ended"
        ) from None


def planned(order: Order, place: Workspace) -> Plan:
    """Read the order: names to codes, words to variants, and whether the source has what is asked for."""
    given_epoch()
    region = find_region(order.region)
    variants = tuple(Variant(known_word(word, tuple(Variant), "variant")) for word in order.variants)
    formats = tuple(known_word(word, (*WRITERS, NOTEBOOK), "format") for word in order.formats)
    codes = tuple(dict.fromkeys(find_authority(text).code for text in order.authorities))
    source = known_word(order.source, load.SOURCES, "source") if order.source else ""
    if source == load.PUBLISHED or order.year:
        if order.period or not order.year:
            raise UsageError("published figures are of a year", remedy="give --year 2025, and no --period")
        if any(variant is not Variant.PUBLIC for variant in variants):
            raise UsageError("published figures make the public variant only", remedy="leave --variant out")
        _refuse_notebooks(formats, (Variant.PUBLIC,))
        period = financial_year(order.year)
        _refuse_others(codes, region)
        return Plan(region, load.PUBLISHED, period, codes, region.everyone, (Variant.PUBLIC,), formats)
    if not order.period:
        raise UsageError("which quarter?", remedy="give --period 2025-26-Q2, or --source published --year 2025")
    quarter = Quarter.parse(order.period)
    _refuse_notebooks(formats, variants or QUARTERLY)
    try:
        source = source or load.choose_source(place, region, quarter)
    except UserError:
        _refuse_others(codes, region)  # a wrong name is told before that nothing was received
        raise
    then = Collection(place, source, region, quarter).region
    _refuse_others(codes, then)
    return Plan(region, source, str(quarter), codes, then.everyone, variants or QUARTERLY, formats)


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


def _build(plan: Plan, place: Workspace, console: Console, reporter: Reporter, jobs: int | None) -> int:
    with console.status("Checking returns, computing indicators and comparisons ..."):
        folders = views_of(plan, place)
    collection = None
    if plan.source != load.PUBLISHED:
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
    inputs, outcome = _inputs(collection), Outcome()
    try:
        with reporter:
            run(work, place.notebooks, place.out, choose_renderer(os.environ), jobs, reporter, outcome)
    finally:
        # Also of a run that was stopped: what it had laid in place is there.
        for folder, documents in sorted(outcome.by_folder().items()):
            write_manifest(folder, documents, inputs=inputs, policy_sha256=policy().sha256)
    reporter.end([shown(document) for document in sorted(outcome.documents)])
    return _tell_outcome(outcome, plan, console)


def views_of(plan: Plan, place: Workspace) -> dict[Variant, Path]:
    """The folder of each variant's views, up to date."""
    return {
        variant: load.views_folder(place, plan.region, plan.period, variant, plan.source) for variant in plan.variants
    }


def jobs_of(plan: Plan, variant: Variant, folder: Path) -> Iterator[Job]:
    """The documents of one variant: everyone's who has a view, in the order of the region's list."""
    codes = plan.authorities or plan.everyone
    year = PublicYear(plan.region, latest_public_year(plan.period))
    for code in codes:
        if load.view_path(folder, variant, code).is_file():
            view = load.stored_view(folder, variant, code)
            if isinstance(view, PublicView):
                refuse_unless_public(view, year)
            yield _report(view.heading, plan)
    if variant is Variant.INTERNAL and not plan.authorities:
        heading = load.stored_regional_view(folder).heading
        parameters = RegionalParameters(period=heading.period, source=plan.source, region=heading.region)
        yield _job("regional_overview", parameters, heading, plan)


def _report(heading: Heading, plan: Plan) -> Job:
    about = {"authority": heading.authority, "period": heading.period, "region": heading.region}
    if heading.variant is Variant.DFE:
        return _job("dfe_summary", DfeParameters(**about, source=plan.source), heading, plan)
    source = "" if heading.variant is Variant.PUBLIC else plan.source
    parameters = ReportParameters.model_validate({**about, "variant": heading.variant.value, "source": source})
    return _job("report", parameters, heading, plan)


def _job(notebook: str, parameters: Record, heading: Heading, plan: Plan) -> Job:
    report = notebook == "report"
    return Job(
        notebook=notebook,
        parameters=parameters,
        meta=DocumentMeta(
            profile=heading.variant,
            title=heading.title,
            subtitle=heading.subtitle,
            marking=heading.marking,
            made_up=heading.made_up,
            landscape=not report,
            contents=report,
        ),
        folder=folder_of(heading, load.PUBLISHED if heading.variant is Variant.PUBLIC else plan.source),
        subject=f"{heading.authority} {heading.authority_name}" if heading.authority else heading.region_name,
        stem=stem_of(heading),
        formats=plan.formats,
        epoch=plan.epoch,
    )


def _inputs(collection: Collection | None) -> dict[str, str]:
    """What the documents were made from, by fingerprint: file names of returns may name people or others."""
    inputs = {"kit": store.kit_fingerprint()}
    if collection is not None:
        inputs["returns"] = load.fingerprint_of(collection)
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
        numbers = ", ".join(f"{counts[folder, kind]} {kind}" for kind in ("html", "pdf") if counts[folder, kind])
        console.print(f"  {escape(shown(folder))}/  {numbers}")
    # Quiet or not: failures are errors.
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    for failure in outcome.failures:
        errors.print(f"[red]failed[/red] {escape(failure.job.label)}: {escape(failure.message)}")
        errors.print(f"  again: {escape(again(failure.job, plan))}")
    return int(ExitCode.SOME_FAILED if outcome.failures else ExitCode.OK)


def again(job: Job, plan: Plan) -> str:
    """The command that makes just this document again."""
    about = f"--region {plan.region.id} "
    if plan.source == load.PUBLISHED:
        about += f"--source published --year {latest_public_year(plan.period)}"
    else:
        about += f"--period {plan.period} --source {plan.source} --variant {job.meta.profile}"
    one = f" --authority {job.subject.split()[0]}" if job.notebook != "regional_overview" else ""
    return f"tartanrug build {about}{one} --format {' '.join(job.formats)}"
