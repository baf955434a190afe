"""axe finds nothing on any public page in any state, light and dark, wide and narrow."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from tests import builders, consumers, mails, services, signatures
from tests.browser import signatories as do
from tests.browser.delivering import deliver
from tests.public import stages, visits
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.models import Invitation

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def look(page, participant, *names):
    """Judge some of the pages of a participant who is in."""
    for name in names:
        page.goto(visits.page(name, participant))
        do.accessible(page)


def test_pages_for_those_who_are_not_in(sent, open_page, tmp_path):
    page = open_page()
    page.goto(visits.landing(sent.kari))
    do.accessible(page)
    Invitation.objects.update(expires_at="2026-01-01T00:00:00Z")
    for place in (f"/c/{'x' * 43}/", "/c/help/", "/trust/", "/c/privacy/", "/c/report/"):
        page.goto(place)
        do.accessible(page)
    page.get_by_role("button", name="Send the report").click()
    page.get_by_text("Choose what is wrong.").wait_for()
    do.accessible(page)
    page.get_by_label("I think that this is a fraud").check()
    page.get_by_role("button", name="Send the report").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    do.accessible(page)
    page.goto("/verify/")
    do.accessible(page)
    page.get_by_role("button", name="Check the file").click()
    do.accessible(page)
    file = tmp_path / "hello.pdf"
    file.write_bytes(b"Hello")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Check the file").click()
    page.get_by_role("heading", name="can’t be read").wait_for()
    do.accessible(page)


def test_an_expired_link(sent, open_page):
    page, link = open_page(), visits.landing(sent.kari)
    Invitation.objects.update(expires_at="2026-01-01T00:00:00Z")
    page.goto(link)
    do.accessible(page)
    page.get_by_role("button", name="Send me a new link").click()
    do.accessible(page)


def test_pages_before_the_answers(sent, open_page):
    page = open_page()
    do.come_in(page, sent.kari)
    do.accessible(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Save and finish later").click()
    do.accessible(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_text("Office hours").click()
    page.get_by_label("Invoices to").fill("nowhere")
    page.get_by_role("button", name="Review and sign").locator("visible=true").click()
    page.get_by_role("alert").wait_for()
    do.accessible(page)
    look(page, sent.kari, "decline")
    page.get_by_role("button", name="Decline the contract").click()
    page.get_by_text("Choose a reason.").wait_for()
    do.accessible(page)


def test_pages_of_signing(answered, open_page):
    page = open_page()
    do.come_in(page, answered.kari)
    look(page, answered.kari, "sign")
    page.get_by_label("Your name").fill("")
    page.get_by_role("button", name="I agree").click()
    page.get_by_text("Write your name").wait_for()
    do.accessible(page)
    page.get_by_label("Your name").fill("Kari Nordmann")
    page.get_by_role("button", name="I agree").click()
    do.accessible(page)
    right = do.code()
    page.get_by_label("Code").fill(signatures.another(right))
    page.get_by_role("button", name="Sign version").click()
    page.get_by_text("4 tries left").wait_for()
    do.accessible(page)
    page.get_by_label("Code").fill(right)
    page.get_by_role("button", name="Sign version").click()
    page.get_by_text("What happens next").wait_for()
    do.accessible(page)
    look(page, answered.kari, "contract")


def test_pages_of_change(answered, open_page):
    page = open_page()
    do.come_in(page, answered.kari)
    look(page, answered.kari, "changes")
    page.goto(visits.page("sign", answered.kari))
    signatures.sign(answered.kari)
    stages.revise(answered, reason="A new year")
    page.get_by_role("button", name="I agree").click()
    page.get_by_role("alert").wait_for()
    do.accessible(page)
    look(page, answered.kari, "contract", "changes")
    page.goto(f"{visits.page('changes', answered.kari)}?view=two")
    do.accessible(page)


def test_pages_of_what_was_signed_and_sealed(answered, open_page, tmp_path):
    page = open_page()
    do.come_in(page, answered.kari)
    signatures.sign_all(answered)
    look(page, answered.kari, "contract", "done")
    deliver()
    look(page, answered.kari, "contract", "done")
    file = Path(tmp_path / "copy.pdf")
    _found, content = signing.download(answered.contract, by=answered.owner)
    file.write_bytes(content)
    page.goto("/verify/")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Check the file").click()
    page.get_by_role("heading", name="It is unchanged").wait_for()
    do.accessible(page)
    page.goto("/verify/")
    page.set_input_files("input[type=file]", file)
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.get_by_role("button", name="Compare only its fingerprint").click()
    assert hashlib.sha256(content).hexdigest() in (sent.value.post_data or "")
    assert len(sent.value.post_data or "") < 300  # the file stays where it is
    page.get_by_role("heading", name="a file that was sealed here").wait_for()
    do.accessible(page)
    page.goto("/verify/")
    page.get_by_text("I only have a fingerprint").click()
    page.get_by_role("button", name="Compare the fingerprint").click()
    page.get_by_text("A fingerprint has 64 digits").wait_for()
    do.accessible(page)


@pytest.mark.parametrize("name", ["in_review", "declined", "expired"])
def test_pages_of_other_states(name, request, open_page):
    at = stages.build(name, request)
    page = open_page()
    do.come_in(page, at.kari)
    do.accessible(page)


def test_the_statement_of_a_withdrawal(answered, open_page):
    page = open_page()
    do.come_in(page, answered.kari)
    contracts.withdraw(answered.contract, "Too late.", by=SYSTEM)
    look(page, answered.kari, "contract")


def both(page, participant, *names):
    """Judge some pages of a participant in English, and then for whoever reads Norwegian."""
    for language in ("en", "nb"):
        with unguarded():
            Participant.objects.filter(pk=participant.pk).update(language=language)
        look(page, participant, *names)


def test_pages_of_a_package(template, sender, open_page):
    drafts = [builders.contract(template, sender, title=title) for title in ("Hosting", "Support")]
    offers = [contracts.Offer(d, builders.shown(d), builders.recipients(d)) for d in drafts]
    mails.forget()
    by = builders.actor(sender)
    package = contracts.send_together(offers, into="signing", by=by)
    person = package.items.first().participant
    [letter] = [letter for letter in mails.sent() if letter.to == [person.email]]
    [link] = [link for link in mails.links(letter) if "/c/" in link]
    page, link = open_page(), f"/{link.split('/', 3)[3]}"
    page.goto(link)
    do.accessible(page)
    page.get_by_role("button", name="See the contracts").click()
    page.get_by_text("0 of 2 signed").wait_for()
    both(page, person, "package", "my_privacy")


def test_pages_of_self_service(sales, sender, open_page, monkeypatch):
    monkeypatch.setattr(services.page, "LEAST", 0)  # as if the form had lain there
    self_service = services.address(services.offer(services.template(sales), sender))
    page = open_page()
    page.goto(self_service)
    do.accessible(page)
    page.get_by_label("Your name").fill("Vera Visitor")
    page.get_by_label("E-mail").fill("vera@visitor.example")
    page.get_by_role("button", name="Send me the link").click()
    page.get_by_role("heading", name="Look into your mailbox").wait_for()
    do.accessible(page)
    self_service_begin = services.link()
    page.goto(self_service_begin)
    do.accessible(page)


def test_pages_of_a_consumer(sales, sender, open_page):
    at = consumers.out(sender, consumers.template(sales, sealed_copy="behind"))
    page = open_page()
    page.goto(visits.landing(at.kari))
    page.get_by_role("button", name="Open the contract").click()
    both(page, at.kari, "sign")
    consumers.sign_all(at)
    deliver()
    both(page, at.kari, "done", "fetch", "retract")
    page.get_by_role("button", name=re.compile("Bekreft|Confirm")).click()
    page.wait_for_load_state()
    both(page, at.kari, "retract", "contract")
