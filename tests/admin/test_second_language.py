"""The second language of a template goes from its form to the contract, and is checked there."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from example_site import contents as made
from tests import builders
from tests.admin import posts
from tests.tables import unchanged
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin import basis
from wagtail_contracts.contracts.blocks.clauses import INLINE, TEXT
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.template_pages.models import ContractTemplate

SIDES = {
    "heading": rich_text("<p>Oppstart</p>", features=INLINE),
    "text": rich_text("<p>Nå.</p>", features=TEXT),
    "other_heading": rich_text("<p>Start</p>", features=INLINE),
    "other_text": rich_text("<p>Now.</p>", features=TEXT),
}
PLACE = {"policy": "locked", "level": "1", "style": "", "start": ""}
BOTH = [("bilingual", {**PLACE, **SIDES})]
NOW = {"language": "nb", "second_language": "en", "governing": "second"}


@pytest.fixture
def root(client, django_user_model):
    """A superuser, logged in."""
    user = django_user_model.objects.create_superuser("root", "root@example.com", "x")
    client.force_login(user)
    return user


def publish(client, page, body, **languages):
    """The problems by field, empty where it was published."""
    roles = [
        ("role", {**value, "kind": "organisation", "rule": "all", "count": ""})
        for value in (
            {"label": "Supplier", "key": "supplier", "own": "on"},
            {"label": "Customer", "key": "customer"},
        )
    ]
    streams = {"roles": roles, "fields": [], "body": body}
    data = {
        **nested_form_data({name: streamfield(found) for name, found in streams.items()}),
        "title": page.title,
        "slug": page.slug,
        basis.BASIS: posts.page_began(page),
        "action-publish": "action-publish",
        **languages,
    }
    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    if response.status_code == 302:
        return {}
    errors = response.context["form"].errors.as_data()
    return {name: [str(error) for error in found] for name, found in errors.items()}


def test_both_languages_and_the_one_that_governs_reach_the_contract(client, root, template, sender):
    assert publish(client, template, BOTH, **NOW) == {}
    template = ContractTemplate.objects.get(pk=template.pk)
    contract = builders.contract(template, sender, values={})
    content = contracts.compose(Contract.objects.get(pk=contract.pk))
    told = {name: content[name] for name in ("language", "second_language", "governing")}
    assert told == {"language": "nb", "second_language": "en", "governing": "en"}


@pytest.mark.parametrize(
    ("wrong", "place", "said"),
    [
        ({"second_language": ""}, "second_language", "Say what the second language"),
        ({"second_language": "xx"}, "second_language", "not one of the available choices"),
        ({"second_language": "nb"}, "second_language", "the first language already"),
        ({"governing": "third"}, "governing", "not one of the available choices"),
    ],
)
def test_what_does_not_fit_is_refused(client, root, template, wrong, place, said):
    with unchanged():
        problems = publish(client, template, BOTH, **{**NOW, **wrong})
    assert set(problems) == {place}
    assert said in problems[place][0]


def test_one_side_alone_is_refused(client, root, template):
    sides = {**SIDES, "other_heading": rich_text("", features=INLINE)}
    one = [("bilingual", {**PLACE, **sides, "other_text": rich_text("", features=TEXT)})]
    with unchanged():
        assert set(publish(client, template, one, **NOW)) == {"body"}


def test_without_a_second_language_none_governs(sales, sender):
    page = builders.template(sales, body=[made.text("One.")])
    page.governing = "second"
    told = contracts.languages(page, sales)
    assert told == {"language": "en", "second_language": "", "governing": ""}
