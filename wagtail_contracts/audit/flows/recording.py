"""Appending events, and keeping what they disclose."""

import secrets
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_contracts import canonical, chain
from wagtail_contracts.actors import SYSTEM, Actor
from wagtail_contracts.audit import kinds, signals
from wagtail_contracts.audit.errors import NoTransaction, UnfitData, UnknownKind
from wagtail_contracts.audit.models import Disclosure, Event, Trail


def record(
    key: str,
    name: str,
    data: Mapping[str, Any] | None = None,
    *,
    by: Actor,
    disclose: Mapping[str, str] | None = None,
    committed: Mapping[str, str] | None = None,
) -> Event:
    """Append one event to trail `key`, in the caller's transaction.

    `data` holds ids, digests, states and numbers only. Personal data go to `disclose`, by kind:
    the record keeps a salted commitment to each, so they can be erased later. The label and
    address of the actor are disclosed so by themselves. `committed` are commitments that `commit`
    made before, by kind. Raises NoTransaction, UnknownKind where nobody declared `name`, and
    UnfitData where `data` is not what was declared.
    """
    _insist_inside()
    _insist_on_kind(name, data or {})
    trail, at = _locked(key), datetime.now(UTC)

    content = {
        "at": canonical.moment(at),
        "by": {"kind": by.kind, "key": by.key},
        "commitments": _commitments({**_personal(by), **(disclose or {})}, committed or {}),
        "data": dict(data or {}),
        "name": name,
    }
    text, digest = chain.link(key, chain.Head(trail.length, trail.head), content)
    return _announced(_append(trail, text, digest, name=name, at=at, by=by))


def commit(value: str) -> str:
    """Keep one value to be disclosed by the event that is recorded next, in one transaction.

    The commitment is returned, for a row that points there. Raises NoTransaction.
    """
    _insist_inside()
    made = _disclosure(value)
    made.save()
    return made.commitment


def _insist_inside() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise NoTransaction(_("An event is recorded together with what it tells."))


def _insist_on_kind(name: str, data: Mapping[str, Any]) -> None:
    kind = kinds.find(name)
    if kind is None:
        raise UnknownKind(_("No kind of event is called %(name)s.") % {"name": name})
    if fault := kind.schema.fault(data):
        raise UnfitData(_("Event %(name)s: %(fault)s.") % {"name": name, "fault": fault})


def _locked(key: str) -> Trail:
    trail = Trail.objects.select_for_update().filter(key=key).first()
    if trail is None:
        new = Trail(key=key, head=chain.genesis(key).digest)
        Trail.objects.bulk_create([new], ignore_conflicts=True)
        trail = Trail.objects.select_for_update().get(key=key)
    return trail


def _append(trail: Trail, text: str, digest: str, *, name: str, at: datetime, by: Actor) -> Event:
    event = Event.objects.create(
        trail=trail,
        sequence=trail.length + 1,
        record=text,
        digest=digest,
        name=name,
        at=at,
        actor_kind=by.kind,
        actor_key=by.key,
    )
    Trail.objects.filter(pk=trail.pk).update(length=event.sequence, head=digest)
    return event


def _announced(event: Event) -> Event:
    if signals.event_recorded.has_listeners(Event):
        transaction.on_commit(partial(signals.event_recorded.send_robust, Event, event=event))
    return event


def _personal(by: Actor) -> dict[str, str]:
    if by.kind == SYSTEM.kind:
        return {}
    return {kind: v for kind, v in {"label": by.label, "address": by.address}.items() if v}


def _commitments(values: Mapping[str, str], made: Mapping[str, str]) -> list[dict[str, str]]:
    rows = {kind: _disclosure(value) for kind, value in values.items()}
    Disclosure.objects.bulk_create(rows.values())
    held = {**made, **{kind: row.commitment for kind, row in rows.items()}}
    return [{"k": kind, "c": commitment} for kind, commitment in sorted(held.items())]


def _disclosure(given: str) -> Disclosure:
    value = unicodedata.normalize("NFC", given)  # as people type it, it may be decomposed
    salt = secrets.token_bytes(32)
    commitment = canonical.commitment(salt, value)
    return Disclosure(commitment=commitment, salt=salt.hex(), value=value)
