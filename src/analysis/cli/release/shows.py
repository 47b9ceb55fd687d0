"""Of whom a release holds what is not published: those are told when it is recalled or goes astray, and nobody else."""

from __future__ import annotations

from analysis.cli.release.desk import Desk
from analysis.pipeline.collection import Collection
from analysis.reference.periods import Quarter
from analysis.reference.status import Status
from analysis.release.assemble import about
from analysis.release.manifest import Manifest
from analysis.views.model import Variant


def whom_it_shows(desk: Desk, manifest: Manifest) -> tuple[str, ...]:
    """DfE codes in order.

    Parameters
    ----------
    manifest
        Of the DfE's summaries each shows its own authority; internal documents show whoever has a figure in any quarter
        of the collection, since they hold courses too; packs that conceal show those named with their permission.
    """
    scope = manifest.scope
    if scope.document or scope.variant in (Variant.PUBLIC, Variant.OWN):
        return scope.shows(desk.region.everyone)
    if scope.variant is Variant.DFE:
        return tuple(sorted({about(name, scope) for name in manifest.documents} - {scope.region}))
    collection = Collection(desk.place, scope.source, desk.region, Quarter.parse(scope.period))
    if scope.variant is Variant.ANONYMISED:
        return tuple(sorted({scope.authority, *(one.authority for one in collection.permitted)}))
    checked = collection.checked.checked
    given = set(checked.loc[checked["status"] == Status.GIVEN, "authority"])
    return tuple(code for code in sorted(collection.region.everyone) if code in given)
