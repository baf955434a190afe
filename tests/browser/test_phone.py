"""A day of two colleagues on their phones: by touch alone, and nothing is wider than the screen."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from tests import approvals, builders, mails
from tests.admin import posts
from tests.browser.authoring import enter
from tests.browser.test_creating import overflow
from tests.browser.visiting import shot
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.signing.models import Signature

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
TITLE = "Hosting 2027"
LEAST = 24  # pixels: WCAG 2.2, 2.5.8


class Phone:
    """One person's phone; each screen that is reached by a touch has to fit."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name, self.screens = page, name, 0

    def open(self, path: str) -> None:
        """By its address, as from the home screen."""
        self.page.goto(path)
        self.fits()

    def tap(self, role: Any, name: str | re.Pattern[str]) -> None:
        """Touch what is to be seen, and look at what comes."""
        where = self.page.locator("main").get_by_role(role, name=name).first
        where.scroll_into_view_if_needed()
        assert _height(where) >= LEAST, name
        with self.page.expect_navigation():
            where.tap()
        self.fits()

    def fill(self, label: str, text: str) -> None:
        """Type with the phone's keyboard."""
        where = self.page.get_by_role("textbox", name=re.compile(f"^{label}"))
        where.tap()
        where.fill(text)

    def sees(self, text: str | re.Pattern[str]) -> None:
        """Whether it is there to be read."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def fits(self) -> None:
        """Nothing is scrolled sideways."""
        self.page.wait_for_load_state("networkidle")
        expect(self.page.get_by_role("heading", level=1).first).to_be_visible()
        self.screens += 1
        shot(self.page, f"phone-{self.name}-{self.screens:02}", full_page=True)
        assert (self.page.url, overflow(self.page)) == (self.page.url, 0)


def _height(where: Locator) -> float:
    box = where.bounding_box()
    assert box, "it is not to be seen"
    return box["height"]


@pytest.fixture
def phone(live_server: Any, open_page: Any) -> Any:
    """Gives each of them a phone on which they are logged in."""

    def of(user: Any) -> Phone:
        page = open_page(width=375, height=812, has_touch=True, is_mobile=True)
        enter(page, Client(), user, live_server.url)
        return Phone(page, user.username)

    return of


def test_a_day_on_the_phone(phone, sender, draft):
    sales = draft.workspace
    finn = approvals.approver(sales)
    approvals.rule(sales, approvals.boss(sales), finn, **approvals.over("5000"))
    ours, theirs = phone(sender), phone(finn)

    changes_a_price(ours, draft)
    asks_for_approval(ours)
    decides(theirs, "ask", "Is it the list price?")
    answers(ours, draft)
    decides(theirs, "approve", "")
    sends(ours)
    reminds(ours)
    signs(ours, draft)

    assert ours.screens + theirs.screens > 20


def waits(there: Phone, what: str) -> None:
    """From the home of the admin, which says what waits and why, to the contract."""
    there.open("/admin/")
    there.sees(what)
    there.tap("link", TITLE)


def changes_a_price(there: Phone, draft: Contract) -> None:
    there.open(posts.address("inspect", draft.pk))
    there.tap("link", "Send…")
    there.tap("link", "Details")
    there.fill("Price", "5900")
    there.tap("button", "Go on to check and send")
    assert Contract.objects.get().values["price"]["amount"] == "5900.00"


def asks_for_approval(there: Phone) -> None:
    there.tap("button", "Ask for approval")
    assert Contract.objects.get().state == "in_approval"


def decides(there: Phone, what: str, words: str) -> None:
    waits(there, "Approve")
    there.tap("link", "See what to approve")
    there.sees("5,900")
    there.fill("Reason, question or note", words)
    there.tap("button", {"ask": "Ask", "approve": "Approve this text"}[what])


def answers(there: Phone, draft: Contract) -> None:
    there.open(posts.address("inspect", draft.pk))
    there.tap("link", "See how far it is")
    there.tap("link", "Answer the approvers…")
    there.sees("Is it the list price?")
    there.fill("Answer", "Yes, of 2027.")
    there.tap("button", "Send the answer")


def sends(there: Phone) -> None:
    waits(there, "Send")
    there.tap("link", "Send…")
    there.tap("button", "Send to Kari Nordmann")
    there.sees("The contract was sent.")
    assert Contract.objects.get().state == "signing"


def reminds(there: Phone) -> None:
    mails.sent()
    there.tap("link", re.compile("^Remind"))
    there.page.get_by_role("radio", name=re.compile("^Kari Nordmann")).tap()
    there.tap("button", "Send the reminder")
    there.sees("The reminder is on its way.")
    assert mails.sent()[-1].to == ["kari@customer.example"]


def signs(there: Phone, draft: Contract) -> None:
    kari = Participant.objects.get(party__contract=draft, party__role="customer")
    version = Contract.objects.get().current_version
    contracts.answer(kari, version.digest, builders.ANSWERS, by=builders.guest(kari))
    waits(there, "Sign for us")
    there.tap("link", "Sign for us…")
    there.tap("button", "I agree – send me a code")
    (code,) = [hit for letter in mails.sent() if (hit := re.match(r"\d{6}\b", letter.subject))]
    there.fill("Code", code[0])
    there.tap("button", "Sign")
    there.sees("You have signed.")
    assert Signature.objects.get().participant.email == "ola@eksempel.example"
