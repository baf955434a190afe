"""What was found and is not settled, by whichever app: about which contract, and how grave."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q

from wagtail_contracts.audit import models as audited
from wagtail_contracts.contracts.models import Contract, ContractVersion
from wagtail_contracts.sealing import models as sealed
from wagtail_contracts.signing import models as signed

MODELS: dict[str, Any] = {
    "audit": audited.Alarm,
    "sealing": sealed.Alarm,
    "signing": signed.Alarm,
}
# What asks for somebody without anything of ours being other than it was.
LIGHT = (
    "refused",
    "copy_altered",
    "examination_",
    "checkpoint_",
    "seal_without_",
    "seal_over",
    "ages_",
    "kept_unread",
    "file_unread",
    "exhibit_unread",
    "stamp_over",
)
GRAVE, LIGHTER, NOTHING = "grave", "lighter", ""
MOST = 200


@dataclass(frozen=True)
class Found:
    """One alarm, and the contract that it is about."""

    app: str
    alarm: Any
    contract: Contract | None

    @property
    def key(self) -> str:
        """Its name in an address."""
        return f"{self.app}-{self.alarm.pk}"

    @property
    def is_grave(self) -> bool:
        """Something is not as it was recorded, and was found so by the newest look."""
        return self.alarm.gone_at is None and not self.alarm.code.startswith(LIGHT)


def everything(*, settled: bool = False) -> list[Found]:
    """What is to settle, or what was settled; the newest of each app, MOST at most."""
    rows = [
        (app, alarm)
        for app, model in MODELS.items()
        for alarm in _of(model, settled=settled).order_by("-pk")[:MOST]
    ]
    rows.sort(key=lambda row: row[1].found_at, reverse=True)
    return with_contracts(rows)


def about_contract(contract: Contract) -> list[Found]:
    """What is to settle about one contract."""
    digests = contract.versions.values_list("digest", flat=True)
    about = [contract.trail, contract.own_trail, *digests]
    return [
        Found(app, alarm, contract)
        for app, model in MODELS.items()
        for alarm in model.objects.unsettled().filter(about__in=about).order_by("pk")[:MOST]
    ]


def find(key: str) -> Found | None:
    """The alarm of a key, settled or not."""
    app, _dash, number = key.partition("-")
    if app not in MODELS or not number.isdecimal() or len(number) > 18:
        return None
    alarm = MODELS[app].objects.filter(pk=int(number)).first()
    return with_contracts([(app, alarm)])[0] if alarm else None


def gravest() -> str:
    """GRAVE, LIGHTER or NOTHING: the worst of what is to settle."""
    light = reduce(or_, (Q(code__startswith=code) for code in LIGHT))
    grave = Count("pk", filter=Q(gone_at=None) & ~light)
    rows = (model.objects.unsettled() for model in MODELS.values())
    counts = [found.aggregate(told=Count("pk"), grave=grave) for found in rows]
    if any(one["grave"] for one in counts):
        return GRAVE
    return LIGHTER if any(one["told"] for one in counts) else NOTHING


def with_contracts(rows: Iterable[tuple[str, Any]]) -> list[Found]:
    """Each alarm with its contract; two queries, however many there are."""
    alarms = list(rows)
    keys = {alarm.about for _app, alarm in alarms if alarm.about}
    uuids = {key: named for key in keys if (named := _uuid(key))}
    contracts = Contract.objects.select_related("workspace", "owner")
    by_trail = {one.trail: one for one in contracts.filter(uuid__in=uuids.values())}
    versions = ContractVersion.objects.filter(digest__in=keys - uuids.keys()).only("contract")
    by_digest = dict(versions.values_list("digest", "contract"))
    whose = {one.pk: one for one in contracts.filter(pk__in=set(by_digest.values()))}
    found = {
        **{key: by_trail.get(key.removesuffix("-own")) for key in uuids},
        **{key: whose.get(pk) for key, pk in by_digest.items()},
    }
    return [Found(app, alarm, found.get(alarm.about)) for app, alarm in alarms]


def _of(model: Any, *, settled: bool) -> Any:
    return model.objects.exclude(settled_at=None) if settled else model.objects.unsettled()


def _uuid(key: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(key.removesuffix("-own"))
    except ValueError:
        return None
