"""What a release rests on: an agreement that holds on its day, or a refusal. Building needs none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.errors import ExitCode, UserError
from analysis.reference.regions import Region
from analysis.registers.agreements import Agreement, Purpose


class NoBasisError(UserError):
    """No agreement allows it on that day: nothing goes out."""

    exit_code = ExitCode.REFUSED


@dataclass(frozen=True)
class Basis:
    """The agreement that allows something, and where it says so."""

    agreement: Agreement
    clause: str
    warnings: tuple[str, ...]
    """What is due of the agreement, though it holds."""


def basis_for(purpose: Purpose, region: Region, on: date, agreements: Iterable[Agreement]) -> Basis:
    """The agreement that a release for a purpose rests on.

    Parameters
    ----------
    purpose
        What it is shared for.
    region
        Whose release it is.
    on
        The day of the release.
    agreements
        As `agreements.load_agreements`. Of several that hold, the one that began last.

    Raises
    ------
    NoBasisError
        If none holds: with those that would, and why they do not.
    """
    fitting = [one for one in agreements if purpose in one.purposes and region.id in one.regions]
    holding = [one for one in fitting if one.holds(on)]
    if not holding:
        raise NoBasisError(
            f"no agreement of {region.name} allows {purpose.replace('_', ' ')} on {on}",
            where="; ".join(f"{one.title}: {one.why_not(on)}" for one in fitting) or "no agreement names this purpose",
            remedy="enter the one that does, or its extension, in data/registers/<region>/agreements.yml "
            "(docs/how-to/permissions.md)",
        )
    newest = max(holding, key=lambda one: (one.begins or date.min, one.id))
    return Basis(newest, newest.purposes[purpose], newest.warnings(on, region.members))


def until_by_default(first: date, months: int, agreements: Sequence[Agreement]) -> date:
    """The last day of a permission that names none: so many months on, or the end of the agreement if that is sooner.

    Parameters
    ----------
    first
        Its first day.
    months
        `SharingRules.permission_months`.
    agreements
        The region's: of those that hold, the ends, and the days by which the next one is due.
    """
    ends = [_months_on(first, months)]
    for one in agreements:
        if one.holds(first):
            ends += [day for day in (one.last_day, one.next_review) if day is not None and day > first]
    return min(ends)


def _months_on(day: date, months: int) -> date:
    """The day before the same day so many months on; of a month that is shorter, its last day but one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date.fromordinal(date(year, month + 1, number).toordinal() - 1)
        except ValueError:
            continue
    return date.fromordinal(date(year, month + 1, day.day).toordinal() - 1)
