"""Whether a release still says what its quarter's returns, corrections and commentary say today."""

from __future__ import annotations

from analysis.cli.region_log import named
from analysis.cli.release.desk import Desk
from analysis.pipeline.collection import Collection
from analysis.pipeline.made_from import Changed, changed_since
from analysis.reference.periods import Quarter
from analysis.release.manifest import SOURCES, Manifest
from analysis.release.refused import ChangedSinceError
from analysis.views.model import Variant

_MOST = 5
"""Files and authorities that are named."""


def refuse_changed_sources(desk: Desk, manifest: Manifest, *, released: bool = False) -> None:
    """Refuse what was built from other returns, corrections or commentary than there are now (S1 14).

    Parameters
    ----------
    released
        Whether somebody has it already: then it is to be superseded.

    Raises
    ------
    ChangedSinceError
        With whose figures and which files.
    """
    scope = manifest.scope
    if scope.variant is Variant.PUBLIC or scope.document:
        return
    remedy = f"tartanrug build --period {scope.period} --variant {scope.variant} --for-review, and review it again"
    if scope.variant is Variant.DFE:
        remedy = remedy.replace("review it", "release pack, and review it")
    if released:
        remedy += f"; when it is approved: tartanrug release supersede {manifest.id[:12]} --by ..."
    mark = manifest.inputs.get(SOURCES)
    if mark is None:
        if released:
            return
        what = "it was built by an earlier version of the kit, and whether its figures still hold is not known"
        raise ChangedSinceError(what, where=manifest.id[:12], remedy=remedy)
    found = changed_since(Collection(desk.place, scope.source, desk.region, Quarter.parse(scope.period)), mark)
    if found is not None:
        raise ChangedSinceError(_words(found), where=_listed(found.files) or manifest.id[:12], remedy=remedy)


def _words(found: Changed) -> str:
    if found.authorities:
        return f"the figures of {_listed(tuple(map(named, found.authorities)))} have changed since it was built"
    return "what it was made from has changed since it was built"


def _listed(names: tuple[str, ...]) -> str:
    rest = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + rest
