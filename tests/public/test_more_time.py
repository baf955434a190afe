"""Why there is more time is said where everybody reads it: on the page, and in the mail."""

from datetime import timedelta

from tests import mails
from tests.public import visits
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing import flows as signing

WHY = "The board meets <later>."
SHOWN = "The board meets &lt;later&gt;."


def extend(at, reason="", days=5):
    """More time, as the owner gives it; the contract as it is then."""
    day = Contract.objects.get(pk=at.contract.pk).deadline + timedelta(days=days)
    contracts.extend(at.contract, day, reason=reason, by=at.owner)
    return Contract.objects.get(pk=at.contract.pk)


def page(at):
    return visits.enter(at.kari).get(visits.page("contract", at.kari)).content.decode()


def letter(at):
    """The mail to Kari, in text and in HTML."""
    [found] = [one for one in mails.sent() if "more time" in one.subject and one.to == [KARI]]
    return found.body, mails.html(found)


KARI = "kari@customer.example"


def test_the_reason_stands_on_the_page_and_in_the_mail(sent):
    assert "Why there is more time" not in page(sent)
    mails.forget()
    extend(sent, WHY)
    assert f"Why there is more time: <q>{SHOWN}</q>" in page(sent)
    text, html = letter(sent)
    assert (WHY in text, SHOWN in html) == (True, True)
    assert "Message from Ola Nordmann" in text


def test_without_a_reason_nothing_is_said_of_one(sent):
    mails.forget()
    extend(sent)
    text, _html = letter(sent)
    assert ("Why there is more time" in page(sent), "Message from" in text) == (False, False)


def test_the_reason_of_an_earlier_day_is_not_that_of_the_day_of_now(sent):
    extend(sent, WHY)
    contract = extend(sent)
    assert signing.why_extended(contract) == ""
    assert SHOWN not in page(sent)


def test_a_mail_about_a_confidential_contract_leaves_the_reason_to_its_page(sent):
    contracts.keep_close(sent.contract, "identify", by=sent.owner)
    mails.forget()
    extend(sent, WHY)
    text, html = letter(sent)
    assert (WHY in text, SHOWN in html, "Message from" in text) == (False, False, False)


def test_a_reason_that_was_erased_is_shown_nowhere(sent):
    contract = extend(sent, WHY)
    [event] = Event.objects.of(contract.trail).named("contract.extended")
    audit.erase(contract.trail, event.commitments["reason"], "asked for", by=sent.owner)
    assert signing.why_extended(contract) == ""
