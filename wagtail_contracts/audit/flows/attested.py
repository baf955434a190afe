"""What the newest checkpoint is, and who vouches for it, for people to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from wagtail_contracts.audit.conf import audit
from wagtail_contracts.audit.flows.stamping import token_of
from wagtail_contracts.audit.models import Checkpoint, LogEntry

ORGANISATION, NAME = "organization_name", "common_name"


@dataclass(frozen=True)
class Told:
    """A checkpoint: its size is its number. `stamped_by` is empty where nobody stamped it.

    `anchors` are the names of the places, as the settings call them, where it stands.
    """

    size: int
    at: datetime
    events: int
    stamped_at: datetime | None
    stamped_by: str
    anchors: Sequence[str]


def attests() -> bool:
    """Whether the settings say how checkpoints are signed."""
    chosen = audit()
    return bool(chosen.origin and chosen.key)


def authority() -> str:
    """The host that is asked for time-stamps over checkpoints; empty for none."""
    return urlsplit(audit().timestamp).hostname or ""


def last_checkpoint() -> Told | None:
    """The newest checkpoint; None before the first."""
    point = Checkpoint.objects.select_related("token").order_by("size").last()
    return _told(point) if point else None


def covered(trail: str) -> tuple[int, Told] | None:
    """Up to which event a checkpoint covers a trail, and the first that does; None for none."""
    entry = LogEntry.objects.filter(trail__key=trail).order_by("-length").first()
    if entry is None:
        return None
    points = Checkpoint.objects.select_related("token").filter(size__gt=entry.index)
    point = points.order_by("size").first()
    return (entry.length, _told(point)) if point else None


def _told(point: Checkpoint) -> Told:
    at, by = _stamp(point)
    anchors = point.anchored.order_by("anchor").values_list("anchor", flat=True)
    return Told(
        size=point.size,
        at=point.at,
        events=point.events,
        stamped_at=at,
        stamped_by=by,
        anchors=list(anchors),
    )


def _stamp(point: Checkpoint) -> tuple[datetime | None, str]:
    """When it was time-stamped and by whom; a token that can't be read vouches for nothing."""
    if not hasattr(point, "token"):
        return None, ""
    try:
        return point.token.at, holder(token_of(point.token))
    except Exception:  # noqa: BLE001 - of whatever a damaged row raises those tell who look at it
        return None, ""


def holder(token: bytes) -> str:
    """Whom the certificate names that signed a time-stamp; its name, or who runs it."""
    from asn1crypto import cms

    signed: Any = cms.ContentInfo.load(token)["content"]
    number = signed["signer_infos"][0]["sid"].chosen["serial_number"].native
    for item in signed["certificates"]:
        if item.chosen.serial_number == number:
            subject = item.chosen.subject.native
            return str(subject.get(ORGANISATION) or subject.get(NAME) or "")
    return ""
