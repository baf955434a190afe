"""A live template that anybody begins a contract from: first the mailbox, then the contract."""

import pytest
from django.test import Client

from tests import mails, services
from tests.public import visits
from tests.public.markup import faults, read
from wagtail_contracts.contracts.models import Contract, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(sales, sender):
    """Bound by publishing: nobody of ours signs."""
    return services.offer(services.template(sales), sender)


def test_a_visitor_reads_confirms_fills_in_signs_and_gets_the_sealed_file(offer, monkeypatch):
    browser = Client()
    page = browser.get(services.address(offer))
    found = read(page.content)
    assert (page.status_code, faults(page.content), dict(browser.cookies)) == (200, [], {})
    assert "takes part for" in found.text
    assert "Eksempel AS" in found.text

    vera = services.begin(browser, offer, monkeypatch)
    contract = vera.party.contract
    assert (contract.state, contract.owner) == ("signing", offer.owner)
    assert Visit.objects.get().email == ""
    assert browser.get(visits.page("contract", vera)).status_code == 200

    form = {**visits.shown(vera), "a-allergies": "Nuts", "do": "review"}
    assert browser.post(visits.page("answers", vera), form).status_code == 303
    visits.sign(browser, vera)
    letters = mails.sent()
    assert Contract.objects.get(pk=contract.pk).state == "signed"
    assert any(letter.attachments for letter in letters if letter.to == [vera.email])
