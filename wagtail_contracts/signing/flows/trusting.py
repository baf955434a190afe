"""What anybody may know of how a site seals, and when it last looked whether all is whole."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.flows import Told
from wagtail_contracts.audit.models import Event
from wagtail_contracts.errors import Refusal
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.flows import Described
from wagtail_contracts.sealing.models import SealedFile

TRAIL = "site"
# Whatever a seal that is set up wrongly, or whose key is away, may raise.
UNSEALED = (Refusal, ImproperlyConfigured, ImportError, TypeError, OSError)


class Checked(NamedTuple):
    """The last examination of the whole site: when, and how many damages it named."""

    at: datetime
    damages: int


class Trust(NamedTuple):
    """What the page about trust shows; `seal` is None where nothing seals.

    `level` is the one that is set, `reached` that of the newest file under this certificate, empty
    before the first. Both are words of ETSI EN 319 142-1. `clock` is the host that is asked for the
    time in seals, `log_clock` for that of checkpoints. `attests` tells whether there are any,
    `qualified` whether the settings say so of the seal.
    """

    seal: Described | None
    level: str
    reached: str
    checked: Checked | None
    clock: str
    log_clock: str
    attests: bool
    checkpoint: Told | None
    qualified: bool


def trust() -> Trust:
    """How things are now. A handful of queries, and nothing of any contract."""
    seal = certificate()
    files = SealedFile.objects.filter(signer_fingerprint=seal.fingerprint) if seal else None
    newest = files.order_by("-pk").only("level").first() if files is not None else None
    return Trust(
        seal=seal,
        level=sealing.level(),
        reached=newest.level if newest else "",
        checked=last_check(),
        clock=sealing.authority(),
        log_clock=audit.authority(),
        attests=audit.attests(),
        checkpoint=audit.last_checkpoint(),
        qualified=seal is not None and sealing.qualified(),
    )


def certificate() -> Described | None:
    """The certificate of the seal, or None where nothing seals."""
    try:
        return sealing.described()
    except UNSEALED:
        return None


def last_check() -> Checked | None:
    """The newest examination that went over everything."""
    event = Event.objects.of(TRAIL).named(events.SITE_CHECKED).last()
    return Checked(event.at, event.data["damages"]) if event else None


@transaction.atomic
def note_check(contracts: int, damages: int, warnings: int, *, by: Actor) -> None:
    """Record that the whole site was examined, and how much was found."""
    data = {"contracts": contracts, "damages": damages, "warnings": warnings}
    audit.record(TRAIL, events.SITE_CHECKED, data, by=by)
