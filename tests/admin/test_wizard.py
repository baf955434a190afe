"""A new contract comes out of a published template, in steps that store nothing before the last."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from wagtail.models import Page

from tests import builders, tables
from tests.admin import posts, wizard
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin import cards
from wagtail_contracts.contracts.blocks import plain
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


def search(admin, words):
    """The titles that are found, in order."""
    page = admin.get(posts.address("add"), {"q": words})
    return [card["page"].title for card in page.context["cards"]]


def test_templates_are_found_by_title_and_workspace_those_used_last_first(
    admin, template, sales, sender
):
    lease = builders.template(sales, "Lease")
    assert search(admin, "") == ["Lease", "Service agreement"]
    assert search(admin, "agree SALES") == ["Service agreement"]
    assert search(admin, "service lease") == []
    builders.contract(template, sender)
    assert search(admin, "") == ["Service agreement", "Lease"]
    assert lease.title in admin.get(posts.address("add"), {"q": "lease"}).content.decode()


def test_a_choice_keeps_what_the_address_fills_in(admin, template):
    page = admin.get(posts.address("add"), {"q": "service", "title": "Hosting"}).content.decode()
    assert f"?title=Hosting&amp;template={template.pk}" in page


def test_more_templates_cost_no_more_queries(admin, template, sales):
    def queries():
        with CaptureQueriesContext(connection) as found:
            admin.get(posts.address("add"))
        return len(found)

    admin.get(posts.address("add"))
    before = queries()
    for number in range(4):
        builders.template(sales, f"Lease {number}")
    assert queries() == before


def test_a_miniature_has_a_bar_for_each_line_of_the_first_page(template):
    bars = list(cards.miniature(plain(template.body)))
    assert [bar["open"] for bar in bars[:2]] == [False, False]
    assert any(bar["open"] for bar in bars)
    assert all(
        0 < bar["y"] < cards.HEIGHT and bar["x"] + bar["width"] < cards.WIDTH for bar in bars
    )
    assert [*cards.miniature(plain(template.body) * 20)][: len(bars)] == bars


def known(admin, template):
    """Those whom the form offers to take over, by label."""
    _ours, theirs = admin.get(wizard.address(template)).context["sides"]
    return {item.label: item.row.pk for item in theirs.known}


def test_a_party_of_an_earlier_contract_is_taken_over_with_its_people(admin, template, sender):
    builders.contract(template, sender)
    builders.contract(template, sender)
    [(label, pk)] = known(admin, template).items()  # once, however often it took part
    assert label == "Customer AS: Kari Nordmann"
    filled = {"party-customer-name": "", "people-customer-0-name": "", "fill": "customer"}
    with tables.unchanged():
        page = admin.post(
            wizard.address(template),
            {**wizard.filled(sender, **filled), "known-customer": str(pk)},
        )
    _ours, theirs = page.context["sides"]
    assert theirs.party["name"].value() == "Customer AS"
    assert theirs.people.forms[0]["email"].value() == "kari@customer.example"
    assert page.context["details"]["value-price"].value() == "5 300"


@pytest.mark.parametrize("pk", ["", "x", "999999", "theirs"])
def test_a_party_that_one_may_not_see_is_none(admin, template, sender, pk):
    legal = builders.workspace("legal")
    lex = builders.staff("lex", legal)
    ours, theirs = builders.parties(lex)
    parties = [ours, replace(theirs, name="Secret AS")]
    other = builders.contract(builders.template(legal), lex, parties=parties)
    builders.contract(template, sender)
    foreign = other.parties.get(role="customer")
    known_here = known(admin, template)
    assert foreign.pk not in known_here.values()
    post = {**wizard.filled(sender, **{"party-customer-name": "Typed AS"}), "fill": "customer"}
    pk = str(foreign.pk) if pk == "theirs" else pk
    page = admin.post(wizard.address(template), {**post, "known-customer": pk})
    assert page.context["sides"][1].party["name"].value() == "Typed AS"
    mine = str(next(iter(known_here.values())))
    page = admin.post(wizard.address(template), {**post, "known-customer": mine})
    assert page.context["sides"][1].party["name"].value() == "Customer AS"


def test_more_earlier_contracts_cost_no_more_queries(admin, template, sender):
    def queries():
        with CaptureQueriesContext(connection) as found:
            admin.get(wizard.address(template))
        return len(found)

    builders.contract(template, sender)
    admin.get(wizard.address(template))
    before = queries()
    for number in range(5):
        ours, theirs = builders.parties(sender)
        builders.contract(template, sender, parties=[ours, replace(theirs, name=f"AS {number}")])
    assert (queries(), len(known(admin, template))) == (before, 6)


def test_i_am_added_once_by_one_button(admin, template, sender):
    nobody = {"people-supplier-0-user": "", "people-supplier-0-name": ""}
    post = {**wizard.filled(sender, **nobody), "me": "supplier"}
    page = admin.post(wizard.address(template), post)
    ours = page.context["sides"][0].people.forms
    assert [form["user"].value() for form in ours] == [sender.pk]
    post = {**wizard.filled(sender), "me": "supplier"}
    page = admin.post(wizard.address(template), post)
    assert len(page.context["sides"][0].people.forms) == 1
    assert admin.post(wizard.address(template), {**post, "me": "customer"}).status_code == 200


def test_all_sign_at_the_same_time_whatever_numbers_were_typed(admin, template, sender):
    admin.post(wizard.address(template), wizard.filled(sender, order="together"))
    assert {person.position for person in Participant.objects.all()} == {1}
    admin.post(wizard.address(template), wizard.filled(sender, order="numbered"))
    made = Participant.objects.filter(party__contract=Contract.objects.first())
    assert {person.position for person in made} == {1, 2}


def test_the_title_is_suggested_by_template_and_counterparty(admin, template, sender):
    admin.post(wizard.address(template), wizard.filled(sender, title=""))
    assert Contract.objects.get().title == "Service agreement, Customer AS"


def preview(admin, template, sender, **changes):
    return admin.post(wizard.address(template), wizard.filled(sender, do="preview", **changes))


def test_the_last_look_warns_of_signatures_that_would_be_void(admin, template, sender):
    assert preview(admin, template, sender).context["warnings"] == []
    early = {"people-supplier-0-position": "1", "people-customer-0-position": "2"}
    [warning] = preview(admin, template, sender, **early).context["warnings"]
    assert warning == (
        "Put Kari Nordmann first; else filling in 4 fields voids the signature of Ola Nordmann."
    )


def test_the_last_look_warns_of_two_people_with_one_address(admin, template, sender):
    same = {"people-customer-0-email": sender.email.upper()}
    [warning] = preview(admin, template, sender, **same).context["warnings"]
    assert "Ola Nordmann and Kari Nordmann have the same e-mail address" in warning


def test_the_last_look_is_the_page_of_whoever_signs_first_on_the_other_side(
    admin, template, sender
):
    more = wizard.person("customer", 1, name="Per", email="per@x.example", position="1")
    later = {"people-customer-0-position": "3", "people-customer-TOTAL_FORMS": "2"}
    page = preview(admin, template, sender, **later, **more)
    assert page.context["seen_by"] == "Per"
    assert "srcdoc=" in page.content.decode()
    assert 'name="a-invoice"' in page.context["page"]


FILLED_IN = {
    "title": "Hosting 2028",
    "party.customer.name": "Kunde AS",
    "value.price": "5 300",
    "value.start": "2028-01-01",
}


def linked(admin, template, **query):
    """The form that an address fills in; nothing changes."""
    with tables.unchanged():
        return admin.get(posts.address("add"), {"template": template.pk, **query})


def test_an_address_fills_in_the_form_and_changes_nothing(admin, template):
    page = linked(admin, template, **FILLED_IN)
    details, theirs = page.context["details"], page.context["sides"][1]
    assert page.context["problems"] == []
    assert details["title"].value() == "Hosting 2028"
    assert theirs.party["name"].value() == "Kunde AS"
    assert details["value-price"].value() == "5300.00"
    assert details["value-start"].value() == "2028-01-01"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"value.colour": "red"}, "“value.colour”, which this form does not know"),
        ({"party.king.name": "X"}, "“party.king.name”, which this form does not know"),
        ({"party.customer.email": "x@y.example"}, "“party.customer.email”, which"),
        ({"party.customer.kind": "person"}, "“party.customer.kind”, which"),
        ({"state": "signed"}, "“state”, which this form does not know"),
        ({"title": ["A", "B"]}, "“title” more than once"),
        ({"title": "x" * 121}, "title in the address is too long"),
        ({"value.price": "much"}, "“Price”: Enter an amount in NOK"),
        ({"value.start": "2027-02-30"}, "“Start”: Enter a date that exists"),
        ({"value.invoice": "a@b.example"}, "“Invoices to” is filled in by another party"),
        ({"party.customer.name": "x" * 121}, "“Name”: "),
    ],
)
def test_what_an_address_can_t_fill_in_is_named_and_never_ignored(admin, template, query, said):
    page = linked(admin, template, **{**FILLED_IN, **query})
    assert len(page.context["problems"]) == 1
    assert said in page.context["problems"][0]
    assert escape(page.context["problems"][0]) in page.content.decode()
    assert linked(admin, template, **FILLED_IN).context["problems"] == []


def test_a_sensitive_value_is_not_taken_from_an_address(admin, sales):
    fields = copy.deepcopy(builders.FIELDS)
    page = builders.template(sales, "Job", fields=fields)
    assert linked(admin, page, **FILLED_IN).context["problems"] == []
    fields[0]["value"]["sensitive"] = True
    secret = builders.template(sales, "Secret job", fields=fields)
    shown = linked(admin, secret, **FILLED_IN)
    assert shown.context["problems"] == ["“Price” is sensitive and never taken from an address."]
    assert not shown.context["details"]["value-price"].value()


def test_an_address_fills_in_nothing_once_something_was_typed(admin, template, sender):
    url = f"{wizard.address(template)}&title=Forged&value.price=1"
    admin.post(url, wizard.filled(sender))
    made = Contract.objects.get()
    assert (made.title, made.values["price"]["amount"]) == ("Hosting 2027", "5300.00")


def test_the_deadline_is_suggested_by_the_template_then_by_the_workspace(template, sender, sales):
    draft = builders.contract(template, sender)
    today = contracts.default_deadline(draft) - timedelta(days=14)
    sales.deadline_days = 7
    sales.save()
    draft = Contract.objects.get()
    assert contracts.default_deadline(draft) == today + timedelta(days=7)
    template.deadline_days = 3
    template.save()
    assert contracts.default_deadline(Contract.objects.get()) == today + timedelta(days=3)
