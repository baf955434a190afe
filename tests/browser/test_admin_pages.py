"""The editors' pages in a browser: readable by everybody, in both schemes, on a phone as well."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from tests import builders, signatures
from tests.admin import posts
from tests.browser import axe
from tests.browser.authoring import enter
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing import flows as signing

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
# Draftail's own text box has no name in Wagtail 8.0.
STOCK = ("public-DraftEditor-content",)
PAGES = (
    "list",
    "add",
    "form",
    "inspect",
    "edit",
    "parties",
    "details",
    "send",
    "revise",
    "version",
    "sign",
    "open_signing",
    "reopen",
    "remind",
    "reminders",
    "reissue",
    "extend",
    "withdraw",
    "unlock_block",
    "deliveries",
    "notifications",
    "hand_over",
    "home",
    "search",
)
ELSEWHERE = {
    "deliveries": "wagtail_contracts_deliveries",
    "home": "wagtailadmin_home",
    "search": "wagtail_contracts_search",
    "notifications": "wagtail_contracts_notifications",
    "hand_over": "wagtail_contracts_hand_over",
}


@pytest.fixture
def stage(answered: SimpleNamespace) -> SimpleNamespace:
    """Out for signing, signed by one, with a change that was not sent yet and mails that failed."""
    signing.invite(answered.kari, by=SYSTEM)
    signatures.sign(answered.kari)
    contract = Contract.objects.get(pk=answered.contract.pk)
    contract.title = "Hosting 2028"
    contract.save()
    answered.draft = builders.contract(contract.template.specific, answered.sender)
    answered.review = builders.contract(contract.template.specific, answered.sender)
    by = builders.actor(answered.sender)
    contracts.send(answered.review, builders.shown(answered.review), into="negotiating", by=by)
    rights = dict.fromkeys((*builders.SENDER, "administer", "unlock"), "all")
    contracts.grant(answered.sender.groups.get(), contract.workspace, rights, by=SYSTEM)
    Message.objects.update(attempts=1, last_error="ConnectionRefusedError: [Errno 111] refused")
    return answered


def address(name: str, stage: SimpleNamespace) -> str:
    if name == "form":
        return f"{posts.address('add')}?template={stage.contract.template_id}"
    if name in ("list", "add"):
        return posts.address(name)
    if name in ELSEWHERE:
        return reverse(ELSEWHERE[name])
    draft = dict.fromkeys(("parties", "details", "send"), stage.draft)
    found = {**draft, "open_signing": stage.review}.get(name, stage.contract)
    return posts.address(name, found.pk)


STILL = """() => Promise.allSettled(
    document.getAnimations()
        .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
        .map((one) => one.finished))"""


def violations(page: Any) -> list[str]:
    """What axe says of markup that is ours, once nothing fades in any more."""
    page.evaluate(STILL)
    return [said for said in axe.faults(page, *TAGS) if not any(word in said for word in STOCK)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible(live_server, client, open_page, stage, scheme):
    page = open_page(color_scheme=scheme)
    enter(page, client, stage.sender, live_server.url)
    found = {}
    for name in PAGES:
        page.goto(address(name, stage))
        page.wait_for_load_state("networkidle")
        found[name] = violations(page)
    assert {name: said for name, said in found.items() if said} == {}


def test_no_page_is_wider_than_a_phone(live_server, client, open_page, stage):
    page = open_page(width=375, height=800)
    enter(page, client, stage.sender, live_server.url)
    wide = {}
    for name in PAGES:
        page.goto(address(name, stage))
        page.wait_for_load_state("networkidle")
        over = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if over > 0:
            wide[name] = over
    assert wide == {}


def test_the_form_for_a_new_contract_works_without_a_script(live_server, client, open_page, stage):
    page = open_page(java_script_enabled=False)
    enter(page, client, stage.sender, live_server.url)
    page.goto(address("form", stage))
    page.get_by_role("button", name="Begin the contract").click()
    party = page.get_by_role("region", name="Customer", exact=True)
    party.get_by_label("Name").first.fill("Kunde AS")
    people = party.get_by_role("group", name=re.compile("^Person"))
    people.nth(0).get_by_label("Name").fill("Kari Nordmann")
    people.nth(0).get_by_label("E-mail").fill("kari@kunde.example")
    page.get_by_role("button", name="Add a person: Customer").click()
    assert people.count() == 2
    page.get_by_role("button", name="Go on to details").last.click()
    page.get_by_role("textbox", name="Title").fill("Without a script")
    page.get_by_label("Price").fill("100")
    page.get_by_role("button", name="Go on to check and send").click()
    page.wait_for_url("**/send/**")
    made = Contract.objects.get(title="Without a script")
    assert contracts.missing(made, contracts.compose(made)) == []
