"""The admin's home tells each what needs them, and how much of it there is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import approvals, builders, signatures, tables
from tests.admin import posts
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin import counts
from wagtail_contracts.contracts.admin.home.desk import DeskPanel
from wagtail_contracts.contracts.admin.searching import hits
from wagtail_contracts.contracts.models import Contract, Opened, Workspace
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.outbox.models import Message

ASKED = 8  # plans, lines and their contracts, the days, numbers; what was opened: three


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
    assert (line.contract.title, line.what) == ("Hosting 2027", "Sign for us")
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


def test_what_is_for_training_is_listed_and_marked_and_counts_nowhere(client, sales, template):
    ola, finn = builders.staff("ola2", sales), approvals.approver(sales)
    approvals.rule(sales, approvals.boss(sales), finn, **approvals.over("6000"))
    out(template, ola)
    approvals.ask(builders.contract(template, ola, title="Dear", values={"price": "7000"}), ola)

    def menu(user: Any) -> str:
        client.force_login(user)
        return str(client.get(reverse("wagtailadmin_home")).content.decode())

    assert numbers(ola)[0] == 1
    assert "Approvals (1)" in menu(finn)
    assert count_of_needs_me(client, ola) == "1"
    Workspace.objects.filter(pk=sales.pk).update(training=True)
    assert numbers(ola) == [0, 0, 0, 0]
    [line] = desk(ola)["lines"]
    assert line.contract.title == "Hosting 2027"
    assert "TEST" in menu(ola)
    assert "Approvals (" not in menu(finn)
    assert contracts.awaiting(finn) != []
    assert count_of_needs_me(client, ola) == ""


def count_of_needs_me(client: Client, user: Any) -> str:
    client.force_login(user)
    page = client.get(posts.address("list"), {"view": "needs_me"})
    assert len(page.context["object_list"]) == 1
    return str(page.context["view"].tabs[0].count)


def test_what_was_opened_last_is_there_as_long_as_one_sees_it(admin, template, sender):
    mine = [builders.contract(template, sender, title=title) for title in ("First", "Second")]
    legal = builders.workspace("legal")
    foreign = builders.contract(builders.template(legal), builders.staff("per", legal))
    for contract in mine:
        contracts.note_opened(sender, contract, by=builders.actor(sender))
    Opened.objects.create(user=sender, contract=foreign, at=timezone.now())
    for found in (desk(sender)["opened"], hits.find(sender, "  ").hits):
        assert [contract.title for contract in found] == ["Second", "First"]
    for url in (reverse("wagtailadmin_home"), reverse("wagtail_contracts_search")):
        assert "Recently opened" in admin.get(url).content.decode()
    assert hits.find(builders.staff("nina"), "").hits == []


def test_numbers_end_at_a_hundred(template, sender, monkeypatch):
    monkeypatch.setattr(counts, "MOST", 1)
    for expected in ("1", "1+", "1+"):
        out(template, sender)
        assert desk(sender)["numbers"][0].said == expected


def test_due_soon_goes_by_the_day_of_the_workspace(template, sender, sales):
    out(template, sender)
    noon = datetime(2027, 3, 1, 12, tzinfo=UTC)
    for zone, days in (("Pacific/Kiritimati", 1), ("Etc/UTC", 0), ("Pacific/Pago_Pago", 0)):
        Workspace.objects.filter(pk=sales.pk).update(timezone=zone)
        today = (noon + timedelta(days=days)).date()
        for away, found in ((7, 1), (8, 0)):
            with unguarded():
                Contract.objects.update(deadline=today + timedelta(days=away))
            assert Contract.objects.due_within(timedelta(days=7), noon).count() == found, zone


@pytest.mark.parametrize("many", [1, 8])
def test_it_asks_the_database_as_often_however_much_there_is(template, sender, many):
    for _ in range(many):
        made = out(template, sender)
        contracts.note_opened(sender, made, by=builders.actor(sender))
    user = type(sender).objects.get(pk=sender.pk)
    contracts.waits(user)  # who may do what is asked for once in a request
    with CaptureQueriesContext(connection) as found:
        said = DeskPanel(user).get_context_data({})
    assert len(found) == ASKED
    assert len(said["lines"]) == len(said["opened"]) == min(many, 5)
    assert said["numbers"][0].number == many
