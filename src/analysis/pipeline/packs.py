"""The audit of a quarter's anonymised packs: finished files in, a report and a certificate for each file out.

Each file is looked through for whoever is concealed in it, and the intruder's tests are run on all packs of the quarter
together: what one pack does not give away, two might.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from analysis.audit.apart import File, Order, look_apart
from analysis.audit.canaries import check
from analysis.audit.concealed import concealed_from
from analysis.audit.intruder import attack
from analysis.audit.intruder.counting import told
from analysis.audit.intruder.page import Page
from analysis.audit.intruder.structure import Vocabulary
from analysis.audit.of_view import of_view
from analysis.audit.report import Report
from analysis.audit.result import Result
from analysis.batch.manifest import MANIFEST
from analysis.disclosure.bands import GroupBands
from analysis.disclosure.policy import policy
from analysis.errors import UserError
from analysis.pipeline.attack_series import forecasts, released, series_to_guess
from analysis.pipeline.collection import Collection
from analysis.pipeline.issued_bands import printed_bands
from analysis.pipeline.load import stored_view, view_path, views_folder
from analysis.reference.authorities import authorities
from analysis.reference.changes.model import Trust
from analysis.reference.periods import Quarter
from analysis.reference.populations import edition_for
from analysis.views.anonymised import AnonymisedView
from analysis.views.model import Variant


@dataclass(frozen=True)
class AuditedFile:
    """One finished file and what the audit says of it."""

    path: Path
    report: Report


@dataclass(frozen=True)
class AuditedPack:
    """One reader's files."""

    reader: str
    files: tuple[AuditedFile, ...]


def audit_packs(
    collection: Collection, folder: Path, *, machines: Iterable[str] = (), jobs: int = 1
) -> tuple[AuditedPack, ...]:
    """Audit all anonymised packs of a quarter, as they lie in staging.

    Parameters
    ----------
    collection
        The region's quarter, which the packs were made from, with whoever permits to be named in them.
    folder
        Of the finished files of the anonymised variant.
    machines
        Users, hosts and other words that no file may hold.
    jobs
        Files that are looked through at a time.

    Returns
    -------
    tuple
        By reader. A test that concerns all packs together fails all of them.

    Raises
    ------
    UserError
        If there is no pack, or a file that belongs to nobody's.
    VoidError
        If a planted file passed.
    """
    paths = _by_reader(collection, folder)
    words, named = tuple(machines), _named(collection)
    concealed = {code: concealed_from(code, collection.region, known=named, machines=words) for code in paths}
    for deny in concealed.values():
        check(deny)
    figures = {code: concealed_figures(collection, code) for code in paths}
    views = _views(collection, paths)
    orders = [
        Order(File(path, path.name), concealed[code], figures[code], read_back=True, view=views.get(code))
        for code, files in paths.items()
        for path in files
    ]
    looked = iter(look_apart(orders, jobs=max(jobs, 1)))
    found = {code: list(islice(looked, len(files))) for code, files in paths.items()}
    together, own = _tried(collection, {code: [one.page for one in seen] for code, seen in found.items()})
    made = {code: of_view([one.of_view for one in seen]) for code, seen in found.items()}
    return tuple(
        AuditedPack(
            code,
            tuple(
                AuditedFile(path, replace(one.report, results=(made[code], *own[code], *together)))
                for path, one in zip(paths[code], found[code], strict=True)
            ),
        )
        for code in paths
    )


def _by_reader(collection: Collection, folder: Path) -> dict[str, list[Path]]:
    if not folder.is_dir():
        raise UserError("there is no anonymised pack", where=str(folder), remedy="tartanrug build --variant anonymised")
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.iterdir()):
        if path.name == MANIFEST:
            continue
        code = next((code for code in collection.region.everyone if f"-{code}-anonymised." in path.name), None)
        if code is None:
            raise UserError("this file is nobody's pack", where=str(path), remedy="take it away, and audit again")
        found.setdefault(code, []).append(path)
    if not found:
        raise UserError("there is no anonymised pack", where=str(folder), remedy="tartanrug build --variant anonymised")
    return found


def _views(collection: Collection, readers: Iterable[str]) -> dict[str, AnonymisedView]:
    """The anonymised views of the quarter, as they are now: what the packs must have been made from."""
    folder = views_folder(
        collection.workspace, collection.home, str(collection.period), Variant.ANONYMISED, collection.source
    )
    there = (code for code in readers if view_path(folder, Variant.ANONYMISED, code).is_file())
    held = {code: stored_view(folder, Variant.ANONYMISED, code) for code in there}
    return {code: view for code, view in held.items() if isinstance(view, AnonymisedView)}


def _named(collection: Collection) -> tuple[str, ...]:
    return tuple(one.authority for one in collection.permitted)


def concealed_figures(collection: Collection, reader: str, known: Iterable[str] = ()) -> Mapping[str, Sequence[float]]:
    """The latest figures of every headline of all but the reader, those who permit it, and others who are known."""
    now, headlines = collection.indicators, [indicator.headline for indicator in collection.indicator_list]
    seen = now["authority"].isin([reader, *known, *_named(collection)])
    now = now[(now["period"] == str(collection.period)) & ~seen & now["value"].notna()]
    now = now[now["series"].isin(headlines)]
    return {
        f"{name} {window}": list(map(float, rows["value"]))
        for (name, window), rows in now.groupby(["series", "window"])
    }


def _tried(
    collection: Collection, read: Mapping[str, Sequence[Page | None]]
) -> tuple[tuple[Result, ...], dict[str, tuple[Result, ...]]]:
    """The intruder's tests: those of all packs together, and those of each reader's."""
    rules, registry = policy(), collection.registry
    packs = {code: _pack(collection, code, pages) for code, pages in read.items()}
    known = list(packs.values())
    printed = printed_bands(collection)
    readers, named = list(_readers(collection)), frozenset(_named(collection))
    banded = [bands.members for bands in printed.values() if isinstance(bands, GroupBands)]
    together = (
        attack.sameness(known),
        attack.concealed_left(banded, named, rules),
        *attack.row_space(list(released(collection, printed)), readers, rules, named),
        *attack.value_gain(series_to_guess(collection, printed, readers, named), (), rules, rules.collusion_k),
    )
    vintages = forecasts(collection)
    own = {
        code: (
            attack.empty_pages([pack], list(read[code]).count(None)),
            attack.structure([pack]),
            *attack.naming([pack], vintages, rules),
            attack.hidden_counts([pack], registry, rules),
        )
        for code, pack in packs.items()
    }
    return together, own


def _pack(collection: Collection, reader: str, pages: Sequence[Page | None]) -> attack.Pack:
    given = tuple(page for page in pages if page is not None)
    home = authorities()[reader]
    others = tuple(one.name for one in collection.permitted if one.authority != reader)
    areas = (home.name, home.region, "England")
    words = Vocabulary.of(collection.registry, collection.region.indicator_set, areas, others)
    people = collection.populations.set_index(["authority", "mid_year"])["population"]

    def children(quarter: Quarter) -> float:
        return float(people.get((reader, edition_for(quarter)), float("nan")))

    tables = [table for page in given for table in page.tables]
    return attack.Pack(given, words, told(tables, collection.registry, collection.period, children))


def _readers(collection: Collection) -> Iterator[tuple[str, ...]]:
    """Whose figures each reader knows: a trust that reads knows those of all whom it provides for."""
    trusts = [filed.change for filed in collection.changes.held if isinstance(filed.change, Trust)]
    served = [tuple(trust.provides_for) for trust in trusts if trust.reads]
    yield from served
    yield from ((code,) for code in collection.region.everyone if not any(code in group for group in served))
