"""A personal link that is copied: shown once, recorded for all, told beside the signature."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders, signatures, tables
from wagtail_contracts import events
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import NotAllowed, WrongState
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import TooMany
from wagtail_contracts.signing.flows import copying
from wagtail_contracts.signing.rendering import paper

LINK = re.compile(r"http://127\.0\.0\.1:8000/c/([A-Za-z0-9_-]{43})/")


def page(stage):
    client = Client()
    client.force_login(stage.sender)
    return client, reverse("wagtail_contracts_contract:copy_link", args=[stage.contract.pk])


def copied(stage):
    trail = Event.objects.of(stage.contract.trail).named(events.INVITATION_COPIED)
    return [(event.data, event.actor_key) for event in trail]


def test_a_link_is_shown_once_kept_nowhere_and_recorded_for_all(answered):
    client, url = page(answered)
    with tables.unchanged():
        assert client.get(url).status_code == 200
    shown = client.post(url, {"participant": answered.kari.public_id})

    (secret,) = set(LINK.findall(shown.content.decode()))
    assert signing.invited(secret) == answered.kari
    assert "no-store" in shown["Cache-Control"]
    assert copied(answered) == [({"participant": answered.kari.public_id}, str(answered.sender.pk))]
    assert secret not in tables.texts()
    assert not LINK.search(client.get(url).content.decode())


def test_it_is_told_beside_the_signature_of_whose_link_it_was_and_of_nobody_else(answered):
    assert not signing.is_copied(answered.kari)
    signing.copy_link(answered.kari, by=answered.owner)
    signatures.sign_all(answered)

    assert (signing.is_copied(answered.kari), signing.is_copied(answered.ola)) == (True, False)
    trail = audit.excerpt(answered.contract.trail)
    assert paper.copied(trail) == {answered.kari.public_id}
    assert paper.copied({**trail, "records": []}) == set()


def test_a_link_is_copied_only_by_who_may_send_while_it_is_out_and_for_the_other_side(answered):
    reader = builders.actor(builders.staff("per", answered.contract.workspace, ("view",)))
    refusals = [
        (NotAllowed, answered.kari, reader),
        (WrongState, answered.ola, answered.owner),  # signs in the admin
    ]
    for refusal, person, by in refusals:
        counted = tables.unchanged(but=("wagtail_contracts_signing_ratewindow",))
        with counted, pytest.raises(refusal):
            signing.copy_link(person, by=by)
    signing.copy_link(answered.kari, by=answered.owner)
    contracts.withdraw(answered.contract, "Why", by=answered.owner)
    with pytest.raises(WrongState):
        signing.copy_link(answered.kari, by=answered.owner)


def test_links_are_copied_ten_times_an_hour_at_most(answered, monkeypatch):
    monkeypatch.setattr(copying, "COPIES_AN_HOUR", 2)
    for _ in range(2):
        signing.copy_link(answered.kari, by=answered.owner)
    with pytest.raises(TooMany):
        signing.copy_link(answered.kari, by=answered.owner)
    assert len(copied(answered)) == 2
    client, url = page(answered)
    assert (
        "too often" in client.post(url, {"participant": answered.kari.public_id}).content.decode()
    )


def test_a_foreign_person_has_no_link_here(answered):
    client, url = page(answered)
    with tables.unchanged():
        for other in ("x" * 22, answered.ola.public_id, ""):
            assert not LINK.search(client.post(url, {"participant": other}).content.decode())
