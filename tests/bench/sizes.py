"""The same site with fewer contracts: its database as it was, beside the one that grew."""

from __future__ import annotations

import time
from typing import Any

from django.db import connection

from tests.bench.timing import of


def here() -> str:
    """The name of the database in use."""
    return str(connection.settings_dict["NAME"])


def copy() -> str:
    """Copy the database as it is now; the name of the copy."""
    name = f"{here()}-few"
    database: Any = connection
    if database.vendor == "sqlite":
        with database.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [name])
        return name
    database.close()  # PostgreSQL copies only what nobody uses
    with database._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{here()}"')
    return name


def use(name: str) -> None:
    """Go on with another database. All work of PostgreSQL is done by one process, which counts."""
    connection.close()
    connection.settings_dict["NAME"] = name
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")


def cpu() -> float:
    """Seconds of CPU that this process has used, and the one that the database works in."""
    database: Any = connection
    process = database.connection.info.backend_pid if database.vendor == "postgresql" else None
    return time.process_time() + (of(process) if process else 0)
