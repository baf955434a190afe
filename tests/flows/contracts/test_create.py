"""From a live template to a draft."""

from dataclasses import replace

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from example_site import contents as made
from tests import builders, tables
from tests.announcements import announced, last_event
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import AnswersRefused, TemplateUnusable
from wagtail_contracts.contracts.models import Contract, ContractVersion, Participant
from wagtail_contracts.contracts.template_pages.models import ContractTemplate


def refused(error, page, user, **changes):
    with tables.unchanged(), pytest.raises(error) as raised:
        builders.contract(page, user, **changes)
    return raised.value


def accepted(page, user, **changes):
    assert builders.contract(page, user, **changes).state == "draft"


def test_a_template_that_is_not_live_makes_no_contract(template, sender):
    template.unpublish()
    refused(TemplateUnusable, template, sender)

    template.save_revision().publish()
    accepted(ContractTemplate.objects.get(pk=template.pk), sender)


def test_a_template_outside_every_workspace_makes_no_contract(template, sender):
    page = ContractTemplate(
        title="Loose", body=builders.BODY, fields=builders.FIELDS, roles=builders.ROLES
    )
    builders.root().add_child(instance=page)
    page.save_revision().publish()

    refused(TemplateUnusable, page, sender)
    accepted(template, sender)


def shown_if(expression):
    condition = {"join": "all", "tests": [], "expression": expression}
    block = made.text("Until noon.")
    return {
        "body": [*builders.BODY, {**block, "value": {**block["value"], "condition": condition}}]
    }


def fields(*more):
    return {"fields": [*builders.FIELDS, *more]}


FAULTS = {
    "a condition that asks for nothing": (
        shown_if("cats"),
        shown_if("price > 5 NOK"),
        "Until noon.",
    ),
    "a condition that is none": (
        shown_if("start +"),
        shown_if("start is filled in"),
        "Until noon.",
    ),
    "a circle": (
        fields(made.computed("sum", "Sum", "number", "sum", "sum", "sum")),
        fields(made.computed("sum", "Sum", "money", "sum", "price", "price", currency="NOK")),
        "Sum",
    ),
    "a key that means two things": (
        fields(made.field("text", "price", "Price in words", "supplier", required=False)),
        fields(made.field("text", "words", "Price in words", "supplier", required=False)),
        "Price in words",
    ),
    "words that no contract can hold": (
        {"body": [*builders.BODY, made.text("<img src='x'>")]},
        {"body": [*builders.BODY, made.text("<b>x</b>")]},
        "formatting",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_was_published_past_its_editor_makes_no_contract(template, sender, client, name):
    wrong, right, said = FAULTS[name]
    client.force_login(get_user_model().objects.create_superuser("root"))

    assert said in str(refused(TemplateUnusable, published(client, template, wrong), sender))
    accepted(published(client, template, right), sender)


def published(client, page, changes):
    """Published in bulk, where Wagtail asks no form."""
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision(clean=False)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    assert client.post(f"{bulk}?id={page.pk}").status_code == 302
    return ContractTemplate.objects.get(pk=page.pk)


def test_a_party_in_a_role_that_the_template_lacks_is_refused(template, sender):
    wrong = [*builders.parties(sender), contracts.PartyDraft("witness", "Vitne AS")]

    refused(TemplateUnusable, template, sender, parties=wrong)
    accepted(template, sender, parties=wrong[:2])


def of_kind(sender, kind, number=""):
    ours, theirs = builders.parties(sender)
    return [ours, replace(theirs, kind=kind, organisation_number=number)]


def test_a_party_is_of_a_kind_that_its_role_takes(template, sender, sales):
    refused(TemplateUnusable, template, sender, parties=of_kind(sender, "person"))
    accepted(template, sender, parties=of_kind(sender, "organisation"))

    own, other = builders.ROLES
    either = {**other, "value": {**other["value"], "kind": "either"}}
    page = builders.template(sales, "Loan", roles=[own, either])
    refused(TemplateUnusable, page, sender, parties=of_kind(sender, "either"))
    made = builders.contract(page, sender, parties=of_kind(sender, "person"))
    assert made.parties.get(role="customer").kind == "person"


def test_a_private_person_has_no_organisation_number(sales, sender):
    own, other = builders.ROLES
    person = {**other, "value": {**other["value"], "kind": "person"}}
    page = builders.template(sales, "Loan", roles=[own, person])
    refused(TemplateUnusable, page, sender, parties=of_kind(sender, "", "999999999"))
    made = builders.contract(page, sender, parties=of_kind(sender, ""))
    assert made.parties.get(role="customer").kind == "person"


@pytest.mark.parametrize(
    ("wrong", "key"),
    [({"price": "much"}, "price"), ({"cost": "1"}, "cost"), ({"system_id": "1"}, "system_id")],
)
def test_values_that_fit_no_field_are_refused_by_name(template, sender, wrong, key):
    refusal = refused(AnswersRefused, template, sender, values={"price": "5300", **wrong})

    assert set(refusal.problems) == {key}
    accepted(template, sender, values={"price": "5300"})


def test_a_draft_is_what_the_template_says_with_what_was_typed(template, sender, sales):
    made = Contract.objects.get(pk=builders.contract(template, sender).pk)

    assert (made.workspace, made.owner, made.template_id) == (sales, sender, template.pk)
    assert made.values["price"] == {"amount": "5300.00", "currency": "NOK"}
    assert (made.values["start"], made.values["invoice"]) == ("2027-01-15", None)
    assert [entry["origin"] for entry in made.outline] == [block.id for block in template.body]
    assert {entry["id"] for entry in made.outline}.isdisjoint(block.id for block in template.body)
    assert made.template_digest == contracts.template_digest(template)
    people = Participant.objects.filter(party__contract=made)
    assert [(person.party.role, person.name) for person in people] == [
        ("supplier", "Ola Nordmann"),
        ("customer", "Kari Nordmann"),
    ]
    assert (made.deadline, made.current_version) == (None, None)
    assert not ContractVersion.objects.exists()


def test_creating_is_told_to_the_shared_trail_and_to_nobody_else(template, sender):
    made = builders.contract(template, sender)

    assert [event.name for event in Event.objects.all()] == [events.CONTRACT_CREATED]
    event = last_event(made, events.CONTRACT_CREATED)
    assert (event.trail.key, event.data) == (made.trail, {"state": "draft"})
    assert (event.actor_key, event.label) == (str(sender.pk), "Ola Nordmann")
    with announced(made) as heard:
        pass
    assert heard.mails == []


def test_numbers_count_up_in_each_workspace(template, sender):
    other = builders.template(builders.workspace("legal"))
    made = [builders.contract(page, sender).number for page in (template, template, other)]

    year = made[0].split("-")[1]
    assert made == [f"SALES-{year}-1", f"SALES-{year}-2", f"LEGAL-{year}-1"]
