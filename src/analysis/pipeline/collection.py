"""A region's quarter: each stage once, for all authorities, in the order of the folder tree.

What compares and tests is imported where it is first reckoned: `validate` needs none of it, and it loads for seconds.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.config import Workspace
from analysis.indicators.compute import compute_indicators
from analysis.indicators.rates import on_edition
from analysis.pipeline.corrected import corrected
from analysis.reference.authorities import authorities
from analysis.reference.changes.breaks import Break
from analysis.reference.changes.files import FOLDER as CHANGES
from analysis.reference.changes.model import Membership
from analysis.reference.changes.world import Changes
from analysis.reference.indicators import Indicator
from analysis.reference.periods import Quarter
from analysis.reference.populations import edition_for, population_frame
from analysis.reference.published import published_figures
from analysis.reference.regions import Region
from analysis.reference.registry import Registry, registry_for
from analysis.registers.accepted import FILE as ACCEPTED
from analysis.registers.accepted import accept, load_accepted
from analysis.registers.answered import answer_files, answered, load_round
from analysis.registers.calendar import due_of, read_calendar
from analysis.registers.carried_commentary import commentary_files
from analysis.registers.change_files import load_changes
from analysis.registers.confirmations import BODIES
from analysis.registers.corrections import FILE as LEDGER
from analysis.registers.corrections import load_ledger
from analysis.registers.issued_bands import FOLDER as ISSUED_BANDS
from analysis.registers.log.chain import Chain, log_folder, read_chain
from analysis.registers.naming import named_in
from analysis.registers.people import FILE as PEOPLE
from analysis.registers.recipients import FILE as RECIPIENTS
from analysis.release.policy import OWN as RELEASE_POLICY
from analysis.returns.checked import Checked, check_returns
from analysis.returns.door.turned_away import turn_away, turned_away
from analysis.returns.files import find_returns
from analysis.returns.reading.mapping import Template, load_template, packaged_templates
from analysis.returns.received import FOLDER as RECEIPTS
from analysis.returns.received import first_days, received_in
from analysis.returns.rules.findings import findings_frame
from analysis.returns.rules.query_budget import rank_queries
from analysis.returns.rules.query_policy import query_policy
from analysis.returns.rules.redefined import redefined
from analysis.returns.rules.rule import Severity
from analysis.returns.rules.timeliness import timeliness
from analysis.returns.succession import merged
from analysis.views.model import NamedAuthority

QUARTERS_SHOWN = 12
RETURNS, MADE_UP, EXCHANGE = "returns", "made-up", "exchange"
"""Folders under `data/raw/`: returns as received, made-up ones, and in either the cross-regional file."""
PUBLISHED = "published"
"""The source of what is made of published figures alone, which come with the kit."""


MADE_UP_MARK = "MADE-UP"
"""How the note of a made-up figure begins."""


@dataclass(frozen=True)
class Collection:
    """One region's returns for one quarter, and every stage made from them."""

    workspace: Workspace
    source: str
    """`returns` or `made-up`: the folder under `data/raw/`."""
    home: Region
    """As its file has it."""
    period: Quarter
    reckoned: Changes | None = None
    """Changes to reckon with in the place of those that were signed off: a preview's, or those of before."""

    @cached_property
    def changes(self) -> Changes:
        """The changes in force in the quarter."""
        return self.every_change.in_force(self.period) if self.reckoned is None else self.reckoned

    @cached_property
    def every_change(self) -> Changes:
        """All that are written down, whether they hold or not."""
        return load_changes(self.registers / CHANGES, self.home)

    @cached_property
    def region(self) -> Region:
        """The region with those who take part in the quarter."""
        return self.changes.region_at(self.home, self.period)

    @property
    def gone(self) -> set[str]:
        """Those whose figures no longer count: who left, and who was split. A merged council's are in the sum."""
        changes = self.changes
        summed = {code for one in merged(changes.reorganisations) for code in one.predecessors}
        return {*changes.ended, *changes.left} - summed

    @cached_property
    def registry(self) -> Registry:
        """The indicators, with the region's own."""
        return registry_for(self.home)

    @cached_property
    def indicator_list(self) -> tuple[Indicator, ...]:
        """The region's dated list, in its order."""
        return self.registry.listed(self.region.indicator_set)

    @cached_property
    def returns(self) -> list[tuple[str, Path]]:
        """The returns received up to the quarter: those of earlier quarters hold its history."""
        return self._received(self._home)

    @property
    def _home(self) -> Path:
        return self.workspace.raw / self.source / self.home.id

    @property
    def _exchange_home(self) -> Path:
        return self.workspace.raw / self.source / EXCHANGE

    def without_child_level(self) -> Collection:
        """The collection after child-level files have been removed from its folders (S1 14; S0 5.3).

        Where nothing was removed it is this one, with all that has been read of it.
        """
        removed: list[Path] = []
        for paths, checked in ((self.returns, self.checked), (self.exchange_files, self.exchange)):
            if checked is not None:
                removed += turn_away(paths, checked.files, checked.findings)
        return self.afresh() if removed else self

    def afresh(self) -> Collection:
        """The same collection, with nothing read yet."""
        return Collection(self.workspace, self.source, self.home, self.period, self.reckoned)

    def with_changes(self, changes: Changes) -> Collection:
        """The same returns reckoned with these changes, in the place of those that were signed off."""
        return Collection(self.workspace, self.source, self.home, self.period, changes)

    @cached_property
    def exchange_files(self) -> list[tuple[str, Path]]:
        """The cross-regional file, where one is supplied."""
        return self._received(self._exchange_home)

    def _received(self, folder: Path) -> list[tuple[str, Path]]:
        if not folder.is_dir():
            return []
        return [(name, path) for name, path in find_returns(folder) if Quarter.parse(name) <= self.period]

    @property
    def registers(self) -> Path:
        """What people write about these returns: real ones' stand apart from made-up ones'."""
        home = self.workspace.registers
        return home / self.home.id if self.source == RETURNS else home / self.source / self.home.id

    @property
    def register_files(self) -> list[Path]:
        """What changes a figure, or what is asked about it: registers, dates, receipts, and the world's changes."""
        dates = self.workspace.registers / self.home.id
        receipts = self._home.glob(f"*/{RECEIPTS}/*.yml")
        changes = (path for path in (self.registers / CHANGES).glob("*") if path.suffix in (".yml", ".csv"))
        issued = (self.registers / ISSUED_BANDS).glob("*.yml")
        noted = commentary_files(self.registers, self.period)
        written = (*self.registers.glob("*.yml"), *answer_files(self.registers), *issued, *noted)
        found = {*written, *dates.glob("*.yml"), *receipts, *changes}
        # Who is enrolled, who gets what and how, changes no figure: a struck name is no reason to make reports again.
        return sorted(path for path in found if path.name not in (PEOPLE, RELEASE_POLICY, RECIPIENTS))

    @cached_property
    def log(self) -> Chain:
        """What happened about the region's quarters, from its log."""
        return read_chain(log_folder(self.registers))

    @cached_property
    def permitted(self) -> tuple[NamedAuthority, ...]:
        """Who is named in the quarter's anonymised packs, by the group's decision and their own permissions."""
        return tuple(
            NamedAuthority(
                authority=one.authority,
                name=authorities()[one.authority].name,
                permission=one.permission,
                until=one.until,
            )
            for one in named_in(self.log, str(self.period))
        )

    @property
    def answers_in_log(self) -> str:
        """A hash of what the log says about this quarter's figures, and of nothing else in it."""
        kinds = {body.kind for body in BODIES}
        lines = (
            one.line for one in self.log.events if one.kind in kinds and one.body.get("period") == str(self.period)
        )
        return hashlib.sha256(b"".join(lines)).hexdigest()

    @cached_property
    def as_sent(self) -> Checked:
        """The returns as checked, before any correction."""
        return check_returns(
            self.returns, self.region, self.period, self.registry, templates=self.templates, changes=self.changes
        )

    @cached_property
    def checked(self) -> Checked:
        """The returns as checked, with the corrections that were agreed; the whole is looked over once more then."""
        ledger = load_ledger(self.registers / LEDGER, self.registry)
        if not ledger.entries:
            return self.as_sent
        return corrected(self.as_sent, ledger.without(self.gone), self.registry, self.changes)

    @cached_property
    def templates(self) -> tuple[Template, ...]:
        """The layouts that returns may have: the kit's, and the region's own mappings beside its returns."""
        return (*packaged_templates(), *(load_template(path, self.registry) for path in self.template_files))

    @property
    def template_files(self) -> list[Path]:
        """The region's own mappings."""
        return sorted((self._home / "templates").glob("*.yml"))

    @cached_property
    def findings(self) -> pd.DataFrame:
        """What the rules say of the returns, of files turned away before, and of a cross-regional file not used.

        Queries that were answered, or are beyond the budget, are notes.
        """
        said = [turned_away(self._home), turned_away(self._exchange_home), self.checked.findings, self._on_time()]
        if self.exchange is not None:
            said.append(
                self.exchange.findings[self.exchange.findings["line"].isna() & _refused(self.exchange.findings)]
            )
        accepted = load_accepted(self.registers / ACCEPTED, self.registry)
        open_ = answered(pd.concat(said, ignore_index=True), load_round(self.registers, self.period))
        asked = redefined(accept(open_, accepted, self.period), self.breaks, self.registry)
        return rank_queries(asked, self.region.everyone, self.registry, query_policy())

    def _on_time(self) -> pd.DataFrame:
        """Whether each return came when it was due, as far as receipts say."""
        folder = self._home / str(self.period)
        days = first_days(received_in(folder).values(), str(self.period))
        calendar = read_calendar(self.workspace.registers / self.home.id, self.home)
        # Bank holidays take a third of a second to load: they are counted only where a day is known.
        due = due_of(self.home, self.period, calendar) if days else None
        return findings_frame(timeliness(days, due, self.period))

    @cached_property
    def notes(self) -> pd.DataFrame:
        """What the authorities wrote beside their figures, without the mark of made-up ones."""
        cells = self.checked.checked[["authority", "period", "measure", "quality"]]
        said = cells["quality"].str.removeprefix(MADE_UP_MARK).str.lstrip("; ")
        return cells.assign(quality=said)[said != ""]

    @cached_property
    def exchange(self) -> Checked | None:
        """The cross-regional file as checked, or None."""
        if not self.exchange_files:
            return None
        update = {"id": EXCHANGE, "members": self.changes.england(), "outside_members": ()}
        nation = self.region.model_copy(update=update)
        # Nobody leaves England: whoever left the region's collection may stand there still.
        changes = Changes(tuple(one for one in self.changes.held if not isinstance(one.change, Membership)))
        return check_returns(self.exchange_files, nation, self.period, self.registry, changes=changes)

    @cached_property
    def breaks(self) -> tuple[Break, ...]:
        """The changes of definition in force."""
        return self.changes.breaks(self.region.everyone)

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """Every figure of every authority of the collection."""
        return compute_indicators(self.checked.checked, self.registry, self.populations, self.breaks)

    @cached_property
    def populations(self) -> pd.DataFrame:
        """Children by authority and mid-year, with newer estimates and those of new councils."""
        return self.changes.populations(population_frame())

    @cached_property
    def exchange_indicators(self) -> pd.DataFrame | None:
        """Every figure of the cross-regional file, or None."""
        if self.exchange is None:
            return None
        return compute_indicators(self.exchange.checked, self.registry, self.populations, self.breaks)

    @cached_property
    def comparisons(self) -> pd.DataFrame:
        """Every authority against region, neighbours and England."""
        from analysis.comparisons.compare import compare

        return compare(
            self.indicators,
            self.registry,
            self.region,
            period=self.period,
            # Set beside DfE's figures, ours are on DfE's populations.
            populations=self.changes.with_successors(population_frame()),
            published=published_figures(),
            neighbours=self.changes.neighbours,
            edition=self.changes.edition,
            exchange=self.exchange_indicators,
            breaks=self.breaks,
            english=self.changes.england(),
            follows=self.changes.follows,
        )

    def measures_of(self, series: str) -> list[str]:
        """The measures that a series is made of."""
        one = next(each for each in self.registry.all_series() if each.id == series)
        return [name for name in (one.numerator, one.denominator) if name and name in self.registry.measures]

    @cached_property
    def signals(self) -> pd.DataFrame:
        """What is unusual for an authority, and what only seems so since the figure itself is asked about."""
        from analysis.signals.artefacts import asked_about, queried
        from analysis.signals.readings import panels_of, read_signals, without_asked

        held = panels_of(self._on_one_edition, self.indicator_list, self.region.everyone, self.period, self.breaks)
        held_back = queried(self.findings, self.registry, held.names, held.authorities, self.period)
        return read_signals(without_asked(held, asked_about(self.findings, self.registry)), held_back)

    @cached_property
    def trends(self) -> pd.DataFrame:
        """The course of every headline over the region's own members together."""
        from analysis.signals.artefacts import asked_about
        from analysis.signals.readings import panels_of
        from analysis.signals.region import read_region

        held = panels_of(self._on_one_edition, self.indicator_list, self.region.members, self.period, self.breaks)
        asked = asked_about(self.findings, self.registry)
        return read_region(held, self.indicator_list, self.registry.balances, asked)

    @cached_property
    def _on_one_edition(self) -> pd.DataFrame:
        """The indicators with every rate on the quarter's population edition: a new estimate is no step."""
        return on_edition(self.indicators, self.registry, self.populations, edition_for(self.period))

    @cached_property
    def regional(self) -> pd.DataFrame:
        """The region's pooled, mean and median headlines over the quarters shown."""
        from analysis.comparisons.summary import summarise

        return summarise(self.indicators, self.registry, self.region.members, self.shown)

    @cached_property
    def shown(self) -> tuple[Quarter, ...]:
        """The quarters on a page."""
        return tuple(self.period.back(QUARTERS_SHOWN))

    @cached_property
    def made_up(self) -> bool:
        """Whether any figure is made up: told by the rows themselves, wherever the file stands."""
        if self.source == MADE_UP or _marked(self.checked):
            return True
        # Last: it holds all England.
        return self.exchange is not None and _marked(self.exchange)

    @cached_property
    def neighbour_codes(self) -> dict[str, tuple[str, ...]]:
        """Each authority's statistical neighbours, nearest first."""
        return {code: tuple(near.code for near in listed) for code, listed in self.changes.neighbours.items()}


def _refused(findings: pd.DataFrame) -> pd.Series[bool]:
    return findings["severity"] == Severity.REFUSE


def _marked(read: Checked) -> bool:
    return bool(read.checked["quality"].str.upper().str.startswith(MADE_UP_MARK).any())
