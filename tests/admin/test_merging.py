"""Two colleagues on one draft: the second save is never lost and never overwrites."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests import builders
from tests.admin import posts
from tests.admin.conftest import kept
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.models import Contract

JSON = {"accept": "application/json"}
PRICE, AREA = 4, 10  # places in the body of the fixture
ONE, TWO = (f"00000000-0000-4000-8000-00000000000{number}" for number in (1, 2))


@pytest.fixture
def kari(sales: Any) -> Client:
    """A colleague, logged in."""
    client = Client()
    client.force_login(builders.staff("kari", sales))
    return client


def written(contract: Contract, words: str, *terms: posts.Entry, **changes: str) -> posts.Post:
    """The form as it opens now, with another price clause and terms in the open area."""
    entries = posts.entries(contract)
    if words:
        entries[PRICE] |= {"value-text": posts.draftail(f"<p>{words}</p>")}
    entries[AREA] |= posts.area({}, terms)
    return posts.edit(contract, entries, **changes)


def fresh(contract: Contract) -> Contract:
    return Contract.objects.get(pk=contract.pk)


def price(contract: Contract) -> str:
    return str(fresh(contract).body.get_prep_value()[PRICE]["value"]["text"])


def hidden(page: str) -> dict[str, str]:
    """What the page with both wordings posts, without a choice."""
    return dict(re.findall(r'<input type="hidden" name="(wc-[a-z]+)" value="([^"]*)"', page))


def choices(page: str) -> list[str]:
    return sorted(set(re.findall(r'name="(choice:[^"]+)"', page)))


def test_what_only_one_of_them_changed_is_put_together(admin, kari, draft):
    url = posts.address("edit", draft.pk)
    mine = written(draft, "It is free.", posts.term(ONE), **{"value-start": "2028-01-01"})
    theirs = written(draft, "", posts.term(TWO), title="Hosting 2028")
    assert kari.post(url, theirs).status_code == 302
    answer = admin.post(url, mine, follow=True)
    assert "Kari Nordmann saved meanwhile." in answer.content.decode()
    now = fresh(draft)
    assert (now.title, now.values["start"]) == ("Hosting 2028", "2028-01-01")
    assert "It is free." in price(draft)
    area = now.body.get_prep_value()[AREA]["value"]["blocks"]
    assert {term["id"] for term in area} == {ONE, TWO}
    told = Event.objects.of(draft.own_trail).named(events.DRAFT_MERGED).get()
    assert "title" in told.data["merged"]


def test_both_wordings_of_a_block_stand_side_by_side_and_one_is_chosen(admin, kari, draft):
    url = posts.address("edit", draft.pk)
    mine, theirs = written(draft, "Mine."), written(draft, "Theirs.", title="Hosting 2028")
    kari.post(url, theirs)
    before = kept(draft)
    page = admin.post(url, mine).content.decode()
    assert kept(draft) == before
    assert "Mine" in page
    assert "Theirs" in page
    [name] = choices(page)
    again = admin.post(url, hidden(page))
    assert "Choose one wording" in again.content.decode() or choices(again.content.decode())
    assert kept(draft) == before
    assert admin.post(url, {**hidden(page), name: "mine"}).status_code == 302
    assert "Mine." in price(draft)
    assert fresh(draft).title == "Hosting 2028"


def test_what_was_given_up_stays_in_the_history(admin, kari, draft):
    url = posts.address("edit", draft.pk)
    mine = written(draft, "Mine.")
    kari.post(url, written(draft, "Theirs."))
    page = admin.post(url, mine).content.decode()
    [name] = choices(page)
    assert admin.post(url, {**hidden(page), name: "theirs"}).status_code == 302
    assert "Theirs." in price(draft)
    history = [str(revision.content) for revision in fresh(draft).revisions]
    assert any("Mine." in content for content in history)


def test_a_choice_holds_for_the_wordings_that_were_shown(admin, kari, draft):
    url = posts.address("edit", draft.pk)
    mine = written(draft, "Mine.")
    kari.post(url, written(draft, "Theirs."))
    page = admin.post(url, mine).content.decode()
    [name] = choices(page)
    kari.post(url, written(draft, "Theirs, once more."))
    before = kept(draft)
    again = admin.post(url, {**hidden(page), name: "mine"})
    assert again.status_code == 200
    assert "once more" in again.content.decode()
    assert kept(draft) == before


def test_autosave_never_overwrites_and_says_who_saved(admin, kari, draft):
    url = posts.address("edit", draft.pk)
    mine = written(draft, "Mine.")
    kari.post(url, written(draft, "Theirs."))
    before = kept(draft)
    answer = admin.post(url, mine, headers=JSON)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "invalid_revision")
    assert "Kari Nordmann saved meanwhile." in answer.json()["error_message"]
    assert kept(draft) == before


def test_after_an_autosave_the_form_goes_on_from_there(admin, kari, draft):
    url = posts.address("edit", draft.pk)
    mine = written(draft, "Mine.")
    updates = admin.post(url, mine, headers=JSON).json()["field_updates"]
    again = {**mine, **updates, "title": "Another"}
    assert admin.post(url, again, headers=JSON).json()["success"]
    assert fresh(draft).title == "Another"


@pytest.mark.parametrize("token", ["", "x", "forged"])
def test_a_form_that_cannot_say_what_it_began_with_overwrites_nothing(admin, kari, draft, token):
    url = posts.address("edit", draft.pk)
    kari.post(url, written(draft, "Theirs."))
    before = kept(draft)
    mine = {**written(draft, "Mine."), "wc-basis": token}
    assert admin.post(url, mine, headers=JSON).status_code == 400
    assert choices(admin.post(url, mine).content.decode())
    assert kept(draft) == before


def test_a_state_that_nobody_wrote_is_not_stored(admin, kari, draft):
    url = posts.address("edit", draft.pk)
    mine = written(draft, "Mine.")
    kari.post(url, written(draft, "Theirs."))
    page = admin.post(url, mine).content.decode()
    [name] = choices(page)
    before = kept(draft)
    sent = hidden(page)
    admin.post(url, {**sent, "wc-mine": sent["wc-basis"], name: "mine"})
    assert kept(draft) == before


def test_people_are_put_together_one_by_one(admin, kari, draft):
    url = posts.address("edit", draft.pk)
    mine = posts.edit(draft, **{"parties-1-name": "Kunde AS"})
    theirs = posts.edit(draft, **{"parties-1-people-0-name": "Per Hansen"})
    kari.post(url, theirs)
    assert admin.post(url, mine).status_code == 302
    party = fresh(draft).parties.get(role="customer")
    assert (party.name, party.people.get().name) == ("Kunde AS", "Per Hansen")
    assert party.public_id == draft.parties.get(role="customer").public_id


def test_a_revert_is_such_a_save_too(admin, kari, draft):
    first = draft.latest_revision_id
    url = posts.address("edit", draft.pk)
    admin.post(url, written(draft, "Once."))
    revert = posts.address("revisions_revert", draft.pk, first)
    page = admin.get(revert).content.decode()
    basis = re.search(r'name="wc-basis" value="([^"]*)"', page)
    assert basis
    old = {**written(draft, ""), "wc-basis": basis[1]}
    kari.post(url, written(draft, "Theirs."))
    before = kept(draft)
    asked = admin.post(revert, old)
    assert "Theirs" in asked.content.decode()
    assert choices(asked.content.decode())
    assert kept(draft) == before
