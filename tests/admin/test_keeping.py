"""Links by hand, favourites and what was opened last."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests import builders, tables
from tests.admin import posts
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.errors import LinkRefused, NameRefused, NotAllowed, WrongState
from wagtail_contracts.contracts.flows import remembering, sorting
from wagtail_contracts.contracts.models import Contract, ContractTag, Favourite, Opened, Tag


@pytest.fixture
def frame(template: Any, sender: Any) -> Contract:
    """Another contract that the sender sees."""
    return builders.contract(template, sender, title="Frame")


@pytest.fixture
def foreign(db: None) -> Contract:
    """One that the sender does not see."""
    legal = builders.workspace("legal")
    return builders.contract(builders.template(legal, "Other"), builders.staff("per", legal))


def told(contract: Contract) -> list[str]:
    found = Event.objects.of(contract.own_trail)
    return [event.name for event in found.named(events.CONTRACT_LINKED, events.CONTRACT_UNLINKED)]


def test_a_link_by_hand_is_seen_from_both_sides_until_it_is_ended(admin, sender, draft, frame):
    url = posts.address("link", draft.pk)
    assert admin.post(url, {"kind": "under", "first": frame.pk}).status_code == 302
    [(what, other)] = permissions.linked(sender, draft)
    assert (str(what), other) == ("Under frame agreement", frame)
    [(what, other)] = permissions.linked(sender, frame)
    assert (str(what), other) == ("Frame agreement of", draft)
    shown = admin.get(url).content.decode()
    assert "End the link to" in shown
    [(link, _what, _other)] = admin.get(url).context["links"]
    assert admin.post(url, {"end": str(link.pk)}).status_code == 302
    assert permissions.linked(sender, draft) == permissions.linked(sender, frame) == []
    assert admin.post(url, {"kind": "under", "first": frame.pk}).status_code == 302
    assert len(permissions.linked(sender, draft)) == 1
    names = [events.CONTRACT_LINKED, events.CONTRACT_UNLINKED, events.CONTRACT_LINKED]
    assert told(draft) == told(frame) == names


@pytest.mark.parametrize(
    "post", [{"kind": "duplicate_of"}, {"kind": "under", "first": "0"}, {"kind": ""}, {}]
)
def test_a_link_that_there_can_not_be_is_refused(admin, draft, frame, post):
    url = posts.address("link", draft.pk)
    with tables.unchanged():
        assert admin.post(url, {"first": str(frame.pk), **post}).status_code == 200
    assert admin.post(url, {"kind": "renews", "first": frame.pk}).status_code == 302


def test_a_contract_that_one_does_not_see_is_neither_linked_nor_unlinked(
    admin, sender, draft, foreign
):
    url = posts.address("link", draft.pk)
    with tables.unchanged():
        shown = admin.post(url, {"kind": "under", "first": foreign.pk}).content.decode()
        assert foreign.number not in shown
        with pytest.raises(NotAllowed):
            contracts.link(draft, foreign, "under", by=builders.actor(sender))
    superuser = builders.staff("root")
    superuser.is_superuser = True
    superuser.save()
    link = contracts.link(draft, foreign, "under", by=builders.actor(superuser))
    assert foreign.number not in admin.get(url).content.decode()
    with tables.unchanged():
        assert admin.post(url, {"end": str(link.pk)}).status_code == 404


def test_the_flow_links_no_contract_twice_nor_to_itself(draft, frame, sender):
    by = builders.actor(sender)
    contracts.link(draft, frame, "amends", by=by)
    for first, kind in ((frame, "amends"), (draft, "renews"), (frame, "duplicate_of")):
        with tables.unchanged(), pytest.raises(LinkRefused):
            contracts.link(draft, first, kind, by=by)


def test_a_favourite_is_kept_for_oneself_and_let_go(admin, draft, foreign, sender):
    url = posts.address("star", draft.pk)
    with tables.unchanged():
        assert admin.get(url).status_code == 405
        assert admin.post(posts.address("star", foreign.pk)).status_code == 404
    assert admin.post(url).status_code == 302
    assert [row.contract for row in Favourite.objects.filter(user=sender)] == [draft]
    found = admin.get(posts.address("list"), {"favourite": "yes"})
    assert list(found.context["object_list"]) == [draft]
    assert (
        "Remove from my favourites"
        in admin.get(posts.address("inspect", draft.pk)).content.decode()
    )
    admin.post(url)
    assert not Favourite.objects.exists()


def test_what_was_opened_last_is_kept_to_a_number(admin, draft, frame, foreign, monkeypatch):
    monkeypatch.setattr(remembering, "MOST_OPENED", 1)
    with tables.unchanged():
        assert admin.get(posts.address("opened", draft.pk)).status_code == 405
        assert admin.post(posts.address("opened", foreign.pk)).status_code == 404
    for contract in (draft, frame, frame):
        assert admin.post(posts.address("opened", contract.pk)).status_code == 204
        assert [row.contract for row in Opened.objects.all()] == [contract]


@pytest.mark.parametrize("verb", ["tag", "untag", "put_into", "archive", "unarchive"])
def test_the_flows_ask_for_the_right_to_edit(draft, sales, verb):
    reader = builders.actor(builders.staff("reader", sales, ("view",)))
    words = {"tag": [["Urgent"]], "untag": [["Urgent"]], "put_into": ["Big"]}.get(verb, [])
    with tables.unchanged(), pytest.raises(NotAllowed):
        getattr(contracts, verb)(draft, *words, by=reader)
    getattr(contracts, verb)(draft, *words, by=builders.actor(draft.owner))


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "a, b"])
def test_a_name_that_can_not_be_is_refused(draft, sender, name):
    with tables.unchanged(), pytest.raises(NameRefused):
        contracts.tag(draft, [name], by=builders.actor(sender))
    contracts.tag(draft, ["x" * 60], by=builders.actor(sender))


def test_a_tag_is_one_whatever_its_letters_case_and_there_are_only_so_many(
    draft, frame, sender, monkeypatch
):
    by = builders.actor(sender)
    contracts.tag(draft, ["Årlig", "årlig"], by=by)
    contracts.tag(frame, ["åRLIG"], by=by)
    assert [tag.name.lower() for tag in Tag.objects.all()] == ["årlig"]
    assert ContractTag.objects.count() == 2
    monkeypatch.setattr(sorting, "MOST_TAGS", 2)
    with tables.unchanged(), pytest.raises(NameRefused):
        contracts.tag(draft, ["B", "C"], by=by)
    contracts.tag(draft, ["B"], by=by)


def test_what_somebody_waits_for_is_not_archived(draft, sender):
    by = builders.actor(sender)
    contracts.send(draft, builders.shown(draft), into="signing", by=by)
    with tables.unchanged(), pytest.raises(WrongState):
        contracts.archive(draft, by=by)
    contracts.withdraw(draft, "No.", by=by)
    contracts.archive(draft, by=by)
    with tables.unchanged():
        contracts.archive(draft, by=by)


def test_the_menu_offers_only_what_one_may(admin, draft, sales):
    reader = Client()
    reader.force_login(builders.staff("reader", sales, ("view",)))
    url = posts.address("inspect", draft.pk)
    theirs, ours = reader.get(url).content.decode(), admin.get(url).content.decode()
    acts = (posts.address("link", draft.pk), "contract/tag/?id=", "contract/archive/?id=")
    for act in acts:
        assert act in ours
        assert act not in theirs
    assert "Add to my favourites" in theirs
