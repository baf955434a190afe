"""A contract that takes another's place comes from the newest template and keeps its parties."""

import copy

import pytest

from tests import builders, signatures, tables
from tests.announcements import announced
from tests.journeys import stage
from wagtail_contracts import events
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import deviations
from wagtail_contracts.contracts.core.content import body
from wagtail_contracts.contracts.errors import TemplateUnusable, WrongState
from wagtail_contracts.contracts.models import Contract, ContractLink, Participant


@pytest.fixture
def signed(answered, sender):
    """Both have signed version 2."""
    signatures.sign_all(answered)
    return stage(answered.contract, sender)


def replaced(first, user):
    """Call the verb; the draft as it is stored."""
    made = contracts.replace(first, owner=user, by=builders.actor(user))
    return Contract.objects.get(pk=made.pk)


def republish(template, **streams):
    """A newer template."""
    for name, value in streams.items():
        setattr(template, name, value)
    template.save_revision().publish()


def test_a_replacement_has_the_new_text_and_what_was_agreed(signed, template, sender):
    text = copy.deepcopy(builders.BODY)
    text[3]["value"]["heading"] = "Uptime"
    republish(template, body=text)
    made = replaced(signed.contract, sender)

    content = contracts.compose(made)
    assert content["body"][0]["content"][0]["content"][0]["text"] == (
        f"This contract replaces contract {signed.contract.number}, “Hosting 2027”, version 2."
    )
    assert "Uptime" in str(content["body"])
    assert "Uptime" not in str(signed.version.content["body"])
    assert made.title == "Hosting 2027"
    assert made.values == {
        "price": {"amount": "5300.00", "currency": "NOK"},
        "start": "2027-01-15",
        "support": "office",
        "until": None,
        "invoice": "pay@customer.example",
        "remarks": None,
    }
    assert contracts.missing(made, content) == []
    assert deviations.found(body(made.outline), content["body"]) == []


def test_its_people_are_those_of_the_first_with_links_of_their_own(signed, sender):
    made = replaced(signed.contract, sender)
    facts = ("name", "email", "role", "language", "capacity", "position", "user")

    def people(contract):
        rows = Participant.objects.filter(party__contract=contract).order_by("pk")
        return [[getattr(row, name) for name in facts] for row in rows]

    assert people(made) == people(signed.contract)
    ids = Participant.objects.values_list("public_id", flat=True)
    assert len(set(ids)) == 4


def test_what_the_new_template_does_not_ask_or_take_is_asked_again(signed, template, sender):
    fields = copy.deepcopy(builders.FIELDS)
    fields[0]["value"]["sensitive"] = True
    fields[2]["value"]["options"] = fields[2]["value"]["options"][1:]
    fields = [*fields[:4], *fields[5:]]
    text = [entry for entry in builders.BODY if "Invoices go to" not in str(entry)]
    republish(template, fields=fields, body=text)
    made = replaced(signed.contract, sender)
    assert made.values["price"] is made.values["support"] is None
    assert "invoice" not in made.values
    assert made.values["start"] == "2027-01-15"


def test_a_party_whose_role_is_gone_is_not_in_it(signed, template, sender):
    roles = copy.deepcopy(builders.ROLES)
    roles[1]["value"] |= {"key": "client", "kind": "person"}
    republish(template, roles=roles, fields=builders.FIELDS[:2], body=builders.BODY[2:3])
    made = replaced(signed.contract, sender)
    found = {party.role: (party.kind, party.name) for party in made.parties.all()}
    assert found == {"supplier": ("organisation", "Eksempel AS"), "client": ("person", "")}


def test_only_what_is_signed_is_replaced(signed, template, sender):
    other = builders.contract(template, sender)
    with tables.unchanged(), pytest.raises(WrongState):
        replaced(other, sender)
    assert replaced(signed.contract, sender).state == "draft"


@pytest.mark.parametrize("lost", ["unpublished", "deleted"])
def test_without_its_template_nothing_is_replaced(signed, template, sender, lost):
    first = Contract.objects.get(pk=signed.contract.pk)
    assert replaced(first, sender).template_id == template.pk
    template.unpublish() if lost == "unpublished" else template.delete()
    with tables.unchanged(), pytest.raises(TemplateUnusable):
        replaced(Contract.objects.get(pk=first.pk), sender)


def test_both_trails_of_our_own_side_know(signed, sender):
    with announced(signed.contract) as heard:
        made = replaced(signed.contract, sender)
    data = {"kind": "replaces", "contract": made.number, "first": signed.contract.number}
    assert (heard.shared, heard.own) == ([], [(events.CONTRACT_LINKED, data)])
    assert heard.mails == []
    link = ContractLink.objects.get()
    assert (link.contract_id, link.first_id, link.kind) == (made.pk, signed.contract.pk, "replaces")
