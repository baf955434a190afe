"""Parties and people in the editor: forms in a draft, a table afterwards, forgeries refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests import builders
from tests.admin import posts
from tests.admin.conftest import kept
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant

JSON = {"accept": "application/json"}
CUSTOMER = "parties-1"


def added(number: int, **said: str) -> dict[str, str]:
    row = {
        "id": "",
        "name": "Per Hansen",
        "email": "per@customer.example",
        "capacity": "",
        "role": "signatory",
        "language": "en",
        "position": "2",
        **said,
    }
    return {f"{CUSTOMER}-people-{number}-{name}": value for name, value in row.items()}


def refused(admin: Any, draft: Contract, **changes: Any) -> str:
    """Post it to editor, autosave and preview; nothing is written; the editor's errors."""
    before = kept(draft)
    post = posts.edit(draft, **changes)
    saved = admin.post(posts.address("edit", draft.pk), post, headers=JSON)
    assert saved.status_code == 400
    assert not admin.post(posts.address("preview_on_edit", draft.pk), post).json()["is_valid"]
    response = admin.post(posts.address("edit", draft.pk), post)
    assert response.status_code == 200
    assert kept(draft) == before
    parties = response.context["form"].formsets["parties"]
    nested = [form.formsets["people"] for form in parties.forms]
    found = [parties.non_form_errors(), *(formset.non_form_errors() for formset in nested)]
    found += [parties.errors, *(formset.errors for formset in nested)]
    return str(found)


def test_people_of_a_draft_are_changed_added_and_removed(admin, draft):
    post = posts.edit(
        draft,
        **{f"{CUSTOMER}-name": "Kunde AS", f"{CUSTOMER}-people-0-email": "new@customer.example"},
        **posts.management(f"{CUSTOMER}-people", 2, 1),
        **added(1),
    )
    assert admin.post(posts.address("edit", draft.pk), post).status_code == 302
    party = draft.parties.model.objects.get(contract=draft, role="customer")
    assert party.name == "Kunde AS"
    assert [(p.name, p.email) for p in party.people.order_by("pk")] == [
        ("Kari Nordmann", "new@customer.example"),
        ("Per Hansen", "per@customer.example"),
    ]
    nameless = posts.edit(Contract.objects.get(pk=draft.pk), **{f"{CUSTOMER}-people-1-name": ""})
    assert admin.post(posts.address("edit", draft.pk), nameless).status_code == 200
    draft = Contract.objects.get(pk=draft.pk)
    gone = posts.edit(draft, **{f"{CUSTOMER}-people-1-DELETE": "on"})
    assert admin.post(posts.address("edit", draft.pk), gone).status_code == 302
    assert party.people.count() == 1


def test_a_colleague_is_named_on_our_side_only(admin, draft, sales):
    per = builders.staff("per", sales, ("view",))
    ours = posts.edit(draft, **{"parties-0-people-0-user": str(per.pk)})
    assert admin.post(posts.address("edit", draft.pk), ours).status_code == 302
    assert Participant.objects.get(party__contract=draft, party__role="supplier").user == per
    theirs = posts.edit(
        Contract.objects.get(pk=draft.pk), **{f"{CUSTOMER}-people-0-user": str(per.pk)}
    )
    assert admin.post(posts.address("edit", draft.pk), theirs).status_code == 302
    assert Participant.objects.get(party__contract=draft, party__role="customer").user is None


def test_nobody_from_elsewhere_is_named(admin, draft):
    stranger = builders.staff("stranger", builders.workspace("legal"))
    found = refused(admin, draft, **{"parties-0-people-0-user": str(stranger.pk)})
    assert "Select a valid choice" in found


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (posts.management("parties", 3, 2), "Parties cannot be added or taken away"),
        (posts.management("parties", 3, 2) | {"parties-2-name": "More AS"}, "Parties cannot"),
        (posts.management("parties", 1), "Parties cannot be added or taken away"),
        (posts.management("parties", 0), "Parties cannot be added or taken away"),
        (posts.management("parties", 2, 0), "Parties cannot be added or taken away"),
        ({"parties-TOTAL_FORMS": None}, "Parties cannot be added or taken away"),
        ({"parties-0-id": None}, "not those of the contract"),
        ({"parties-0-id": "x"}, "not those of the contract"),
        ({"parties-0-id": "999999999999999999999"}, "not those of the contract"),
        ({f"{CUSTOMER}-people-0-id": "x"}, "not those of the contract"),
        ({f"{CUSTOMER}-people-0-id": None}, "not those of the contract"),
        ({f"{CUSTOMER}-people-0-email": "no address"}, "valid email"),
        ({f"{CUSTOMER}-people-0-role": "king"}, "Select a valid choice"),
        ({f"{CUSTOMER}-people-0-language": "xx"}, "Select a valid choice"),
        ({f"{CUSTOMER}-people-0-position": "-1"}, "greater than or equal"),
    ],
)
def test_a_forged_post_about_people_is_refused(admin, draft, changes, sentence):
    assert sentence in refused(admin, draft, **changes)


def test_the_same_party_twice_is_refused(admin, draft):
    first = draft.parties.order_by("pk").first()
    found = refused(admin, draft, **{f"{CUSTOMER}-id": str(first.pk)})
    assert "Parties cannot be added or taken away" in found


def test_a_person_of_another_contract_is_refused(admin, draft, template, sender):
    other = builders.contract(template, sender)
    foreign = Participant.objects.filter(party__contract=other).first()
    found = refused(admin, draft, **{f"{CUSTOMER}-people-0-id": str(foreign.pk)})
    assert "not those of the contract" in found


def test_columns_of_a_party_that_the_template_decides_are_not_read(admin, draft):
    before = [(p.role, p.kind, p.rule, p.count) for p in draft.parties.order_by("pk")]
    forged = {"role": "king", "kind": "person", "rule": "any", "count": "1", "public_id": "x" * 22}
    post = posts.edit(draft, **{f"parties-0-{name}": value for name, value in forged.items()})
    assert admin.post(posts.address("edit", draft.pk), post).status_code == 302
    fresh = Contract.objects.get(pk=draft.pk)
    assert [(p.role, p.kind, p.rule, p.count) for p in fresh.parties.order_by("pk")] == before


def test_after_sending_there_is_a_table_and_posted_people_are_not_read(admin, out):
    before = kept(out)["people"]
    url = posts.address("edit", out.pk)
    page = admin.get(url).content.decode()
    assert "its parties and people stay as they are" in page
    assert "parties-TOTAL_FORMS" not in page
    forged = posts.people(out) | {f"{CUSTOMER}-people-0-email": "forged@evil.example"}
    assert admin.post(url, posts.edit(out, title="Hosting 2028", **forged)).status_code == 302
    assert kept(out)["people"] == before
    assert Contract.objects.get(pk=out.pk).title == "Hosting 2028"


def test_a_draft_revision_takes_no_people_from_a_sent_contract(admin, draft, sender):
    old = draft.latest_revision_id
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    before = kept(draft)["people"]
    url = posts.address("revisions_revert", draft.pk, old)
    assert admin.get(url).status_code == 200
    out = Contract.objects.get(pk=draft.pk)
    assert admin.post(url, posts.edit(out)).status_code == 302
    assert kept(draft)["people"] == before
