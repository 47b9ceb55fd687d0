"""The work list of a build: what was asked for in the kit's words, and the documents that it comes to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from analysis.batch.work import Draft, Job, folder_of, stem_of
from analysis.cli.days import epoch_of, last_day_of
from analysis.cli.stamps import Stamps
from analysis.config import Workspace
from analysis.pipeline import load
from analysis.pipeline.collection import PUBLISHED
from analysis.pipeline.public import PublicYear, latest_public_year
from analysis.pipeline.public_domain import refuse_unless_public
from analysis.reference.model import Record
from analysis.reference.regions import Region
from analysis.release.staged import DRAFT, FINAL
from analysis.render.document import DocumentMeta
from analysis.render.formats import formats_of
from analysis.render.parameters import DfeParameters, RegionalParameters, ReportParameters
from analysis.views.model import Heading, Variant
from analysis.views.public import PublicView
from analysis.views.words import DFE_RELEASED, DRAFT_MARKING


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
    for_review: bool = False
    """Whether each document is made as it will go out, and as a draft for those who check it."""

    @property
    def last_day(self) -> date:
        """Of the period."""
        return last_day_of(self.period)

    @property
    def epoch(self) -> int:
        """As `epoch_of`."""
        return epoch_of(self.period)


def views_of(plan: Plan, place: Workspace) -> dict[Variant, Path]:
    """The folder of each variant's views, up to date."""
    return {
        variant: load.views_folder(place, plan.region, plan.period, variant, plan.source) for variant in plan.variants
    }


def jobs_of(plan: Plan, variant: Variant, folder: Path) -> Iterator[Job]:
    """The documents of one variant: everyone's who has a view, in the order of the region's list."""
    codes, stamps = plan.authorities or plan.everyone, Stamps.of(plan.region.id, plan.period)
    year = PublicYear(plan.region, latest_public_year(plan.period))
    for code in codes:
        if load.view_path(folder, variant, code).is_file():
            view = load.stored_view(folder, variant, code)
            if isinstance(view, PublicView):
                refuse_unless_public(view, year)
            yield _report(view.heading, plan, stamps, load.view_path(folder, variant, code))
    if variant is Variant.INTERNAL and not plan.authorities:
        heading = load.stored_regional_view(folder).heading
        parameters = RegionalParameters(period=heading.period, source=plan.source, region=heading.region)
        content = (folder / load.REGIONAL).read_bytes()
        yield _job("regional_overview", parameters, heading, plan, content, stamps)


def cover_of_pack(plan: Plan, folder: Path) -> Job:
    """The cover of a quarter's pack for the DfE, and its draft."""
    heading = load.stored_dfe_pack_view(folder).heading
    parameters = RegionalParameters(period=heading.period, source=plan.source, region=heading.region)
    content = (folder / load.DFE_PACK).read_bytes()
    job = _job("dfe_pack", parameters, heading, plan, content, Stamps.of(plan.region.id, plan.period))
    upright = job.meta.model_copy(update={"landscape": False, "contents": True})
    return replace(job, meta=upright)


def _report(heading: Heading, plan: Plan, stamps: Stamps, view: Path) -> Job:
    about = {"authority": heading.authority, "period": heading.period, "region": heading.region}
    notebook = "dfe_summary" if heading.variant is Variant.DFE else "report"
    content = view.read_bytes()
    if heading.variant is Variant.DFE:
        return _job(notebook, DfeParameters(**about, source=plan.source), heading, plan, content, stamps)
    source = "" if heading.variant is Variant.PUBLIC else plan.source
    parameters = ReportParameters.model_validate({**about, "variant": heading.variant.value, "source": source})
    return _job(notebook, parameters, heading, plan, content, stamps)


def _job(notebook: str, parameters: Record, heading: Heading, plan: Plan, view: bytes, stamps: Stamps) -> Job:
    report = notebook == "report"
    folder = folder_of(heading, PUBLISHED if heading.variant is Variant.PUBLIC else plan.source)
    drafted = plan.for_review and heading.variant is not Variant.ANONYMISED
    released = DFE_RELEASED if heading.variant is Variant.DFE else heading.marking
    return Job(
        notebook=notebook,
        parameters=parameters,
        meta=DocumentMeta(
            profile=heading.variant,
            title=heading.title,
            subtitle=heading.subtitle,
            marking=released if plan.for_review else heading.marking,
            stamp=stamps.line(notebook, heading.variant, view),
            made_up=heading.made_up,
            landscape=not report,
            contents=report,
        ),
        folder=folder.with_name(f"{folder.name}{FINAL}") if drafted else folder,
        subject=f"{heading.authority} {heading.authority_name}" if heading.authority else heading.region_name,
        stem=stem_of(heading),
        formats=formats_of(heading.variant, plan.formats),
        epoch=plan.epoch,
        view_sha256=sha256(view).hexdigest(),
        draft=Draft(DRAFT_MARKING, folder.with_name(f"{folder.name}{DRAFT}")) if drafted else None,
    )


def again(job: Job, plan: Plan) -> str:
    """The command that makes just this document again."""
    about = f"--region {plan.region.id} "
    if plan.source == PUBLISHED:
        about += f"--source published --year {latest_public_year(plan.period)}"
    else:
        about += f"--period {plan.period} --source {plan.source} --variant {job.meta.profile}"
    one = f" --authority {job.subject.split()[0]}" if job.notebook != "regional_overview" else ""
    return f"tartanrug build {about}{one} --format {' '.join(job.formats)}"
