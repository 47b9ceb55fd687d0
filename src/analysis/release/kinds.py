"""Every kind of event that this version of the kit knows: a register's new kind is another line here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pydantic import ValidationError

from analysis.registers import (
    confirmations,
    erased,
    incidents,
    issued_bands,
    leaving,
    naming,
    permissions,
    purged,
    requests,
)
from analysis.registers.log.chain import Chain, Fault
from analysis.registers.log.event import NOT_ENROLLED, Body
from analysis.release import events

_REPORT = "report it: the kit writes no such event"
_BODIES: tuple[type[Body], ...] = (
    events.DocumentsBuilt,
    events.ReadingCopiesBuilt,
    events.DocumentRegistered,
    events.ReleaseChecked,
    events.ReviewOpened,
    events.ReleaseApproved,
    events.ReleaseIssued,
    events.CopiesSent,
    events.ReleaseWithdrawn,
    events.ReleaseRefused,
    events.RecallWritten,
    permissions.PermissionGranted,
    permissions.PermissionWithdrawn,
    naming.AuthoritiesNamed,
    issued_bands.BandsIssued,
    requests.RequestReceived,
    requests.RequestAnswered,
    leaving.AuthorityLeft,
    leaving.HistoryDecided,
    erased.ErasureBegun,
    erased.ErasureFinished,
    purged.CopiesPurged,
    incidents.IncidentOpened,
    incidents.IncidentNoted,
    incidents.IncidentClosed,
    *confirmations.BODIES,
)
KINDS: Mapping[str, type[Body]] = MappingProxyType({body.kind: body for body in _BODIES})
"""By the name in the log."""
_BY_ANYBODY = frozenset({events.ReleaseRefused.kind, issued_bands.BandsIssued.kind})
"""What is noted whoever did it. Everything else is done by people who are enrolled."""


def strange_events(chain: Chain) -> Iterator[Fault]:
    """Events of no kind that is known, or that are not what their kind holds."""
    for event in chain.events:
        kind = KINDS.get(event.kind)
        remedy = "use the version of the kit that wrote it"
        if kind is None:
            yield Fault(event.file_name, f"no version of the kit up to this one writes {event.kind}", remedy)
            continue
        if event.by == NOT_ENROLLED and event.kind not in _BY_ANYBODY:
            yield Fault(event.file_name, f"nobody who is not enrolled can do this: {event.kind}", _REPORT)
            continue
        try:
            event.body_as(kind)
        except ValidationError:
            yield Fault(event.file_name, f"this is no {event.kind}", remedy)
