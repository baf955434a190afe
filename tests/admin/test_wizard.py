"""A new contract begins with a template: the first step, and addresses that fill in."""

from __future__ import annotations

import copy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import Page

from tests import builders, given, tables, uploads
from tests.admin import posts, wizard
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin import cards
from wagtail_contracts.contracts.admin.files import FILE
from wagtail_contracts.contracts.blocks import plain
from wagtail_contracts.contracts.core.fields import files
from wagtail_contracts.contracts.models import Contract, Participant


def choice(template):
    """The button of a template's card."""
    return f'name="template" value="{template.pk}"'


def test_step_1_offers_the_published_templates_of_one_s_workspaces(admin, template, sender):
    legal = builders.template(builders.workspace("legal"), "Secret deal")
    page = admin.get(posts.address("add")).content.decode()
    assert choice(template) in page
    assert "9 of 12 blocks locked" in page
    assert "Not used yet" in page
    assert legal.title not in page
    builders.contract(template, sender)
    assert "Last used" in admin.get(posts.address("add")).content.decode()
    template.unpublish()
    assert choice(template) not in admin.get(posts.address("add")).content.decode()


@pytest.mark.parametrize("pk", ["0", "999", "x", "", "9" * 20, "\u0661", "-1"])
def test_a_template_that_is_none_is_not_found(admin, template, pk):
    url = f"{posts.address('add')}?template={pk}"
    with tables.unchanged():
        assert admin.get(url).status_code == 404
        assert admin.post(url).status_code == 404
        assert admin.post(posts.address("add"), {"template": pk}).status_code == 404
    assert admin.post(posts.address("add"), {"template": template.pk}).status_code == 302
    assert Contract.objects.count() == 1


def test_a_template_of_another_workspace_is_not_found(admin, template):
    legal = builders.template(builders.workspace("legal"))
    with tables.unchanged():
        assert admin.get(wizard.address(legal)).status_code == 404
        assert admin.post(wizard.address(legal)).status_code == 404
    assert admin.post(wizard.address(template)).status_code == 302


def test_a_page_that_is_no_template_is_not_found(admin, template):
    root = Page.objects.get(depth=1)
    assert admin.get(f"{posts.address('add')}?template={root.pk}").status_code == 404


def test_only_whoever_may_create_comes_in(client, template, sales):
    reader = builders.staff("reader", sales, ("view", "edit", "send"))
    client.force_login(reader)
    with tables.unchanged():
        assert client.get(wizard.address(template)).status_code == 302
        assert client.post(wizard.address(template)).status_code == 302


def test_looking_at_a_template_makes_nothing_and_choosing_it_makes_a_draft(admin, template, sender):
    with tables.unchanged():
        assert choice(template) in admin.get(wizard.address(template)).content.decode()
    made = wizard.begin(admin, template)
    assert (made.state, made.owner, made.title) == ("draft", sender, "Service agreement")
    ours = Participant.objects.get()  # the others are not known yet
    assert (ours.user, ours.email, ours.position) == (sender, sender.email, 2)
    assert {party.role: party.name for party in made.parties.all()} == {
        "supplier": "Eksempel AS",
        "customer": "",
    }
    assert made.values["start"] == "2027-01-15"
    assert made.values["invoice"] is None


def test_the_contract_is_made_from_what_is_published(admin, template):
    template.body[2].value["heading"].source = "Unpublished"
    template.save_revision()
    made = wizard.begin(admin, template)
    assert "Unpublished" not in str(contracts.compose(made))


def test_a_post_without_a_template_leads_to_the_choice(admin, template):
    with tables.unchanged():
        answer = admin.post(posts.address("add"), {"title": "X"})
    assert answer.url == posts.address("add")


def test_the_template_page_links_into_the_form(client, template, django_user_model):
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
    assert 'action="?title=Hosting"' in page
    made = wizard.begin(admin, template, title="Hosting")
    assert made.title == "Hosting"


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


FILLED_IN = {
    "title": "Hosting 2028",
    "party.customer.name": "Kunde AS",
    "value.price": "5 300",
    "value.start": "2028-01-01",
}


def linked(admin, template, **query):
    """The step that an address fills in; nothing changes."""
    with tables.unchanged():
        return admin.get(posts.address("add"), {"template": template.pk, **query})


def test_an_address_fills_in_the_draft_and_opening_it_changes_nothing(admin, template):
    page = linked(admin, template, **FILLED_IN)
    assert page.context["prefilled"].problems == []
    assert ("Customer: Name", "Kunde AS") in page.context["prefilled"].told
    made = wizard.begin(admin, template, **FILLED_IN)
    assert made.title == "Hosting 2028"
    assert made.parties.get(role="customer").name == "Kunde AS"
    assert made.values["price"] == {"amount": "5300.00", "currency": "NOK"}
    assert made.values["start"] == "2028-01-01"


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
    [problem] = page.context["prefilled"].problems
    assert said in problem
    assert escape(problem) in page.content.decode()
    assert linked(admin, template, **FILLED_IN).context["prefilled"].problems == []
    assert wizard.begin(admin, template, **{**FILLED_IN, **query}).state == "draft"
    assert escape(problem) in admin.get(posts.address("list")).content.decode()


def test_a_sensitive_value_is_not_taken_from_an_address(admin, sales):
    fields = copy.deepcopy(builders.FIELDS)
    page = builders.template(sales, "Job", fields=fields)
    assert linked(admin, page, **FILLED_IN).context["prefilled"].problems == []
    fields[0]["value"]["sensitive"] = True
    secret = builders.template(sales, "Secret job", fields=fields)
    shown = linked(admin, secret, **FILLED_IN)
    problems = shown.context["prefilled"].problems
    assert problems == ["“Price” is sensitive and never taken from an address."]
    assert wizard.begin(admin, secret, **FILLED_IN).values["price"] is None


def test_a_file_is_not_taken_from_an_address(admin, sales, sender):
    """Its digest is no secret, and whoever names a file may fetch it."""
    content = uploads.saying("Plan of others")
    other = builders.staff("kim", builders.workspace("legal"))
    theirs = uploads.stored("answer", content, "plan.pdf", builders.actor(other))
    address = reverse(FILE, args=[theirs.digest])
    page = given.template(sales)

    said = {"value.plan": files.line(theirs.facts())}
    [problem] = linked(admin, page, **said).context["prefilled"].problems
    assert problem == "“Plan” is a file, and never taken from an address."
    assert wizard.begin(admin, page, **said).values["plan"] is None
    assert admin.get(address).status_code == 404

    uploads.stored("answer", content, "plan.pdf", builders.actor(sender))
    assert admin.get(address).status_code == 200
