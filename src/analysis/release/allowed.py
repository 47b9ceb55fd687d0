"""Whether a release is allowed: by an agreement that holds, and by everybody whom it names to somebody outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from analysis.reference.regions import Region
from analysis.registers.agreements import Agreement, Purpose
from analysis.registers.basis import Basis, NoBasisError, basis_for
from analysis.registers.log.chain import Chain
from analysis.registers.naming import refuse_if_other_than_built
from analysis.registers.permissions import NotPermittedError, require
from analysis.registers.recipients import FILE as RECIPIENTS
from analysis.registers.scope import Scope as Shown
from analysis.registers.sharing import SharingRules
from analysis.release.events import Scope
from analysis.release.manifest import Manifest
from analysis.release.refused import RefusedError
from analysis.views.model import Variant

PURPOSES: Mapping[Variant, Purpose] = {
    Variant.INTERNAL: Purpose.BENCHMARKING,
    Variant.OWN: Purpose.BENCHMARKING,
    Variant.ANONYMISED: Purpose.PARTNERS_ANONYMISED,
    Variant.DFE: Purpose.DFE_SUMMARY,
}
"""What each variant is shared for. One of published figures rests on no agreement (S0 5.5.3 iv)."""
_INSIDE = f"if it is made for them, enter their exact name in {RECIPIENTS} (docs/how-to/permissions.md)"
_NAMING = frozenset({Variant.INTERNAL, Variant.DFE})
"""Variants of the kit's own documents that name authorities beside the one that shares them."""


def refuse_changed_names(
    chain: Chain, manifest: Manifest, rules: SharingRules, on: date, names: Callable[[str], str]
) -> None:
    """Refuse anonymised packs that name others than may be named on the day that they go out (S0 5.5.3 ii).

    Raises
    ------
    RefusedError
        As `naming.refuse_if_other_than_built`.
    """
    if manifest.scope.variant is not Variant.ANONYMISED:
        return
    try:
        refuse_if_other_than_built(chain, manifest.log_head, manifest.scope.period, rules, on, names)
    except NotPermittedError as refused:
        raise RefusedError(refused.what, where=refused.where, remedy=refused.remedy) from None


def refuse_unless_allowed(
    chain: Chain,
    scope: Scope,
    others: Iterable[str],
    region: Region,
    rules: SharingRules,
    agreements: Sequence[Agreement],
    on: date,
    *,
    names: Callable[[str], str] = str,
) -> Basis | None:
    """Refuse a release that no agreement allows on its day, or that somebody shown has not permitted.

    Parameters
    ----------
    chain
        The region's log.
    scope
        What is released.
    others
        Whoever gets it beside those whose copies the documents are. Who of them is outside, the rules say. A document
        that was registered is for no fixed audience: its own is asked about too.
    region, rules, agreements
        The region and what holds in it.
    names
        From a code to what people call the authority.

    Returns
    -------
    Basis or None
        The agreement, with what is due of it; None for published figures.

    Raises
    ------
    RefusedError
        With who is missing, or which agreement ended.
    """
    if scope.variant is Variant.PUBLIC:
        return None
    shown = scope.shows(region.everyone)
    # Whatever a document from elsewhere tells of an authority, the kit did not compute it: nothing lets it out but the
    # authority's word, and a permission for figures of a quarter is none for it.
    named = bool(shown) if scope.document else scope.variant in _NAMING
    what = Shown(document=scope.document) if scope.document else Shown(periods=(scope.period,))
    made_for = Variant.INTERNAL if scope.document else scope.variant
    try:
        basis = basis_for(PURPOSES[scope.variant], region, on, agreements)
        for audience in (scope.audience, *others) if scope.document else others:
            summary = scope.variant is Variant.DFE
            outside = rules.is_outside(audience, made_for.value)
            if rules.asks_permission(named=named, outside=outside, summary=summary):
                require(chain, rules, shown, audience, what, on, names=names)
    except NotPermittedError as refused:
        raise RefusedError(refused.what, where=refused.where, remedy=f"{refused.remedy}; {_INSIDE}") from None
    except NoBasisError as refused:
        raise RefusedError(refused.what, where=refused.where, remedy=refused.remedy) from None
    return basis
