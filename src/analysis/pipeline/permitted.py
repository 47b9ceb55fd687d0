"""Who is named in a quarter's anonymised packs, and that enough others stay concealed (S0 5.5.3 ii, iii)."""

from __future__ import annotations

from analysis.disclosure.bands import GroupBands
from analysis.disclosure.forms import form_of
from analysis.disclosure.policy import policy
from analysis.errors import UserError
from analysis.pipeline.collection import Collection
from analysis.pipeline.issued_bands import Printed
from analysis.views.model import NamedAuthority


def named_in_packs(collection: Collection, printed: Printed) -> tuple[NamedAuthority, ...]:
    """The authorities of `collection.permitted`, each once, in the order of their codes.

    Parameters
    ----------
    printed
        The quarter's bands: they stay the same, whoever is named beside them.

    Raises
    ------
    UserError
        If one is no member of the collection, or so many are named that of some band too few stay concealed: the
        figures of those that are named are known to every reader, and can be taken out of the band.
    """
    named = {one.authority: one for one in collection.permitted}
    strangers = sorted(set(named) - set(collection.region.everyone))
    if strangers:
        raise UserError(
            f"{', '.join(strangers)} may not be named: not in the collection of {collection.region.name}",
            where=f"permissions for {collection.period}",
            remedy="only members of the collection stand beside its bands; take the permission out",
        )
    for (group, series), bands in printed.items():
        if isinstance(bands, str):
            continue
        left, least = still_concealed(bands, named), form_of(len(bands.members), policy()).concealed
        if named and left < least:
            raise UserError(
                f"with {len(named)} named, {left} authorities stay concealed in the band of {series} ({group}), "
                f"and {least} are needed",
                where=f"permissions for {collection.period}",
                remedy="name fewer authorities in the quarter's packs, or none",
            )
    return tuple(named[code] for code in sorted(named))


def still_concealed(bands: GroupBands, named: dict[str, NamedAuthority]) -> int:
    """How many of a band's members are not named beside it."""
    return len(set(bands.members) - set(named))
