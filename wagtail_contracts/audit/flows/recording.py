"""Appending events, and keeping what they disclose."""

import secrets
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from wagtail_contracts import canonical, chain
from wagtail_contracts.actors import SYSTEM, Actor
from wagtail_contracts.audit import kinds, signals
from wagtail_contracts.audit.errors import NoTransaction, UnfitData, UnknownKind
from wagtail_contracts.audit.flows import appending
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
    using, content = appending.database(), dict(data or {})
    _insist_inside(using)
    _insist_on_kind(name, content)
    values = {**_personal(by), **(disclose or {})}

    with transaction.mark_for_rollback_on_error(using.alias), using.cursor() as cursor:
        trail, at = _locked(using, cursor, key), datetime.now(UTC)
        held = _commitments(cursor, values, committed or {})
        told: dict[str, Any] = {"at": canonical.moment(at), "by": {"kind": by.kind, "key": by.key}}
        told |= {"commitments": held, "data": content, "name": name}
        link = chain.link(key, trail.head, told)
        event = appending.append(using, cursor, trail, link, (name, at, by))
    return _announced(event)


def commit(value: str) -> str:
    """Keep one value to be disclosed by the event that is recorded next, in one transaction.

    The commitment is returned, for a row that points there. Raises NoTransaction.
    """
    _insist_inside(appending.database())
    made = _disclosure(value)
    made.save()
    return made.commitment


def _insist_inside(using: BaseDatabaseWrapper) -> None:
    if not using.in_atomic_block:
        raise NoTransaction(_("An event is recorded together with what it tells."))


def _insist_on_kind(name: str, data: Mapping[str, Any]) -> None:
    kind = kinds.find(name)
    if kind is None:
        raise UnknownKind(_("No kind of event is called %(name)s.") % {"name": name})
    if fault := kind.schema.fault(data):
        raise UnfitData(_("Event %(name)s: %(fault)s.") % {"name": name, "fault": fault})


def _locked(using: BaseDatabaseWrapper, cursor: Any, key: str) -> appending.Locked:
    while (trail := appending.lock(using, cursor, key)) is None:
        _begin(using, key)
    return trail


def _begin(using: BaseDatabaseWrapper, key: str) -> None:
    """A trail without an event; somebody else may have begun it at the same time."""
    new = Trail(key=key, head=chain.genesis(key).digest)
    Trail.objects.using(using.alias).bulk_create([new], ignore_conflicts=True)


def _announced(event: Event) -> Event:
    if signals.event_recorded.has_listeners(Event):
        tell = partial(signals.event_recorded.send_robust, Event, event=event)
        transaction.on_commit(tell, event._state.db)
    return event


def _personal(by: Actor) -> dict[str, str]:
    if by.kind == SYSTEM.kind:
        return {}
    return {kind: v for kind, v in {"label": by.label, "address": by.address}.items() if v}


def _commitments(
    cursor: Any, values: Mapping[str, str], made: Mapping[str, str]
) -> list[dict[str, str]]:
    if not (values or made):
        return []
    rows = {kind: _disclosure(value) for kind, value in values.items()}
    if rows:
        appending.keep(cursor, list(rows.values()))
    held = {**made, **{kind: row.commitment for kind, row in rows.items()}}
    return [{"k": kind, "c": commitment} for kind, commitment in sorted(held.items())]


def _disclosure(given: str) -> Disclosure:
    value = unicodedata.normalize("NFC", given)  # as people type it, it may be decomposed
    salt = secrets.token_bytes(32)
    commitment = canonical.commitment(salt, value)
    return Disclosure(commitment=commitment, salt=salt.hex(), value=value)
