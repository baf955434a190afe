"""Who administers a workspace changes it, and can't break the others by that."""

from __future__ import annotations

from typing import Any

import pytest
from django.forms.models import model_to_dict
from django.urls import reverse

from tests import builders, tables
from wagtail_contracts.contracts.models import Workspace


@pytest.fixture
def administrator(client: Any, sales: Workspace) -> Any:
    """Somebody who administers sales, logged in."""
    user = builders.staff("eve", sales, ("view", "administer"))
    client.force_login(user)
    return user


def save(client: Any, workspace: Workspace, **changes: str) -> Any:
    """Post the form with these changes."""
    columns = model_to_dict(workspace).items()
    stored = {name: value or "" for name, value in columns if value != []}
    url = reverse("wagtail_contracts_workspace:edit", args=[workspace.pk])
    return client.post(url, {**stored, **changes})


@pytest.mark.parametrize("zone", ["Nowhere/Land", "Europe", "../../etc/passwd", ""])
def test_a_time_zone_that_there_is_not_is_refused(client, administrator, sales, zone):
    with tables.unchanged():
        answer = save(client, sales, timezone=zone)
    assert answer.status_code == 200
    assert "timezone" in answer.context["form"].errors


def test_one_that_there_is_is_taken(client, administrator, sales):
    assert save(client, sales, timezone="America/New_York").status_code == 302
    sales.refresh_from_db()
    assert sales.timezone == "America/New_York"
