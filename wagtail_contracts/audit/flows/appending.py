"""The statements of an append, written out: to compose them anew each time took more than they do.

Names of tables and columns are our own; all values are parameters.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.base import ModelState

from wagtail_contracts.actors import Actor
from wagtail_contracts.audit.models import Disclosure, Event, Trail
from wagtail_contracts.chain import Head, Link
from wagtail_contracts.encryption import seal_text


def _table(model: type[models.Model]) -> str:
    return f'"{model._meta.db_table}"'


COLUMNS = [field.attname for field in Event._meta.concrete_fields]
PLACES = ", ".join(["%s"] * len(COLUMNS[1:]))
LOCK = f'SELECT id, length, head FROM {_table(Trail)} WHERE "key" = %s '  # noqa: S608
KEEP = f"INSERT INTO {_table(Disclosure)} (commitment, salt, value) VALUES "  # noqa: S608
APPEND = (
    f"INSERT INTO {_table(Event)} ({', '.join(COLUMNS[1:])}) "  # noqa: S608
    f"VALUES ({PLACES}) RETURNING id"
)
MOVE = f"UPDATE {_table(Trail)} SET length = %s, head = %s WHERE id = %s"  # noqa: S608


class Locked(NamedTuple):
    """A trail that is ours alone until the transaction ends."""

    pk: int
    head: Head


def database() -> BaseDatabaseWrapper:
    """Where events are kept."""
    return connections[router.db_for_write(Event)]


def lock(using: BaseDatabaseWrapper, cursor: Any, key: str) -> Locked | None:
    """The trail, if there is one. SQLite has locked all of it by the beginning of a transaction."""
    alone = using.ops.for_update_sql() if using.features.has_select_for_update else ""
    cursor.execute(LOCK + alone, [key])
    row = cursor.fetchone()
    return Locked(row[0], Head(row[1], row[2])) if row else None


def keep(cursor: Any, rows: Sequence[Disclosure]) -> None:
    """What an event discloses."""
    values = [
        text for row in rows for text in (row.commitment, seal_text(row.salt), seal_text(row.value))
    ]
    cursor.execute(KEEP + ", ".join(["(%s, %s, %s)"] * len(rows)), values)


def append(
    using: BaseDatabaseWrapper,
    cursor: Any,
    trail: Locked,
    link: Link,
    told: tuple[str, datetime, Actor],
) -> Event:
    """The event; the head of its trail moves there."""
    (name, at, by), sequence = told, trail.head.length + 1
    stored = using.ops.adapt_datetimefield_value(at)
    before, after = (trail.pk, sequence, *link, name), (by.kind, by.key)
    cursor.execute(APPEND, (*before, stored, *after))
    (pk,) = cursor.fetchone()
    cursor.execute(MOVE, (sequence, link.digest, trail.pk))
    return _kept(using.alias, (pk, *before, at, *after))


def _kept(alias: str, values: Sequence[Any]) -> Event:
    """The row as `Event.from_db` makes it, which takes half as long as the statement did."""
    state = ModelState()
    state.adding, state.db = False, alias
    event = Event.__new__(Event)
    event.__dict__ = {"_state": state, **dict(zip(COLUMNS, values, strict=True))}
    return event
