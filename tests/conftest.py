"""Settings and actors that all tests share."""

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.core.signals import request_finished
from django.urls import include, path

from tests import database, migrated, rendered
from tests.journeys import *  # noqa: F403 - fixtures
from tests.security.s18 import storages
from wagtail_contracts import refusals
from wagtail_contracts.actors import Actor


def pytest_collection_finish() -> None:
    """Spend no time on what no test asks for.

    Look seldom for garbage, and not among what was imported: a tenth of the whole time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
    rendered.keep_little()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """On SQLite the migrations are run once for the same code, by whichever part comes first."""
    if cache := getattr(request.config, "cache", None):  # -p no:cacheprovider
        migrated.keep(cache.mkdir("migrated"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Append-only tables are emptied between tests that commit."""
    database.let_flush_through()


@pytest.fixture(autouse=True)
def nothing_beside() -> None:
    """No request of a test is followed by what a web process does beside, unless it asks for it.

    Nor is anything left of what the database refused in an earlier one.
    """
    request_finished.disconnect(dispatch_uid="wagtail_contracts.signing.examining")
    refusals.take()


@pytest.fixture
def own_files(settings: Any, tmp_path: Path) -> None:
    """No sealed files but this test's own, so that the check finds none that others left."""
    settings.STORAGES = storages(settings, tmp_path / "files")


@pytest.fixture
def section(settings: Any) -> Callable[..., None]:
    """Changes keys of a section of our settings; what is not named stays as it is."""

    def change(name: str, **keys: Any) -> None:
        given = settings.WAGTAIL_CONTRACTS
        settings.WAGTAIL_CONTRACTS = {**given, name: {**given.get(name, {}), **keys}}

    return change


@pytest.fixture
def addresses(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Puts patterns in the place of the site's own, beside the admin's."""

    def put(*patterns: Any) -> None:
        module: Any = ModuleType("addresses_of_a_test")
        module.urlpatterns = [path("admin/", include("wagtail.admin.urls")), *patterns]
        monkeypatch.setitem(sys.modules, module.__name__, module)
        settings.ROOT_URLCONF = module.__name__

    return put


@pytest.fixture
def ola() -> Actor:
    """A member of staff."""
    return Actor(kind="user", key="7", label="Ola Nordmann", address="ola@eksempel.example")
