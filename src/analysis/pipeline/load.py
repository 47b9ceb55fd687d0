"""Views on disk: built once for all readers, loaded by a notebook, rebuilt when anything behind them has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from analysis import store
from analysis.config import Workspace, workspace
from analysis.errors import UsageError, UserError
from analysis.pipeline.checking_book import checking_book_of
from analysis.pipeline.collection import EXCHANGE, MADE_UP, PUBLISHED, RETURNS, Collection
from analysis.pipeline.drafts import keep_draft
from analysis.pipeline.evidence import evidence_of
from analysis.pipeline.public import PublicYear, latest_public_year
from analysis.pipeline.quality import quality_of
from analysis.pipeline.sources import choose_source
from analysis.reference.authorities import authorities, find_authority
from analysis.reference.model import Record
from analysis.reference.periods import Quarter, financial_year
from analysis.reference.regions import Region, find_region, regions
from analysis.reference.status import Status
from analysis.returns.rules.file_rules import CHILD_LEVEL
from analysis.views import anonymised, dfe, dfe_pack, internal, own, public, regional
from analysis.views.model import Variant

SOURCES = (RETURNS, MADE_UP, PUBLISHED)

View = internal.InternalView | own.OwnView | anonymised.AnonymisedView | dfe.DfeView | public.PublicView

_TYPES: dict[Variant, type[View]] = {
    Variant.INTERNAL: internal.InternalView,
    Variant.OWN: own.OwnView,
    Variant.ANONYMISED: anonymised.AnonymisedView,
    Variant.DFE: dfe.DfeView,
    Variant.PUBLIC: public.PublicView,
}
_BUILDERS = {
    Variant.INTERNAL: internal.build,
    Variant.OWN: own.build,
    Variant.ANONYMISED: anonymised.build,
    Variant.DFE: dfe.build,
}
_FINGERPRINT = "inputs.sha256"
REGIONAL = "regional.json"
DFE_PACK = "dfe-pack.json"
BOOK = "checking_book.json"


def load_view(
    authority: str,
    period: str,
    variant: str,
    region: str = "",
    source: str = "",
) -> View:
    """The view of one authority for one reader, from disk; built first where it is missing or out of date.

    Parameters
    ----------
    authority
        DfE or ONS code, name or alias.
    period
        A quarter, or for public figures a year.
    variant
        `internal`, `own`, `anonymised`, `dfe` or `public`.
    region
        The region whose report it is; the authority's own if empty.
    source
        `returns` or `made-up`; if empty, the returns received, or the made-up ones where none were.

    Raises
    ------
    UserError
        If there is no such authority, region or period, or nothing was received for it.
    """
    kind = Variant(variant)
    found = find_authority(authority)
    home = find_region(region) if region else _home(found.code)
    folder = views_folder(workspace(), home, period, kind, source)
    if not view_path(folder, kind, found.code).is_file():
        raise UserError(
            f"there is no {kind} report of {found.name} for {period}",
            where=f"region {home.id}",
            remedy="see `tartanrug validate` for what was received, and check that it is a member of the region",
        )
    return stored_view(folder, kind, found.code)


def view_path(folder: Path, variant: Variant, code: str) -> Path:
    """Where a view stands in a folder of views."""
    return folder / variant / f"{code}.json"


def stored_view(folder: Path, variant: Variant, code: str) -> View:
    """A view from a folder that is up to date."""
    return _TYPES[variant].model_validate_json(view_path(folder, variant, code).read_bytes())


def stored_regional_view(folder: Path) -> regional.RegionalView:
    """The regional view from a folder that is up to date."""
    return regional.RegionalView.model_validate_json((folder / REGIONAL).read_bytes())


def mark_of(folder: Path) -> str:
    """The fingerprint of what a folder of views was made from."""
    return (folder / _FINGERPRINT).read_text(encoding="utf-8")


def load_regional_view(period: str, region: str, source: str = "") -> regional.RegionalView:
    """The view of the regional overview (internal), as `load_view`."""
    return stored_regional_view(views_folder(workspace(), find_region(region), period, Variant.INTERNAL, source))


def stored_dfe_pack_view(folder: Path) -> dfe_pack.DfePackView:
    """The view of the pack's cover from a folder that is up to date."""
    return dfe_pack.DfePackView.model_validate_json((folder / DFE_PACK).read_bytes())


def load_dfe_pack_view(period: str, region: str, source: str = "") -> dfe_pack.DfePackView:
    """The view of the cover of a region's pack for the DfE, as `load_view`."""
    return stored_dfe_pack_view(views_folder(workspace(), find_region(region), period, Variant.DFE, source))


def _home(code: str) -> Region:
    found = next((region for region in regions().values() if code in region.members), None)
    if found is None and (one := authorities()[code]).current:
        # A council that began in a reorganisation stands in no region's file yet.
        found = next((region for region in regions().values() if region.area_code == one.region_code), None)
    if found is None:
        raise UserError(f"{code} is in no region", remedy="name the region")
    return found


def views_folder(
    place: Workspace,
    region: Region,
    period: str,
    variant: Variant,
    source: str,
) -> Path:
    """The folder of the views, up to date; whoever is named by permission is part of what it is made from."""
    if variant is Variant.PUBLIC:
        year = PublicYear(region, latest_public_year(period))
        folder = place.processed / "views" / PUBLISHED / region.id / financial_year(year.year)
        _refresh(folder, store.kit_fingerprint, lambda: _public_files(year))
        return folder
    quarter = Quarter.parse(period)
    collection = Collection(place, source or choose_source(place, region, quarter), region, quarter)
    if collection.source not in (RETURNS, MADE_UP):
        raise UsageError(f"there is no source {source!r}", remedy=f"choose from {', '.join(SOURCES)}")
    folder = place.processed / "views" / collection.source / region.id / str(quarter)
    _refresh(folder, lambda: fingerprint_of(collection.afresh()), lambda: build_collection(collection))
    return folder


def fingerprint_of(collection: Collection) -> str:
    """A fingerprint of everything that the views are made from."""
    files = [
        *collection.returns,
        *((f"{EXCHANGE}/{name}", path) for name, path in collection.exchange_files),
        *(("templates", path) for path in collection.template_files),
        *(("registers", path) for path in collection.register_files),
    ]
    parts = [(f"{name}/{path.name}", store.sha256_of(path)) for name, path in files]
    named = [(f"named/{one.authority}", one.model_dump_json()) for one in collection.permitted]
    log = ("log", collection.answers_in_log)
    return store.fingerprint([*parts, *named, log, ("kit", store.kit_fingerprint())])


def build_collection(collection: Collection) -> dict[str, bytes]:
    """Turn child-level files away, run every stage, write its table, and return the views as files.

    Raises
    ------
    UserError
        If no return was received by the end of the quarter, or nobody has a figure for it.
    """
    collection = collection.without_child_level()
    if not collection.returns:
        raise nothing_received(collection)
    if not reporting(collection):
        raise _nobody_reports(collection)
    _write_stages(collection)
    keep_draft(collection)
    evidence = evidence_of(collection)
    views: dict[str, Record] = {
        f"{variant}/{code}.json": build(evidence, code)
        for variant, build in _BUILDERS.items()
        for code in reporting(collection)
    }
    summaries = {one.heading.authority: one for one in views.values() if isinstance(one, dfe.DfeView)}
    views[DFE_PACK] = dfe_pack.build(evidence, summaries, quality_of(collection))
    views[REGIONAL] = regional.build(evidence, collection.checked.checked, collection.regional)
    views[BOOK] = checking_book_of(collection, evidence)
    return {name: view.model_dump_json().encode() for name, view in views.items()}


def nothing_received(collection: Collection) -> UserError:
    """What is said where there is no return: if files were turned away, that first, and never "put it back"."""
    where = f"data/raw/{collection.source}/{collection.region.id}/{collection.period}/"
    turned_away = collection.findings[collection.findings["rule"].isin([rule.id for rule in CHILD_LEVEL])]
    if turned_away.empty:
        return UserError(
            f"nothing was received from {collection.region.name} for {collection.period}",
            where=where,
            remedy="put the returns there",
        )
    first = turned_away.iloc[0]
    return UserError(
        f"no return of {collection.region.name} for {collection.period} can be used: child-level data was turned away "
        f"({first['rule']}: {first['seen']})",
        where=str(first["file"]),
        remedy=str(first["remedy"]),
    )


def _nobody_reports(collection: Collection) -> UserError:
    """A quarter of which there is the history alone: an overview of it would have no figure."""
    checked, members = collection.checked.checked, collection.region.everyone
    newest = checked.loc[(checked["status"] == Status.GIVEN) & checked["authority"].isin(members), "period"].max()
    other = f"or name the newest quarter that has returns: --period {newest}" if isinstance(newest, str) else ""
    return UserError(
        f"there is nothing to make: no authority of {collection.region.name} has a figure for {collection.period}",
        where=f"data/raw/{collection.source}/{collection.region.id}/{collection.period}/",
        remedy=f"receive its returns, {other or 'and see `tartanrug validate` for what was refused'}",
    )


def reporting(collection: Collection) -> tuple[str, ...]:
    """Members with any figure for the quarter: there is nothing to report of the others."""
    checked = collection.checked.checked
    given = checked[(checked["period"] == str(collection.period)) & (checked["status"] == Status.GIVEN)]
    found = set(given["authority"])
    return tuple(code for code in collection.region.everyone if code in found)


def _write_stages(collection: Collection) -> None:
    name = Path(collection.source, collection.region.id, f"{collection.period}.parquet")
    tables = {
        "checked": collection.checked.checked,
        "findings": collection.findings,
        "indicators": collection.indicators,
        "comparisons": collection.comparisons,
        "signals": collection.signals,
        "trends": collection.trends,
    }
    for stage, table in tables.items():
        store.write_table(collection.workspace.processed / stage / name, table)


def _public_files(year: PublicYear) -> dict[str, bytes]:
    evidence = year.evidence
    return {
        f"{Variant.PUBLIC}/{code}.json": public.build(evidence, code).model_dump_json().encode()
        for code in year.region.everyone
    }


def _refresh(folder: Path, inputs: Callable[[], str], build: Callable[[], dict[str, bytes]]) -> None:
    """Bring a folder of views up to date with the fingerprint of its inputs, which building may change.

    Two notebooks at once: one builds, the other waits.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_name(f".{folder.name}.lock")):
        mark = folder / _FINGERPRINT
        if mark.is_file() and mark.read_text(encoding="utf-8") == inputs():
            return
        files = build()
        with store.beside(folder.parent, folder.name) as making:
            new = making / "views"
            for name, content in files.items():
                store.write_bytes(new / name, content)
            store.write_text(new / _FINGERPRINT, inputs())
            if folder.exists():
                folder.rename(making / "old")
            new.rename(folder)
