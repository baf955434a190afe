"""Where a contract stands for one reader, so small that an open page can ask every few seconds.

A stamp is made of nothing but what this reader may see: it changes when that does, and at nothing
else. What the other side keeps to itself changes no byte of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import FilteredRelation, Max, Q, QuerySet

from wagtail_contracts import canonical, events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.models import (
    Contract,
    ContractVersion,
    Participant,
    Thread,
)
from wagtail_contracts.sealing.models import SealedFile

LENGTH = 22  # characters of a stamp
# Whoever looks again because something has moved must not set others looking.
LOOKS = (events.STAFF_LOOKED, events.SENSITIVE_SEEN)
State = dict[str, Any]


def seen_by(participant: Participant, contract: Contract, version: ContractVersion) -> State:
    """The version, where it stands, and a stamp for each thing that a participant sees of it."""
    facts = {
        **_facts(contract, version),
        "people": _people(contract, version),
        "threads": _threads(Thread.objects.seen_by(participant)),
        "sealed": _sealed(contract, version),
    }
    return {**facts, "tag": _stamp(facts)}


def staff_sees(contract: Contract, user: Any) -> State:
    """The same for the overview of somebody who may view the contract: all that our side tells."""
    version = contract.current_version
    trails = [contract.trail, contract.own_trail]
    happened = Event.objects.filter(trail__key__in=trails).exclude(name__in=LOOKS)
    facts = {
        **_facts(contract, version),
        "threads": _threads(Thread.objects.of_staff(user, contract)),
        "events": _stamp(list(happened.order_by("-pk").values_list("digest", flat=True)[:1])),
        "sealed": _sealed(contract, version),
    }
    return {**facts, "tag": _stamp(facts)}


def _facts(contract: Contract, version: ContractVersion | None) -> State:
    return {
        "version": version.number if version else 0,
        "digest": version.digest if version else "",
        "state": contract.state,
        "deadline": canonical.day(contract.deadline) if contract.deadline else "",
    }


def _people(contract: Contract, version: ContractVersion) -> str:
    """Who takes part, and who has agreed to this version or signed it."""
    people = Participant.objects.filter(party__contract=contract).annotate(
        signed=FilteredRelation("signatures", condition=Q(signatures__version=version)),
        agreed=FilteredRelation("agreements", condition=Q(agreements__version=version)),
    )
    rows = people.order_by("pk").values_list(
        "public_id", "role", "name", "left_at", "agreed__at", "signed__at"
    )
    return _stamp([[*row[:3], *map(_moment, row[3:])] for row in rows])


def _threads(threads: QuerySet[Thread]) -> str:
    """By their public names: a count of rows would tell how much others write."""
    rows = threads.order_by("pk", "comments__pk").values_list(
        "public_id", "suggestion__state", "comments__public_id", "resolved_at"
    )
    return _stamp([[*(part or "" for part in row[:3]), _moment(row[3])] for row in rows])


def _sealed(contract: Contract, version: ContractVersion | None) -> int:
    """Which generation of the sealed file is the newest; 0 while there is none."""
    if contract.state != "signed" or version is None:
        return 0
    files = SealedFile.objects.filter(subject=version.digest)
    return files.aggregate(newest=Max("generation", default=0))["newest"]


def _moment(at: datetime | None) -> str:
    return canonical.moment(at) if at else ""


def _stamp(value: Any) -> str:
    return canonical.digest(canonical.STAMP, value)[:LENGTH]
