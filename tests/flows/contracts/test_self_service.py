"""Switching self-service on and off: who may, and what has to be right for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from example_site import contents as made
from tests import builders, mails, services, tables
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import NotAllowed, TemplateUnusable
from wagtail_contracts.contracts.flows import self_service
from wagtail_contracts.contracts.flows.visitors import Visitor
from wagtail_contracts.contracts.models import Contract, SelfService

VERA = Visitor("Vera Visitor", "vera@visitor.example", "en")


@pytest.fixture
def editor(sales: Any) -> Any:
    """May manage templates and send."""
    return builders.staff("eva", sales, (*builders.SENDER, "templates"))


def refused(page: Any, owner: Any, words: str, **more: Any) -> None:
    """It can't be offered, and nothing comes of it."""
    with tables.unchanged(), pytest.raises(TemplateUnusable, match=words):
        services.offer(page, owner, **more)


def test_whoever_manages_templates_and_sends_switches_it_on_and_off(
    sales: Any, sender: Any, editor: Any
) -> None:
    page = services.template(sales)
    service = SelfService(workspace=sales, template_id=page.pk, slug="course", owner=editor)
    writer = builders.staff("malin", sales, ("view", "templates"))
    for user in (sender, writer):
        with tables.unchanged(), pytest.raises(NotAllowed):
            self_service.set_up(service, by=builders.actor(user))
    self_service.set_up(service, by=builders.actor(editor))
    assert SelfService.objects.open().get() == service

    for user in (sender, writer):
        with tables.unchanged(), pytest.raises(NotAllowed):
            self_service.switch_off(service, by=builders.actor(user))
    self_service.switch_off(service, by=builders.actor(editor))
    assert not SelfService.objects.open().exists()
    named = Event.objects.of(sales.trail).values_list("name", flat=True)
    assert list(named) == [events.SELF_SERVICE_OPENED, events.SELF_SERVICE_CLOSED]


def test_trying_it_leaves_no_contract_and_uses_up_no_number(sales: Any, sender: Any) -> None:
    services.offer(services.template(sales), sender)
    assert not Contract.objects.exists()
    contract = self_service.make_for(SelfService.objects.get(), VERA, by=SYSTEM).party.contract
    assert contract.number.endswith("-1")


def test_a_template_that_a_rule_asks_about_is_refused_with_the_reason(
    sales: Any, sender: Any
) -> None:
    page, boss = services.template(sales), builders.staff("boss", sales, ("view", "approve"))
    rule = contracts.make_rule(sales, "All", [("person", boss)], by=SYSTEM)
    refused(page, sender, "need an approval")
    contracts.end_rule(rule, by=SYSTEM)
    services.offer(page, sender)


def test_a_confidential_offer_is_never_public(sales: Any, sender: Any) -> None:
    page = services.template(sales)
    type(page).objects.filter(pk=page.pk).update(confidential="identify")
    refused(page, sender, "confidential")
    type(page).objects.filter(pk=page.pk).update(confidential="")
    services.offer(page, sender)


def test_there_are_two_parties(sales: Any, sender: Any) -> None:
    third = made.role("third", "Third", kind="person")
    refused(services.template(sales, roles=[*services.ROLES, third]), sender, "two parties")
    services.offer(services.template(sales), sender)


def test_our_own_side_leaves_nothing_open_and_nothing_sensitive(sales: Any, sender: Any) -> None:
    def fee(**more: Any) -> Any:
        field = made.field("money", "fee", "Fee", "supplier", currency="NOK", **more)
        return services.template(sales, fields=[field, services.FIELDS[1]])

    refused(fee(), sender, "not filled in")
    refused(fee(default="1", sensitive=True), sender, "sensitive")
    services.offer(fee(default="1"), sender)


def test_whoever_is_responsible_may_send_and_whoever_signs_is_a_colleague(
    sales: Any, sender: Any
) -> None:
    page = services.template(sales)
    reader, stranger = builders.staff("reader", sales, ("view",)), builders.staff("stranger")
    refused(page, reader, "right to send")
    refused(page, sender, "see contracts", signatory=stranger)
    services.offer(page, sender, signatory=reader)


def test_a_template_that_is_not_live_is_refused(sales: Any, sender: Any) -> None:
    page = services.template(sales)
    page.unpublish()
    refused(page, sender, "not published")
    page.save_revision().publish()
    services.offer(page, sender)


def test_one_whose_last_day_is_over_is_not_switched_on(sales: Any, sender: Any) -> None:
    page, today = services.template(sales), timezone.localdate()
    refused(page, sender, "last day is over", closes_on=today - timedelta(days=2))
    services.offer(page, sender, closes_on=today + timedelta(days=2))


def test_one_moves_to_another_workspace_with_the_rights_in_both(sales: Any, editor: Any) -> None:
    service = services.offer(services.template(sales), editor)
    legal = builders.workspace("legal")
    theirs, verbs = services.template(legal), (*builders.SENDER, "templates")
    lawyer = builders.staff("lars", legal, verbs)

    def moved(user: Any) -> None:
        found = SelfService.objects.get(pk=service.pk)
        found.workspace, found.template_id, found.owner = legal, theirs.pk, lawyer
        self_service.set_up(found, by=builders.actor(user))

    for user in (lawyer, editor):
        with tables.unchanged(), pytest.raises(NotAllowed):
            moved(user)
    builders.joins(lawyer, sales, verbs)
    moved(lawyer)
    assert SelfService.objects.get().workspace == legal


def test_an_address_is_taken_once(sales: Any, sender: Any) -> None:
    page = services.template(sales)
    services.offer(page, sender)
    refused(page, sender, "already exists")
    services.offer(page, sender, slug="another")


def test_the_evidence_says_by_what_we_are_bound(sales: Any, sender: Any) -> None:
    service = services.offer(services.template(sales), sender)
    contract = self_service.make_for(service, VERA, by=SYSTEM).party.contract
    [taken] = Event.objects.of(contract.trail).named(events.SELF_SERVICE_TAKEN)
    assert (taken.data["service"], taken.data["bound_by_offer"]) == (service.uuid.hex, True)
    ours = next(party for party in contract.current_version.content["parties"] if party["own"])
    assert (ours["rule"], ours["people"]) == ({"kind": "none", "count": None}, [])


def test_a_visitor_shows_and_signs_as_the_template_asks_of_the_role(
    sales: Any, sender: Any
) -> None:
    asked = {"opens_by": "email_code", "signs_by": "email_code", "witnesses": 1}
    for more in (asked, {}):
        ours, visitors = services.ROLES
        roles = [ours, {**visitors, "value": {**visitors["value"], **more}}]
        page = services.template(sales, roles=roles)
        service = services.offer(page, sender, slug=f"s{len(more)}")
        visitor = Visitor("Vera", f"vera{len(more)}@visitor.example", "en")
        made = self_service.make_for(service, visitor, by=SYSTEM)
        usual = {"opens_by": "", "signs_by": "", "witnesses": 0}
        assert {name: getattr(made, name) for name in usual} == {**usual, **more}


def test_a_colleague_signs_after_the_visitor(sales: Any, sender: Any) -> None:
    service = services.offer(services.template(sales), sender, signatory=sender)
    contract = self_service.make_for(service, VERA, by=SYSTEM).party.contract
    people = [
        (person["name"], person["position"])
        for party in contract.current_version.content["parties"]
        for person in party["people"]
    ]
    assert people == [("Ola Nordmann", 2), ("Vera Visitor", 1)]
    mails.sent()
