"""What stands in the tables: a digest of each, to show that nothing was written."""

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, models

OURS = "wagtail_contracts"
BESIDES = ("wagtailcore_revision", "wagtailcore_modellogentry", "wagtailcore_referenceindex")


def names() -> list[str]:
    """Every table of ours, and those in which Wagtail keeps something about our rows."""
    return sorted(
        table
        for table in connection.introspection.table_names()
        if table.startswith(OURS) or table in BESIDES
    )


def rows(table: str) -> list[tuple[Any, ...]]:
    """All rows of a table as the database has them."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
        return [tuple(_plain(value) for value in row) for row in cursor.fetchall()]


def digests() -> dict[str, str]:
    """A digest over all rows of each table."""
    return {name: hashlib.sha256(repr(rows(name)).encode()).hexdigest() for name in names()}


def texts() -> str:
    """Every value of every table, once as it is stored and once as the models read it."""
    stored = [repr(rows(name)) for name in connection.introspection.table_names()]
    read = [repr(list(_manager(model).values_list())) for model in _models()]
    return "\n".join([*stored, *read])


@contextmanager
def unchanged(*, but: Collection[str] = ()) -> Iterator[None]:
    """Insist that no table of ours changes, `but` some, whose names end so."""
    before = digests()
    yield
    after = digests()
    changed = [name for name in after if before.get(name) != after[name]]
    assert [name for name in changed if not name.endswith(tuple(but))] == []


def _models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def _manager(model: type[models.Model]) -> Any:
    return model._base_manager.order_by("pk")


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
