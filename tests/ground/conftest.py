"""The tests of the ground floor share nothing with the others."""

import pytest
from django.db import connection

from wagtail_contracts import append_only


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Let Django empty the tables after a test that commits; migrate sets the triggers again."""
    flush = connection.ops.execute_sql_flush

    def lifted(statements: list[str]) -> None:
        with connection.cursor() as cursor:
            for name in [n for rule in append_only.kept() for n in rule.triggers["sqlite"]]:
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
        flush(statements)

    connection.ops.execute_sql_flush = lifted
