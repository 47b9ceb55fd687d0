"""The bands of a quarter's packs: those that were issued, and only what no issue has shown worked out anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from analysis.disclosure.bands import GroupBands, group_bands
from analysis.disclosure.frozen_bands import bands_to_print, begins_anew, line_to_issue
from analysis.disclosure.policy import policy
from analysis.disclosure.wide_bands import wide_bands
from analysis.errors import UserError
from analysis.pipeline.collection import Collection
from analysis.reference.periods import Quarter
from analysis.registers.issued_bands import Issue, bands_path, load_every_quarter, load_issues
from analysis.registers.register_file import add_issue
from analysis.release.refused import HeldBackError
from analysis.views.words import bands_begin, bands_issued

REGION, ACROSS = "region", "across-regions"
"""The groups that have bands: the region's members, and everyone in the cross-regional file where it is there."""
Printed = Mapping[tuple[str, str], GroupBands | str]
"""By group and headline series: the bands, or the id of the reason why there are none."""


def printed_bands(collection: Collection) -> Printed:
    """The bands that the quarter's packs print.

    Raises
    ------
    BadReferenceError
        As `load_issues`.
    """
    return _printed(collection, _holding(collection))


def bands_notes(collection: Collection, printed: Printed) -> tuple[str, ...]:
    """What the packs say of how their bands stand to those of other issues: the same in all packs of a quarter."""
    held = load_every_quarter(collection.registers)
    issues = held.get(collection.period, ())
    notes = [bands_issued(issues[-1].date, len(issues), issues[-1].policy_sha256)] if issues else []
    earlier = [before[-1].by_key for quarter, before in held.items() if quarter < collection.period]
    starts: dict[str, set[str]] = {}
    for (group, series), bands in printed.items():
        lines = [keyed[group, series] for keyed in earlier if (group, series) in keyed]
        if first := begins_anew(bands, lines, collection.shown):
            starts.setdefault(first, set()).add(series)
    numbers = {indicator.headline: indicator.id for indicator in collection.indicator_list}
    return (
        *notes,
        *(bands_begin([numbers[one] for one in numbers if one in new], first) for first, new in sorted(starts.items())),
    )


def freeze(collection: Collection, by: str, on: date) -> Issue:
    """Keep the bands that the quarter's packs now print, so that no later correction changes them.

    Parameters
    ----------
    collection
        The region's quarter.
    by
        Who approved them: a role.
    on
        The day of the decision.

    Raises
    ------
    HeldBackError
        If they have been kept already.
    """
    path = bands_path(collection.registers, collection.period)
    if issues := load_issues(path):
        raise HeldBackError(
            f"the bands of {collection.period} were frozen on {issues[-1].date}",
            where=f"{path.parent.name}/{path.name}",
            remedy="corrections appear from the next quarter on; to issue all packs again: tartanrug bands reissue",
        )
    issue = _issue(printed_bands(collection), by, "", on)
    add_issue(path, issue)
    return issue


def reissue(collection: Collection, by: str, reason: str, on: date) -> Issue:
    """Keep the bands as the figures now give them as a new issue, with which all packs have to be issued again.

    Quarters before it keep the bands of their own issue.

    Parameters
    ----------
    reason
        Why. It is kept and not printed.

    Raises
    ------
    HeldBackError
        If nothing was issued yet, a later quarter was, or the bands are the same.
    UserError
        If no reason is given.
    """
    path = bands_path(collection.registers, collection.period)
    issues, holding = load_issues(path), _holding(collection)
    if not issues:
        raise HeldBackError(f"the bands of {collection.period} are not frozen", remedy="tartanrug bands freeze")
    if not reason.strip():
        raise UserError("a new issue needs a reason", remedy="give --reason: it is kept, and printed nowhere")
    later = [quarter for quarter in holding if quarter > collection.period]
    if later:
        raise HeldBackError(
            f"{later[-1]} has been issued since, with the bands of {collection.period} in it",
            remedy=f"issue {later[-1]} again if that is what is wanted; the older quarters stay as they are",
        )
    del holding[collection.period]
    issue = _issue(_printed(collection, holding), by, reason, on)
    if issue.sha256 == issues[-1].sha256:
        raise HeldBackError("the figures as they stand give the same bands", remedy="nothing has to be issued again")
    add_issue(path, issue)
    return issue


def _holding(collection: Collection) -> dict[Quarter, Issue]:
    return {quarter: issues[-1] for quarter, issues in load_every_quarter(collection.registers).items()}


def _printed(collection: Collection, holding: Mapping[Quarter, Issue]) -> Printed:
    issued = {quarter: issue.by_key for quarter, issue in holding.items()}
    return {
        key: bands_to_print(
            now, {quarter: lines[key] for quarter, lines in issued.items() if key in lines}, collection.shown, policy()
        )
        for key, now in _as_they_stand(collection).items()
    }


def _as_they_stand(collection: Collection) -> Printed:
    """What the figures give today."""
    members, shown, breaks = collection.region.members, collection.shown, collection.breaks
    own = {
        (REGION, indicator.headline): group_bands(collection.indicators, indicator, members, shown, policy(), breaks)
        for indicator in collection.indicator_list
    }
    return own | _across_regions(collection)


def _across_regions(collection: Collection) -> dict[tuple[str, str], GroupBands | str]:
    figures = collection.exchange_indicators
    if figures is None:
        return {}
    members, shown, everyone = collection.region.members, collection.shown, collection.changes.england()
    # The file holds all of England: it is looked through once for what is banded, not once for each indicator.
    headlines = [indicator.headline for indicator in collection.indicator_list]
    figures = figures[figures["period"].isin([str(quarter) for quarter in shown]) & figures["series"].isin(headlines)]
    return {
        (ACROSS, indicator.headline): wide_bands(
            figures, indicator, members, everyone, shown, policy(), collection.breaks
        )
        for indicator in collection.indicator_list
    }


def _issue(printed: Printed, by: str, reason: str, on: date) -> Issue:
    lines = tuple(line_to_issue(group, series, bands) for (group, series), bands in printed.items())
    return Issue.of(lines, policy_sha256=policy().sha256, by=by, reason=reason, on=on)
