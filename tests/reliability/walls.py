"""Take one wall away: a race test that still passes then proves nothing."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from unittest import mock

from django.db import connection, connections
from django.db.backends.base.operations import BaseDatabaseOperations

Wall = Callable[[], AbstractContextManager[object]]


def no_row_lock() -> AbstractContextManager[object]:
    """PostgreSQL: nobody waits for a row."""
    return mock.patch.object(BaseDatabaseOperations, "for_update_sql", return_value="")


@contextmanager
def no_immediate() -> Iterator[None]:
    """SQLite: a transaction takes the write lock only when it writes."""
    options = connections.settings["default"]["OPTIONS"]
    with mock.patch.dict(options, clear=False):
        del options["transaction_mode"]
        connections.close_all()
        yield
    connections.close_all()


def of_this_database() -> Wall:
    """SQLite locks the whole file from BEGIN IMMEDIATE on; PostgreSQL locks the row."""
    return no_immediate if connection.vendor == "sqlite" else no_row_lock
