"""A new contract comes out of a published template, in steps that store nothing before the last."""

from __future__ import annotations

import pytest
from wagtail.models import Page

from tests import builders, tables
from tests.admin import posts, wizard
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import resolving
from wagtail_contracts.contracts.models import Contract, Participant


def test_step_1_offers_the_published_templates_of_one_s_workspaces(admin, template, sender):
    legal = builders.template(builders.workspace("legal"), "Secret deal")
    page = admin.get(posts.address("add")).content.decode()
    assert f"?template={template.pk}" in page
    assert "9 of 12 blocks locked" in page
    assert "Not used yet" in page
    assert legal.title not in page
    builders.contract(template, sender)
    assert "Last used" in admin.get(posts.address("add")).content.decode()
    template.unpublish()
    assert f"?template={template.pk}" not in admin.get(posts.address("add")).content.decode()


@pytest.mark.parametrize("pk", ["0", "999", "x", "", "9" * 20, "\u0661", "-1"])
def test_a_template_that_is_none_is_not_found(admin, template, sender, pk):
    url = f"{posts.address('add')}?template={pk}"
    with tables.unchanged():
        assert admin.get(url).status_code == 404
        assert admin.post(url, wizard.filled(sender)).status_code == 404


def test_a_template_of_another_workspace_is_not_found(admin, template, sender):
    legal = builders.template(builders.workspace("legal"))
    with tables.unchanged():
        assert admin.get(wizard.address(legal)).status_code == 404
        assert admin.post(wizard.address(legal), wizard.filled(sender)).status_code == 404
    assert admin.post(wizard.address(template), wizard.filled(sender)).status_code == 302


def test_a_page_that_is_no_template_is_not_found(admin, template):
    root = Page.objects.get(depth=1)
    assert admin.get(f"{posts.address('add')}?template={root.pk}").status_code == 404


def test_only_whoever_may_create_comes_in(client, template, sales, sender):
    reader = builders.staff("reader", sales, ("view", "edit", "send"))
    client.force_login(reader)
    with tables.unchanged():
        assert client.get(wizard.address(template)).status_code == 302
        assert client.post(wizard.address(template), wizard.filled(sender)).status_code == 302


def test_the_form_begins_with_what_is_known(admin, template, sender):
    page = admin.get(wizard.address(template))
    ours, theirs = page.context["sides"]
    assert ours.party["name"].value() == "Eksempel AS"
    assert ours.people.forms[0]["user"].value() == sender.pk
    assert ours.people.forms[0]["position"].value() == 2  # the others fill in, so they sign first
    assert theirs.people.forms[0]["position"].value() == 1
    assert "user" not in theirs.people.forms[0].fields
    assert page.context["details"]["value-start"].value() == "2027-01-15"
    assert "value-invoice" not in page.context["details"].fields  # the other side fills it in


def test_one_person_more_without_a_script(admin, template, sender):
    post = wizard.filled(sender, **{"value-price": "much"}) | {"more": "customer"}
    with tables.unchanged():
        page = admin.post(wizard.address(template), post)
    _ours, theirs = page.context["sides"]
    assert [form["name"].value() for form in theirs.people.forms] == ["Kari Nordmann", None]
    assert page.context["details"]["value-price"].value() == "much"
    assert "error-message" not in page.content.decode()


def test_the_text_is_shown_before_anything_is_stored(admin, template, sender):
    with tables.unchanged():
        page = admin.post(wizard.address(template), wizard.filled(sender, do="preview"))
    text = page.content.decode()
    assert "Customer AS" in text
    assert "5,300" in text
    changed = admin.post(wizard.address(template), {**wizard.hidden(page), "do": "change"})
    assert changed.context["details"]["title"].value() == "Hosting 2027"
    assert not Contract.objects.exists()
    made = admin.post(wizard.address(template), {**wizard.hidden(page), "do": "make"})
    assert made.url == posts.address("edit", Contract.objects.get().pk)


def test_what_was_shown_is_what_is_made(admin, template, sender):
    page = admin.post(wizard.address(template), wizard.filled(sender, do="preview"))
    admin.post(wizard.address(template), {**wizard.hidden(page), "do": "make"})
    made = resolving.offered(contracts.whole(Contract.objects.get()), {})
    for content in (page.context["content"], made):
        content["salt"] = ""
        for party in content["parties"]:
            party["id"] = ""
            for one in party["people"]:
                one["id"] = ""
        for block in content["body"]:
            block["id"] = ""
    assert page.context["content"] == made


def test_the_contract_has_the_people_and_values_that_were_typed(admin, template, sender):
    more = wizard.person("customer", 1, name="Per Hansen", email="per@customer.example")
    reads = wizard.person("customer", 2, name="Pia", email="pia@customer.example", role="reader")
    empty = wizard.person("customer", 3)
    count = {"people-customer-TOTAL_FORMS": "4"}
    admin.post(wizard.address(template), wizard.filled(sender, **count, **more, **reads, **empty))
    made = Contract.objects.get()
    theirs = Participant.objects.filter(party__contract=made, party__role="customer")
    assert [(p.name, p.role) for p in theirs.order_by("pk")] == [
        ("Kari Nordmann", "signatory"),
        ("Per Hansen", "signatory"),
        ("Pia", "reader"),
    ]
    ours = Participant.objects.get(party__contract=made, party__role="supplier")
    assert (ours.user, ours.name, ours.email) == (sender, "Ola Nordmann", sender.email)
    assert made.values["price"] == {"amount": "5300.00", "currency": "NOK"}
    assert made.owner == sender
    assert contracts.missing(made, contracts.compose(made)) == []


def test_a_person_is_taken_away_by_a_check_box(admin, template, sender):
    more = wizard.person("customer", 1, name="Per Hansen", email="per@customer.example")
    gone = {"people-customer-TOTAL_FORMS": "2", "people-customer-1-DELETE": "on"}
    admin.post(wizard.address(template), wizard.filled(sender, **more, **gone))
    assert not Participant.objects.filter(name="Per Hansen").exists()


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"title": "x" * 121}, "title"),
        ({"party-customer-name": ""}, "party"),
        ({"people-customer-0-email": "no address"}, "people"),
        ({"people-customer-0-name": ""}, "people"),
        ({"people-customer-0-role": "king"}, "people"),
        ({"people-customer-0-position": "0"}, "people"),
        ({"people-customer-0-language": "xx"}, "people"),
        ({"people-supplier-0-user": "999"}, "people"),
        ({"people-customer-TOTAL_FORMS": None}, "people"),
        ({"people-customer-TOTAL_FORMS": "999"}, "people"),
        ({"value-price": "much"}, "title"),
        ({"value-start": "2027-02-30"}, "title"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_nothing_is_stored(
    admin, template, sender, changes, where
):
    with tables.unchanged():
        page = admin.post(wizard.address(template), wizard.filled(sender, **changes))
    assert page.status_code == 200
    found = {
        "title": page.context["details"].errors,
        "party": [side.party.errors for side in page.context["sides"]],
        "people": [
            [side.people.errors, side.people.non_form_errors()] for side in page.context["sides"]
        ],
    }[where]
    assert "error" in str(found) or found
    assert admin.post(wizard.address(template), wizard.filled(sender)).status_code == 302


def test_a_colleague_must_see_the_workspace(admin, template, sender):
    stranger = builders.staff("stranger", builders.workspace("legal"))
    post = wizard.filled(sender, **{"people-supplier-0-user": str(stranger.pk)})
    with tables.unchanged():
        assert admin.post(wizard.address(template), post).status_code == 200


def test_what_the_form_does_not_ask_for_is_not_read(admin, template, sender):
    forged = {
        "state": "signed",
        "workspace": "99",
        "number": "FORGED-1",
        "owner": "99",
        "value-invoice": "forged@evil.example",
        "party-supplier-role": "customer",
        "party-king-name": "King",
        "people-customer-0-user": str(sender.pk),
    }
    admin.post(wizard.address(template), wizard.filled(sender, **forged))
    made = Contract.objects.get()
    assert (made.state, made.owner, made.number[:6]) == ("draft", sender, "SALES-")
    assert made.values["invoice"] is None
    assert {party.role for party in made.parties.all()} == {"supplier", "customer"}
    assert Participant.objects.get(party__role="customer").user is None


def test_the_contract_is_made_from_what_is_published(admin, template, sender):
    template.body[2].value["heading"].source = "Unpublished"
    template.save_revision()
    admin.post(wizard.address(template), wizard.filled(sender))
    assert "Unpublished" not in str(contracts.compose(Contract.objects.get()))


def test_a_post_without_a_template_leads_to_the_choice(admin, template, sender):
    with tables.unchanged():
        answer = admin.post(posts.address("add"), wizard.filled(sender))
    assert answer.url == posts.address("add")


def test_the_template_page_links_into_the_form(client, template, django_user_model):
    from django.urls import reverse

    client.force_login(django_user_model.objects.create_superuser("root", "root@example.com", "x"))
    page = client.get(reverse("wagtailadmin_pages:edit", args=[template.pk])).content.decode()
    assert wizard.address(template) in page
