"""What is kept, on a page; one person's data, taken along and erased through the doors."""

import io
import json
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders, signatures, tables
from tests.admin import posts
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Participant

pytestmark = pytest.mark.django_db
REGISTER = reverse("wagtail_contracts_register")


@pytest.fixture
def browser(sales):
    """Gives the browser of somebody with these rights."""

    def of(*verbs):
        client = Client()
        client.force_login(builders.staff(f"who{len(verbs)}{verbs[-1]}", sales, ("view", *verbs)))
        return client

    return of


def test_the_register_shows_what_there_is_and_writes_nothing(browser, sent):
    boss = browser("administer")

    with tables.unchanged():
        answer = boss.get(REGISTER)

    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Codes and sessions, without any code or password" in text
    assert "How often something was tried" in text
    assert "10 years after it was signed" in text
    assert browser("edit").get(REGISTER).status_code == 302


def test_one_persons_data_are_handed_over(browser, sent):
    address = posts.address("export_person", sent.contract.pk)
    said = {"participant": sent.kari.public_id}

    answer = browser("export", "sensitive").post(address, said)

    assert answer["Content-Type"] == "application/zip"
    assert "messages" not in answer.cookies  # on the next page nothing is announced
    with zipfile.ZipFile(io.BytesIO(answer.content)) as held:
        data = json.loads(held.read("person.json"))
    assert data["person"]["email"] == "kari@customer.example"
    without = browser("export")
    with tables.unchanged():
        refused = without.post(address, said)
    assert refused["Content-Type"].startswith("text/html")
    assert "You may not do this with this contract." in refused.content.decode()


def test_one_persons_data_are_erased(browser, sent):
    contracts.withdraw(sent.contract, "Not now.", by=sent.owner)
    address = posts.address("erase_person", sent.contract.pk)
    said = {"participant": sent.kari.public_id, "reason": "Kari asked for it."}
    without, boss = browser("administer"), browser("administer", "sensitive")
    with tables.unchanged():
        assert without.post(address, said).status_code == 200
        assert boss.post(address, {**said, "reason": ""}).status_code == 200

    assert boss.post(address, said).status_code == 302

    assert Participant.objects.get(pk=sent.kari.pk).email == ""


def test_the_page_says_until_when_what_was_signed_is_kept(browser, answered):
    signatures.sign_all(answered)
    address = posts.address("erase_person", answered.contract.pk)
    said = {"participant": answered.kari.public_id, "reason": "Kari asked for it."}

    answer = browser("administer", "sensitive").post(address, said)

    assert "17(3)(e)" in answer.content.decode()
    assert Participant.objects.get(pk=answered.kari.pk).email == "kari@customer.example"


def test_people_of_another_contract_are_none_to_choose(browser, sent, template, sender):
    other = builders.contract(template, sender, title="Support 2027")
    stranger = Participant.objects.get(party__contract=other, party__role="customer")
    address = posts.address("export_person", sent.contract.pk)

    answer = browser("export", "sensitive").post(address, {"participant": stranger.public_id})

    assert answer["Content-Type"].startswith("text/html")
