"""What tests may do to the database that nobody else may."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from wagtail_contracts import append_only


@contextmanager
def triggers_lifted(using: BaseDatabaseWrapper = connection) -> Iterator[None]:
    """Let the owner of the database write what the triggers refuse, and set them again."""
    there = set(using.introspection.table_names())
    rules = [rule for rule in append_only.kept() if rule.table in there]
    with using.cursor() as cursor:
        for rule in rules:
            if using.vendor == "postgresql":
                cursor.execute(f'ALTER TABLE "{rule.table}" DISABLE TRIGGER USER')
                continue
            for name in rule.triggers[using.vendor]:
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
    yield
    for rule in rules:
        append_only.apply(using, rule)
        if using.vendor == "postgresql":
            with using.cursor() as cursor:
                cursor.execute(f'ALTER TABLE "{rule.table}" ENABLE TRIGGER USER')


def let_flush_through(using: BaseDatabaseWrapper = connection) -> None:
    """Let Django's TransactionTestCase empty the tables after each test, ours included."""
    flush = using.ops.execute_sql_flush
    if hasattr(flush, "__wrapped__"):
        return

    @wraps(flush)
    def lifted(statements: Any) -> Any:
        with triggers_lifted(using):
            return flush(statements)

    using.ops.execute_sql_flush = lifted  # type: ignore[method-assign]


def sql(statement: str, *values: Any) -> None:
    """Run one statement as the owner of the database would at the console."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
