"""Settings and actors that all tests share."""

import gc

import pytest

from tests import database, migrated
from tests.journeys import *  # noqa: F403 - fixtures
from wagtail_contracts.actors import Actor


def pytest_collection_finish() -> None:
    """Look seldom for garbage, and not among what was imported: a tenth of the whole time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """On SQLite the migrations are run once for the same code, by whichever part comes first."""
    if cache := getattr(request.config, "cache", None):  # -p no:cacheprovider
        migrated.keep(cache.mkdir("migrated"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Append-only tables are emptied between tests that commit."""
    database.let_flush_through()


@pytest.fixture
def ola() -> Actor:
    """A member of staff."""
    return Actor(kind="user", key="7", label="Ola Nordmann", address="ola@eksempel.example")
