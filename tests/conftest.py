"""Settings and actors that all tests share."""

import pytest

from tests import database
from tests.journeys import *  # noqa: F403 - fixtures
from wagtail_contracts.actors import Actor


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Append-only tables are emptied between tests that commit."""
    database.let_flush_through()


@pytest.fixture
def ola() -> Actor:
    """A member of staff."""
    return Actor(kind="user", key="7", label="Ola Nordmann", address="ola@eksempel.example")
