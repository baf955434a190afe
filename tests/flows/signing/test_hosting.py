"""In person: the host vouches, the link works once, and what it opens is the guest's alone."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from tests import builders, signatures, tables
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import NotAllowed, WrongState
from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.core import shown
from wagtail_contracts.signing.errors import ExpiredLink, NotIdentified, NotInPerson
from wagtail_contracts.signing.flows import means
from wagtail_contracts.signing.models import Signature


def in_person(stage: SimpleNamespace) -> SimpleNamespace:
    """Kari signs in person."""
    with unguarded():
        Participant.objects.filter(pk=stage.kari.pk).update(signs_by="in_person")
    stage.kari.refresh_from_db()
    return stage


@pytest.fixture
def hosted(answered: SimpleNamespace) -> SimpleNamespace:
    """A contract that Kari signs in person; it is her turn."""
    return in_person(answered)


def handed(stage: SimpleNamespace) -> Any:
    """Ola hands the device over, and Kari takes it: the session."""
    secret = signing.hand_over(stage.kari, stage.sender, by=stage.owner)
    return signing.admit(secret, by=builders.guest(stage.kari))[0]


def sign(stage: SimpleNamespace, session: Any) -> Signature:
    """Kari signs what is there."""
    affirmed = signatures.affirmed(stage.kari)
    by = builders.guest(stage.kari)
    return signing.sign_at_once(session, signatures.digest(stage.kari), affirmed, by=by)


def test_the_host_stands_in_the_evidence_of_the_signature(hosted):
    session = handed(hosted)
    given = sign(hosted, session)

    proof = given.identification
    assert (proof.method, proof.host, proof.session) == ("in_person", hosted.sender, session)
    found = shown.read(proof.evidence)
    assert found
    assert (found.kind, found.host) == (shown.HOST, "Ola Nordmann")
    assert given.level == "simple"
    trail = Event.objects.of(hosted.contract.trail)
    [event] = trail.named(events.DEVICE_HANDED)
    assert event.actor_key == str(hosted.sender.pk)
    assert event.data["participant"] == hosted.kari.public_id
    assert trail.named(events.IDENTIFICATION_COMPLETED).last().actor_key == str(hosted.sender.pk)


def test_only_who_may_send_hands_over_and_only_for_whom_it_is_the_turn_to_sign_in_person(hosted):
    reader = builders.staff("per", hosted.contract.workspace, ("view",))
    refusals = [
        (NotAllowed, hosted.kari, reader),
        (NotInPerson, hosted.ola, hosted.sender),
    ]
    for refusal, person, user in refusals:
        with tables.unchanged(), pytest.raises(refusal):
            signing.hand_over(person, user, by=builders.actor(user))
    assert handed(hosted)
    contracts.withdraw(hosted.contract, "Why", by=hosted.owner)
    with tables.unchanged(), pytest.raises(WrongState):
        signing.hand_over(hosted.kari, hosted.sender, by=hosted.owner)


def test_the_link_of_a_handing_over_works_once(hosted):
    secret = signing.hand_over(hosted.kari, hosted.sender, by=hosted.owner)
    session, _cookie = signing.admit(secret, by=builders.guest(hosted.kari))
    assert session.expires_at - session.begun_at == timedelta(hours=2)
    counted = tables.unchanged(but=("wagtail_contracts_signing_ratewindow",))
    with counted, pytest.raises(ExpiredLink):
        signing.admit(secret, by=builders.guest(hosted.kari))


def test_without_a_host_a_person_who_signs_in_person_signs_nothing(hosted):
    session = signatures.session(hosted.kari)
    with tables.unchanged(), pytest.raises(NotIdentified):
        sign(hosted, session)
    assert sign(hosted, handed(hosted))


def test_the_word_of_a_host_lasts_ten_minutes(hosted, monkeypatch):
    session = handed(hosted)
    fresh = means.FRESH
    assert fresh == timedelta(minutes=10)
    monkeypatch.setattr(means, "FRESH", timedelta(seconds=-1))
    with tables.unchanged(), pytest.raises(NotIdentified):
        sign(hosted, session)
    monkeypatch.undo()
    assert sign(hosted, session)


def test_a_device_that_was_handed_back_signs_nothing(hosted):
    session = handed(hosted)
    signing.hand_back(session, by=builders.guest(hosted.kari))
    with tables.unchanged(), pytest.raises(NotIdentified):
        sign(hosted, session)
    [event] = Event.objects.of(hosted.contract.trail).named(events.DEVICE_RETURNED)
    assert event.data["host"] == str(hosted.sender.pk)
