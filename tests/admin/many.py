"""What a browser asks of the acts on many contracts."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from tests import builders
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract

POSTS: dict[str, dict[str, str]] = {
    "remind": {},
    "together": {"shown": ""},
    "tag": {"add": "Urgent, 2027"},
    "folder": {"folder": "Big customers"},
    "archive": {"way": "archive"},
    "owner": {},
    "withdraw": {"reason": "We chose another supplier."},
    "export": {"format": "csv"},
    "zip": {},
}


def address(action: str, *chosen: Any, **query: str) -> str:
    url = reverse("wagtail_bulk_action", args=["wagtail_contracts", "contract", action])
    ids = "&".join(f"id={getattr(one, 'pk', one)}" for one in chosen)
    more = "".join(f"&{key}={value}" for key, value in query.items())
    return f"{url}?{ids}{more}"


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def out(template: Any, user: Any, title: str) -> Contract:
    made = builders.contract(template, user, title=title)
    contracts.send(made, builders.shown(made), into="signing", by=builders.actor(user))
    return Contract.objects.get(pk=made.pk)
