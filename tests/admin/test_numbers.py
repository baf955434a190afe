"""Numbers are given to whoever writes texts, and nothing is kept of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from tests import tables

OUTLINE = json.dumps([{"id": "fee", "type": "clause", "level": "1"}])


def asked(client: Any, outline: str = OUTLINE) -> Any:
    return client.post(reverse("wagtail_contracts_numbers"), {"outline": outline})


def test_whoever_writes_texts_is_told_the_numbers_and_nothing_is_stored(admin):
    with tables.unchanged():
        assert asked(admin).json() == {"fee": {"number": "1", "cited": "1"}}


def test_whoever_writes_none_is_told_that_there_is_no_such_page(client, sales, django_user_model):
    user = django_user_model.objects.create_user("reader", "reader@example.com", "x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)

    with tables.unchanged():
        assert asked(client).status_code == 404


@pytest.mark.parametrize("outline", ["", "x", "{}", "[1]", "[" * 100_000])
def test_what_is_no_outline_is_refused(admin, outline):
    assert asked(admin, outline).status_code == 400
