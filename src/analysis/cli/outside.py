"""Documents that are made for a named reader without a release: refused for what a release would be refused for."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from analysis.cli.identity import whoever_this_may_be
from analysis.cli.judged import days_judged
from analysis.cli.region_log import named
from analysis.cli.release.desk import Desk
from analysis.cli.release.refusals import refusals_noted
from analysis.registers.agreements import load_agreements
from analysis.registers.sharing import sharing_rules
from analysis.release.allowed import refuse_unless_allowed
from analysis.views.model import Variant


def refuse_outside(
    desk: Desk,
    variant: Variant,
    period: str,
    authority: str,
    audience: str,
    at: datetime,
    wanted: Literal["meeting", "brief"],
) -> None:
    """Refuse a document for somebody outside that no agreement allows, or that somebody shown has not permitted.

    Parameters
    ----------
    authority
        DfE code of the one authority that it is of; empty where it shows all.
    audience
        For whom it is; empty for the variant's own readers. Those of the anonymised variant are outside (S0 5.2).
    at
        When it is written: it must be allowed on that day and today.
    wanted
        What kind of document it is, for the log.

    Raises
    ------
    RefusedError
        As `refuse_unless_allowed`. The log notes it, and of whoever is not enrolled that they are not.
    """
    rules = sharing_rules(desk.region.id, desk.registers)
    outside = bool(audience) and rules.is_outside(audience, variant.value)
    if outside or variant is Variant.ANONYMISED:
        scope = desk.scope(variant, period, authority)
        others = (audience,) if audience else ()
        agreements = load_agreements(desk.region.id, desk.registers)
        with refusals_noted(desk, wanted, whoever_this_may_be(desk.registers)):
            for day in days_judged(at):
                refuse_unless_allowed(desk.chain(), scope, others, desk.region, rules, agreements, day, names=named)
