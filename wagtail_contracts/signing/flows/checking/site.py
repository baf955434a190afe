"""What is about no single contract: triggers, rows that hang, messages that nobody delivers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, router
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from wagtail_contracts import append_only, canonical
from wagtail_contracts.audit.models import Disclosure
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing.flows.checking.findings import Finding
from wagtail_contracts.signing.flows.checking.paging import pages
from wagtail_contracts.signing.flows.deliveries import contract_of
from wagtail_contracts.signing.flows.privacy.rotating import under_keys

HOUSE = "wagtail_contracts."
PATIENCE = timedelta(minutes=10)  # with a worker that is busy
DISCLOSED = tuple(f"{Disclosure._meta.db_table}.{name}" for name in ("salt", "value"))
LONGEST = timedelta(hours=1)  # of a lease, many times that of sealing


def triggers() -> Iterator[Finding]:
    """Tables that may only grow, and can be changed."""
    connection = connections[router.db_for_read(Contract)]
    for rule in append_only.kept():
        if lost := append_only.missing(connection, rule):
            yield Finding("triggers", (", ".join(lost),))


def dangling() -> Iterator[Finding]:
    """Rows that point at rows that are gone, as only the owner of a database can leave them."""
    for model in apps.get_models():
        if not model.__module__.startswith(HOUSE):
            continue
        for field in model._meta.local_concrete_fields:
            other: Any = field.related_model
            if other and not field.primary_key:
                target = other._base_manager.filter(pk=OuterRef(field.attname))
                rows = model._base_manager.exclude(**{f"{field.attname}__isnull": True})
                lost = rows.filter(~Exists(target)).order_by("pk")
                for pk in lost.values_list("pk", flat=True).iterator():
                    yield Finding("row_dangling", (model._meta.db_table, pk, field.attname))


def keys() -> Iterator[Finding]:
    """Values that no key opens, those under an older one, and when the older ones may go.

    Of what trails disclose, `trails` names each that is locked.
    """
    found = list(under_keys())
    for place in found:
        if place.lost and place.place not in DISCLOSED:
            yield Finding("key_lost", (place.lost, place.place))
        if place.older:
            yield Finding("key_older", (place.older, place.place))
    ours: Any = settings.WAGTAIL_CONTRACTS
    spare = len(ours["KEYS"]) - 1
    if spare and not any(place.older or place.lost for place in found):
        yield Finding("key_spare", (spare,))


def outbox() -> Iterator[Finding]:
    """Messages that were given up, that wait, or that are held for too long."""
    for page in pages(Message.objects.exhausted()):
        for message in page:
            error = message.last_error or "no error"
            yield Finding("outbox_dead", (_named(message), error), _number(message))
    late = Message.objects.overdue(PATIENCE)
    if count := late.count():
        since = late.values_list("not_before", flat=True).first()
        yield Finding("outbox_overdue", (count, canonical.moment(since) if since else ""))
    for page in pages(Message.objects.unfinished().filter(leased_until__gt=Now() + LONGEST)):
        for message in page:
            held = canonical.moment(message.leased_until)
            yield Finding("outbox_lease", (_named(message), held), _number(message))


def _named(message: Message) -> str:
    return f"message {message.public_id} ({message})"


def _number(message: Message) -> str:
    contract = contract_of(message)
    return contract.number if contract else ""
