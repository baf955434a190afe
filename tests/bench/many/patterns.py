"""A contract that flows have written, as the rows of all tables that hold something of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from wagtail.models import ModelLogEntry, Revision

from wagtail_contracts.audit.models import Disclosure, Event, Trail
from wagtail_contracts.contracts.models import (
    ApprovalRequest,
    Contract,
    ContractLink,
    ContractVersion,
    Participant,
)
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.sealing.models import SealedFile

Row = dict[str, Any]
Tables = dict[type[models.Model], list[Row]]
OURS = "wagtail_contracts"
# Links lead to other contracts, not below one.
APART = {Contract, ContractLink}


def rows(model: type[models.Model], column: str, values: Iterable[Any]) -> list[Row]:
    """Rows as the database has them, JSON as text, by the values of a column."""
    values = list(values)
    if not values:
        return []
    names = [_selected(field) for field in model._meta.local_concrete_fields]
    marks = ", ".join(["%s"] * len(values))
    table, key = model._meta.db_table, model._meta.pk.column
    sql = f'SELECT {", ".join(names)} FROM "{table}" WHERE "{column}" IN ({marks}) ORDER BY "{key}"'
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        columns = [field.column for field in model._meta.local_concrete_fields]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _selected(field: Any) -> str:
    json = connection.vendor == "postgresql" and isinstance(field, models.JSONField)
    return f'"{field.column}"::text' if json else f'"{field.column}"'


def pattern(contract: Contract) -> Tables:
    """Every row that belongs to a contract, by table."""
    found: Tables = {Contract: rows(Contract, "id", [contract.pk])}
    waiting = [(Contract, [contract.pk])]
    while waiting:
        model, keys = waiting.pop()
        for child, column in _children(model):
            below = _new(found, child, rows(child, column, keys))
            if below:
                waiting.append((child, [row[child._meta.pk.column] for row in below]))
    for model, more in _by_key(contract, found):
        _new(found, model, more)
    return found


def _children(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    for relation in model._meta.related_objects:
        child = relation.related_model
        if relation.many_to_many or child in APART:
            continue
        if child._meta.app_label.startswith(OURS):
            yield child, relation.field.column


def _new(found: Tables, model: type[models.Model], more: list[Row]) -> list[Row]:
    key = model._meta.pk.column
    known = {row[key] for row in found.setdefault(model, [])}
    fresh = [row for row in more if row[key] not in known]
    found[model] += fresh
    return fresh


def _by_key(contract: Contract, found: Tables) -> Iterator[tuple[type[models.Model], list[Row]]]:
    """What names a contract without a foreign key, or without being known to it."""
    yield ApprovalRequest, rows(ApprovalRequest, "contract_id", [contract.pk])
    trails = rows(Trail, "key", [contract.trail, contract.own_trail])
    yield Trail, trails
    events = rows(Event, "trail_id", [trail["id"] for trail in trails])
    yield Event, events
    commitments = [
        c
        for event in Event.objects.filter(pk__in=[e["id"] for e in events])
        for c in event.commitments.values()
    ]
    yield Disclosure, rows(Disclosure, "commitment", commitments)
    digests = [version["digest"] for version in found.get(ContractVersion, [])]
    yield SealedFile, rows(SealedFile, "subject", digests)
    people = [person["id"] for person in found.get(Participant, [])]
    about = models.Q(keys__contract=contract.pk) | models.Q(keys__participant__in=people)
    told = Message.objects.filter(about).values_list("pk", flat=True)
    yield Message, rows(Message, "id", told)
    kind = ContentType.objects.get_for_model(Contract)
    for model in (Revision, ModelLogEntry):
        theirs = model.objects.filter(content_type=kind, object_id=str(contract.pk))
        yield model, rows(model, "id", theirs.values_list("pk", flat=True))
