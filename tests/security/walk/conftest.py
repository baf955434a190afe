"""One world for the whole walk; each step is taken back."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from tests.security.walk import addresses, table
from tests.security.walk import world as worlds
from tests.security.walk.visitors import Visitor


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[worlds.World]:
    """Two workspaces, and everybody who walks."""
    made = worlds.World()
    with (
        django_db_blocker.unblock(),
        override_settings(ROOT_URLCONF=addresses.URLCONF),
        worlds.undone(),
    ):
        worlds.others(made)
        worlds.marked(made)
        yield made


@pytest.fixture(scope="package")
def visitors(world: worlds.World) -> dict[str, Visitor]:
    """By role."""
    return {role: Visitor(role, world) for role in table.ROLES}


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Refusals are the point here; the log of each would be thousands of lines."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
