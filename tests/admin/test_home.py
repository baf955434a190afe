"""The admin's home tells each what needs them, and how much of it there is."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import builders, signatures, tables
from tests.admin import posts
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.home.desk import DeskPanel
from wagtail_contracts.outbox.models import Message


def desk(user: Any) -> dict[str, Any]:
    """What the panel says."""
    return DeskPanel(type(user).objects.get(pk=user.pk)).get_context_data({})


def numbers(user: Any) -> list[int]:
    return [number.number for number in desk(user)["numbers"]]


def out(template: Any, sender: Any, **more: Any) -> Any:
    """A contract that waits for both sides."""
    made = builders.contract(template, sender, **more)
    contracts.send(made, builders.shown(made), into="signing", by=builders.actor(sender))
    return made


def test_a_desk_is_empty_until_something_needs_its_owner(admin, draft, sender):
    with tables.unchanged():
        text = admin.get(reverse("wagtailadmin_home")).content.decode()
    assert "Contracts that need you" in text
    assert "Nothing needs you." in text
    assert numbers(sender) == [0, 0, 0, 0]


def test_a_line_says_what_is_to_be_done_and_leads_there(admin, answered):
    [line] = desk(answered.sender)["lines"]
    assert (line.title, line.what) == ("Hosting 2027", "Sign for us")
    assert line.url == posts.address("inspect", answered.contract.pk)
    assert line.url in admin.get(reverse("wagtailadmin_home")).content.decode()


def test_each_number_is_that_of_its_list(admin, answered, template, sender):
    signatures.sign(answered.ola)
    out(template, sender, title="Second")
    failed = {"attempts": 8, "last_error": "refused", "dead_at": timezone.now()}
    Message.objects.filter(topic="mail.due").update(**failed)
    found = desk(sender)["numbers"]
    assert [number.number for number in found] == [2, 0, 0, 2]
    for number in found:
        page = admin.get(number.url)
        assert page.status_code == 200
        assert page.context["paginator"].count == number.number, number.words


def test_foreign_contracts_are_in_no_line_and_no_number(answered, sender):
    legal = builders.workspace("legal")
    ours, theirs = numbers(sender), builders.staff("per", legal)
    out(builders.template(legal), theirs)
    assert numbers(sender) == ours
    assert numbers(theirs)[0] == len(desk(theirs)["lines"]) == 1
    sender.groups.clear()
    assert desk(sender)["lines"] == []
    assert numbers(sender) == [0, 0, 0, 0]


def test_whoever_sees_no_contracts_has_no_such_panel(client, answered):
    client.force_login(builders.staff("per"))
    text = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Contracts that need you" not in text


@pytest.mark.parametrize("many", [1, 8])
def test_it_asks_the_database_three_times_however_much_there_is(template, sender, many):
    for _ in range(many):
        out(template, sender)
    user = type(sender).objects.get(pk=sender.pk)
    contracts.waits(user)  # who may do what is asked for once in a request
    with CaptureQueriesContext(connection) as found:
        said = DeskPanel(user).get_context_data({})
    assert len(found) == 3
    assert len(said["lines"]) == min(many, 5)
    assert said["numbers"][0].number == many
