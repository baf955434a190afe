"""What a sender does with a contract that is out; each act has its page and its consequence."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from tests import builders, tables
from tests.admin import posts
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.models import Invitation

LATER = str(timezone.now().date() + timedelta(days=90))


def state(contract: Contract) -> str:
    return Contract.objects.get(pk=contract.pk).state


def last(contract: Contract) -> Event:
    found = Event.objects.of(contract.trail).last()
    assert found
    return found


def mails(kind: str) -> int:
    return Message.objects.filter(topic=events.MAIL_DUE, keys__kind=kind).count()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("open_signing", "can sign the current version"),
        ("withdraw", "cannot be undone"),
        ("extend", "e-mail with the new date"),
        ("remind", "fresh link"),
        ("reissue", "stop working"),
    ],
)
def test_the_page_says_what_follows_and_does_nothing(admin, in_review, name, words):
    with tables.unchanged():
        page = admin.get(posts.address(name, in_review.contract.pk))
    assert words in page.content.decode()


def test_signing_is_opened_and_taken_back(admin, in_review):
    contract = in_review.contract
    answer = admin.post(posts.address("open_signing", contract.pk))
    assert answer.url == posts.address("inspect", contract.pk)
    assert state(contract) == "signing"
    with tables.unchanged():
        assert admin.post(posts.address("reopen", contract.pk), {"reason": " "}).status_code == 200
    admin.post(posts.address("reopen", contract.pk), {"reason": "One more look"})
    assert state(contract) == "negotiating"
    assert last(contract).disclosures["reason"] == "One more look"


def test_withdrawing_needs_a_reason_and_ends_it(admin, out):
    with tables.unchanged():
        assert admin.post(posts.address("withdraw", out.pk), {"reason": ""}).status_code == 200
    admin.post(posts.address("withdraw", out.pk), {"reason": "We changed our mind"})
    assert state(out) == "withdrawn"
    [told] = Message.objects.filter(topic=events.MAIL_DUE, keys__kind="withdrawn")
    assert told.keys["participant"] == Participant.objects.get(name="Kari Nordmann").pk
    with tables.unchanged():
        page = admin.post(posts.address("withdraw", out.pk), {"reason": "Again"})
    assert "not in the state for this" in page.content.decode()


def test_a_deadline_only_moves_on(admin, out):
    for day in ("2020-01-01", str(out.deadline), "soon", ""):
        with tables.unchanged():
            page = admin.post(posts.address("extend", out.pk), {"deadline": day})
        assert page.status_code == 200
    admin.post(posts.address("extend", out.pk), {"deadline": LATER})
    assert str(Contract.objects.get(pk=out.pk).deadline) == LATER


def test_an_expired_contract_goes_on(admin, out, monkeypatch):
    after = timezone.now() + timedelta(days=60)
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: after)
        contracts.expire(out, by=SYSTEM)
    assert state(out) == "expired"
    admin.post(posts.address("extend", out.pk), {"deadline": LATER})
    assert state(out) == "signing"


def test_somebody_is_reminded(admin, sent: SimpleNamespace):
    url = posts.address("remind", sent.contract.pk)
    page = admin.get(f"{url}?participant={sent.kari.public_id}")
    assert page.context["form"]["participant"].value() == sent.kari.public_id
    admin.post(url, {"participant": sent.kari.public_id})
    assert last(sent.contract).data["participant"] == sent.kari.public_id
    assert mails("reminder") == 1


def test_a_new_link_ends_the_old_ones(admin, sent: SimpleNamespace):
    signing.invite(sent.kari, by=SYSTEM)
    admin.post(posts.address("reissue", sent.contract.pk), {"participant": sent.kari.public_id})
    assert not Invitation.objects.filter(participant=sent.kari, revoked_at=None).exists()
    assert mails("new_link") == 1


@pytest.mark.parametrize("name", ["remind", "reissue"])
def test_only_people_of_this_contract_are_written_to(admin, sent, template, sender, name):
    other = builders.contract(template, sender)
    foreign = Participant.objects.filter(party__contract=other).first()
    for said in (foreign.public_id, str(sent.kari.pk), "x", ""):
        with tables.unchanged():
            page = admin.post(posts.address(name, sent.contract.pk), {"participant": said})
        assert page.status_code == 200


def test_acts_of_a_draft_are_not_possible(admin, draft):
    posted = {"reason": "x", "deadline": LATER, "participant": "x"}
    for name in ("open_signing", "reopen", "withdraw", "extend"):
        with tables.unchanged():
            page = admin.post(posts.address(name, draft.pk), posted)
        assert page.status_code == 200, name
        assert (
            "not in the state for this" in admin.get(posts.address(name, draft.pk)).content.decode()
        )


def test_the_menu_offers_what_the_state_allows(admin, in_review):
    shown = admin.get(posts.address("inspect", in_review.contract.pk)).content.decode()
    assert posts.address("open_signing", in_review.contract.pk) in shown
    assert posts.address("withdraw", in_review.contract.pk) in shown
    assert posts.address("reopen", in_review.contract.pk) not in shown


def test_a_reader_is_offered_nothing(client, sent, sales):
    client.force_login(builders.staff("reader", sales, ("view",)))
    shown = client.get(posts.address("inspect", sent.contract.pk)).content.decode()
    for name in ("edit", "withdraw", "remind", "reissue", "extend", "reopen"):
        assert posts.address(name, sent.contract.pk) not in shown
