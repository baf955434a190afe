"""What many tests begin with is made once in a process; after that its rows are laid down again.

A template takes Wagtail a hundred statements, and is a dozen rows. They are exactly those that
making it left, in every table, with their keys. Tests that commit empty the tables, and some make
something of their own first: so rows are laid down only on the ground on which they were made.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

M = TypeVar("M", bound=models.Model)
Row = tuple[Any, ...]
_kept: dict[Hashable, tuple[Any, list[Change]]] = {}


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
    every = apps.get_models(include_auto_created=True)
    ours = [m for m in every if m._meta.managed and not m._meta.db_table.endswith("_fts")]
    found = {}
    with connection.cursor() as cursor:
        for model in ours:
            names = ", ".join(f'"{column}"' for column in _columns(model))
            cursor.execute(f'SELECT {names} FROM "{model._meta.db_table}"')
            found[model] = set(cursor.fetchall())
    return found


def _changes(
    before: dict[type[models.Model], set[Row]], after: dict[type[models.Model], set[Row]]
) -> Iterable[Change]:
    for model, rows in after.items():
        columns = _columns(model)
        key = columns.index(model._meta.pk.column)
        there = {row[key] for row in before[model]}
        new = sorted(rows - before[model], key=lambda row, key=key: row[key])
        for came in (True, False):
            if those := [row for row in new if (row[key] not in there) == came]:
                yield Change(model._meta.db_table, columns, key, those, came)


def _columns(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.column for field in model._meta.local_concrete_fields)
