"""Two visitors of one public page: no page of the contract of one is there for the other."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests import services, tables
from tests.public import visits
from tests.security.walk import doors

SPACE = "wagtail_contracts:"


@pytest.mark.django_db
def test_no_door_of_a_visitors_contract_is_one_for_another_visitor(
    sales: Any, sender: Any, monkeypatch: Any
) -> None:
    offer = services.offer(services.template(sales), sender)
    vera, viggo = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")
    of_vera = services.begin(vera, offer, monkeypatch)
    of_viggo = services.begin(viggo, offer, monkeypatch, name="Viggo", email="v@visitor.example")
    own = [key.removeprefix(SPACE) for key, door in doors.ours().items() if door.kind == "own"]

    with tables.unchanged():
        for name in own:
            for client, person in ((viggo, of_vera), (vera, of_viggo)):
                where, form = visits.page(name, person), visits.shown(person)
                answers = [client.get(where), client.post(where, form)]
                assert [answer.status_code for answer in answers] == [404, 404], name
    opened = [name for name in own if vera.get(visits.page(name, of_vera)).status_code != 404]
    assert len(opened) > 15, opened
