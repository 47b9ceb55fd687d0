"""Where the commands about releases stand: one region's log, and the documents that wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.cli.identity import whoever_this_is
from analysis.cli.source import source_before_returns
from analysis.config import Workspace, workspace
from analysis.pipeline.collection import MADE_UP, PUBLISHED
from analysis.reference.authorities import authorities
from analysis.reference.regions import Region, find_region
from analysis.registers import naming
from analysis.registers.erased import erasures_of
from analysis.registers.log.chain import Chain, log_folder, read_chain
from analysis.registers.log.event import Actor
from analysis.release.decisions import standing_of
from analysis.release.events import Scope
from analysis.release.gate import Released
from analysis.release.policy import ReleasePolicy, release_policy
from analysis.release.refused import RefusedError
from analysis.release.staged import Staging
from analysis.release.standing import Standing, standings
from analysis.release.states import RELEASED
from analysis.views.model import Variant

AUDIENCES = {
    Variant.INTERNAL: "key staff of the members",
    Variant.OWN: "whomever the authority chooses",
    Variant.ANONYMISED: naming.AUDIENCE,
    Variant.DFE: "Department for Education",
    Variant.PUBLIC: "anyone",
}
"""Who a variant is for (DESIGN 3)."""
SINGLE = frozenset({Variant.OWN, Variant.ANONYMISED})
"""Variants of which each authority has a release of its own."""


@dataclass(frozen=True)
class Desk:
    """A region's registers and its staging."""

    place: Workspace
    region: Region
    source: str

    @property
    def registers(self) -> Path:
        """Made-up returns have registers, and so a log and people, of their own."""
        home = self.place.registers
        return home / MADE_UP / self.region.id if self.source == MADE_UP else home / self.region.id

    @property
    def log(self) -> Path:
        """The folder of the region's log."""
        return log_folder(self.registers)

    @property
    def rules(self) -> ReleasePolicy:
        """The release policy in force."""
        return release_policy(self.registers)

    def chain(self) -> Chain:
        """The log, if it is whole."""
        return read_chain(self.log)

    def staging(self, scope: Scope) -> Staging:
        """Where the documents of a release wait."""
        home = self.place.out / scope.source / scope.region / scope.period
        return Staging(home, scope.variant, registered=bool(scope.document))

    def scope(self, variant: Variant, period: str, authority: str = "") -> Scope:
        """A release of this region."""
        source = PUBLISHED if variant is Variant.PUBLIC else self.source
        return Scope(
            variant=variant,
            audience=AUDIENCES[variant],
            region=self.region.id,
            period=period,
            source=source,
            authority=authority,
        )

    def actor(self) -> Actor:
        """Who is at the keyboard."""
        return whoever_this_is(self.registers)


def desk_of(region: str, source: str) -> Desk:
    """The desk of a region.

    Parameters
    ----------
    source
        `returns` or `made-up`; if empty, what there is.

    Raises
    ------
    UserError
        If there is no such region or source.
    """
    home = find_region(region)
    return Desk(workspace(), home, source_before_returns(source, home))


def recipient_of(code: str, variant: Variant, region: Region) -> str:
    """Whose copy a document is.

    Parameters
    ----------
    code
        The DfE code that it is about, or the region's id.
    """
    if variant in (Variant.DFE, Variant.PUBLIC):
        return AUDIENCES[variant]
    if code == region.id:
        return AUDIENCES[Variant.INTERNAL]
    name = authorities()[code].name
    return f"key staff of {name}" if variant is Variant.INTERNAL else name


def picked(
    desk: Desk, releases: Sequence[str], period: str, variant: str, *, unfinished: bool = False
) -> list[Standing]:
    """The releases that a command is about: those named, or all open ones of a quarter and variant.

    A document that was registered is named alone, so that nobody approves it among others.

    Parameters
    ----------
    unfinished
        Also those that the log says are released, and whose folder was never laid: somebody was stopped in between.

    Raises
    ------
    RefusedError
        If there is none.
    """
    chain = desk.chain()
    if releases:
        return [standing_of(chain, release) for release in releases]
    held = standings(chain)
    found = [
        one
        for one in held.values()
        if (one.open or (unfinished and _not_laid(desk, chain, one)))
        and one.scope.period == period
        and one.scope.variant.value == variant
        and not one.scope.document
    ]
    if not found:
        what = "no release is open for this" if period and variant else "which release?"
        remedy = "name its id (tartanrug release status), or give --period and --variant"
        raise RefusedError(what, where=f"{variant} {period}".strip(), remedy=remedy)
    return found


def _not_laid(desk: Desk, chain: Chain, one: Standing) -> bool:
    erased = {release for erasure in erasures_of(chain) for release in erasure.begun.releases}
    folder = Released(one.release, one.scope.variant, desk.place.release).folder
    return one.state in RELEASED and one.release not in erased and not folder.is_dir()
