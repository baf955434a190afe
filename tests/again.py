"""What many tests begin with is made once in a process; after that its rows are laid down again.

A template takes Wagtail a hundred statements, and is a dozen rows. They are exactly those that
making it left, in every table, with their keys. Tests that commit empty the tables, and some make
something of their own first: so rows are laid down only on the ground on which they were made.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.apps import apps
from django.conf import UserSettingsHolder, settings
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone, translation

from tests import database
from wagtail_contracts.audit.models import Trail

M = TypeVar("M", bound=models.Model)
Row = tuple[Any, ...]
_kept: dict[tuple[Hashable, ...], tuple[Any, list[Change]]] = {}
_seen: set[int] = set()
# Who is logged in, and since when there is an account, has no say in what is made.
SESSIONS, LOGINS = "django_session", {"password", "last_login", "date_joined"}


def made(make: Callable[[], M], *ground: Hashable) -> M:
    """What `make` makes, by laying down its rows if it was made on the same `ground` before."""
    if ground not in _kept:
        before = _tables()
        found = make()
        _kept[ground] = found, [*_changes(before, _tables())]
        return found
    once, changes = _kept[ground]
    try:
        with transaction.atomic():
            for change in changes:
                change.again()
    except IntegrityError:  # a key is taken: this test made something of its own before
        return make()
    return type(once)._base_manager.get(pk=once.pk)  # type: ignore[no-any-return]


def upon(make: Callable[[], M], name: str) -> M:
    """What `make` makes of all that is there, in this minute, with the settings of all tests.

    It is kept when the same is asked for a second time: many tests have a ground of their own.
    """
    ground = (name, *_said(), _there())
    if hash(ground) not in _seen or isinstance(settings._wrapped, UserSettingsHolder):
        _seen.add(hash(ground))
        return make()
    found = made(make, *ground)
    return type(found)._base_manager.get(pk=found.pk)  # type: ignore[no-any-return]


def _said() -> tuple[Hashable, ...]:
    """What is no row, and yet said of what is made: when, in which language, who else may see it.

    What is a minute old is made anew, as if it had been made for the test that asks.
    """
    minute = int(timezone.now().timestamp() // 60)
    return minute, translation.get_language(), not connection.in_atomic_block


@dataclass(frozen=True)
class Change:
    """Rows of a table that came, or that were another before."""

    table: str
    columns: tuple[str, ...]
    key: int  # the place of the primary key
    rows: list[Row]
    came: bool

    def again(self) -> None:
        """Let them come, or become so, once more."""
        names = [f'"{column}"' for column in self.columns]
        with connection.cursor() as cursor:
            if self.came:
                row = f"({', '.join(['%s'] * len(names))})"
                cursor.execute(
                    f'INSERT INTO "{self.table}" ({", ".join(names)}) '
                    f"VALUES {', '.join([row] * len(self.rows))}",
                    [value for row in self.rows for value in row],
                )
                return
            places = ", ".join(f"{name} = %s" for name in names)
            for row in self.rows:
                where = f"{names[self.key]} = %s"
                statement = f'UPDATE "{self.table}" SET {places} WHERE {where}'
                cursor.execute(statement, [*row, row[self.key]])


def _tables() -> dict[type[models.Model], set[Row]]:
    """Every row of every table; SQLite's full text index follows by triggers."""
    return {model: set(_rows(model, _columns(model))) for model in _models()}


def _there() -> Hashable:
    """Every row of every table that has one, but what all tests begin with."""
    by_table = {model._meta.db_table: model for model in _models()}
    tables = by_table.keys() - {*database.STAYS, SESSIONS}
    full = [by_table[name] for name in database.filled(connection, sorted(tables))]
    found = [(model, [name for name in _columns(model) if name not in LOGINS]) for model in full]
    return frozenset((model, frozenset(_rows(model, names))) for model, names in found)


@cache
def _models() -> list[type[models.Model]]:
    every = apps.get_models(include_auto_created=True)
    return [m for m in every if m._meta.managed and not m._meta.db_table.endswith("_fts")]


def _rows(model: type[models.Model], columns: Iterable[str]) -> list[Row]:
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {names} FROM "{model._meta.db_table}"')
        return list(cursor.fetchall())


def _changes(
    before: dict[type[models.Model], set[Row]], after: dict[type[models.Model], set[Row]]
) -> Iterable[Change]:
    for model, rows in after.items():
        columns = _columns(model)
        key = columns.index(model._meta.pk.column)
        there = {row[key]: row for row in before[model]}
        new = sorted(rows - before[model], key=lambda row, key=key: row[key])
        if came := [row for row in new if row[key] not in there]:
            yield Change(model._meta.db_table, columns, key, came, came=True)
        moved = [(there[row[key]], row) for row in new if row[key] in there]
        if steps := [step for old, row in moved for step in _steps(model, old, row)]:
            yield Change(model._meta.db_table, columns, key, steps, came=False)


def _steps(model: type[models.Model], old: Row, new: Row) -> list[Row]:
    """What a row becomes, one after the other: the head of a trail only counts up by one."""
    if model is not Trail:
        return [new]
    place = _columns(model).index("length")
    return [
        (*new[:place], length, *new[place + 1 :])
        for length in range(old[place] + 1, new[place] + 1)
    ]


@cache
def _columns(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.column for field in model._meta.local_concrete_fields)
