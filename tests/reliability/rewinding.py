"""Put the tables back to where a race began, so that it can be run again on the same contract.

Nobody but the owner of the database could: the triggers are lifted for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from tests import tables
from tests.database import sql, triggers_lifted
from wagtail_contracts.contracts.models.guards import unguarded

OURS = "wagtail_contracts"


class Point:
    """The rows of our tables as they are now."""

    def __init__(self) -> None:
        self.rows = {model: _rows(model) for model in _models()}
        self.stored = {model: _stored(model) for model in self.rows}

    def rewind(self) -> None:
        """Take away what was added since, and put back what was changed."""
        with transaction.atomic(), lifted(), unguarded():
            for model, before in self.rows.items():
                if _stored(model) != self.stored[model]:  # most are as they were
                    _put_back(model, before)


@contextmanager
def lifted() -> Iterator[None]:
    """No trigger acts until the transaction ends."""
    if connection.vendor == "postgresql":  # faster than to alter each table
        sql("SET LOCAL session_replication_role = replica")
        yield
        return
    with triggers_lifted():
        yield


def _models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label.startswith(OURS)]


def _columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.local_concrete_fields]


def _stored(model: type[models.Model]) -> list[tuple[Any, ...]]:
    """The same without Django between: a tenth of the time."""
    return tables.rows(model._meta.db_table)


def _rows(model: type[models.Model]) -> dict[Any, dict[str, Any]]:
    found = model._base_manager.values(*_columns(model))
    return {row[model._meta.pk.attname]: row for row in found}


def _put_back(model: type[models.Model], before: dict[Any, dict[str, Any]]) -> None:
    now = _rows(model)
    manager, name = model._base_manager, model._meta.pk.attname
    if added := now.keys() - before.keys():
        manager.filter(pk__in=added)._raw_delete(connection.alias)
    for key in now.keys() & before.keys():
        if now[key] != before[key]:
            manager.filter(pk=key).update(**{n: v for n, v in before[key].items() if n != name})
