"""A signature may rest on what was shown before reading: the same session, means and version.

Each refusal stands beside the same signature accepted.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import builders, signatures, tables
from tests.announcements import announced
from wagtail_contracts import canonical, events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import StaleVersion
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import NotIdentified
from wagtail_contracts.signing.models import Identification, Signature, SigningSession
from wagtail_contracts.signing.rendering.paper import statement

pytestmark = pytest.mark.django_db
TEN = timedelta(minutes=10)


@pytest.fixture
def close(answered):
    """A confidential contract that is filled in."""
    contracts.keep_close(answered.contract, "identify", by=answered.owner)
    return answered


def at_once(stage, session):
    """Sign what is the newest version with what that session showed."""
    return signing.sign_at_once(
        session,
        signatures.digest(stage.kari),
        signatures.affirmed(stage.kari),
        by=builders.guest(stage.kari),
    )


def inside(stage):
    """A session that has passed the gate, and what it showed there."""
    session = signatures.session(stage.kari)
    by = builders.guest(stage.kari)
    asked = signing.ask_entry_code(session, by=by)
    return session, signing.enter(asked, signatures.code(asked), by=by)


def shown(stage, **changes):
    """A session and an identification in it, which differs from a good one in `changes`."""
    session = signatures.session(stage.kari)
    version = Contract.objects.get(pk=stage.contract.pk).current_version
    words = {"participant": stage.kari, "version": version, "at": timezone.now()}
    words |= {"session": session, "method": "email_code"}
    Identification.objects.create(**{**words, **changes})
    return session


def refused(stage, session, error=NotIdentified):
    with tables.unchanged(), pytest.raises(error):
        at_once(stage, session)


def test_a_signature_names_what_was_shown_before_reading(close):
    session, proof = inside(close)
    with announced(close.contract) as heard:
        given = at_once(close, session)

    assert given.identification == proof
    [(name, told)] = heard.shared
    assert (name, told["identification"]) == (events.SIGNATURE_GIVEN, proof.pk)
    [shown_before] = Event.objects.of(close.contract.trail).named(events.IDENTIFICATION_COMPLETED)
    found = (shown_before.data["identification"], shown_before.data["purpose"])
    assert found == (proof.pk, "opening")
    assert statement(given, test=False)["identified_at"] == canonical.moment(proof.at)


def test_a_code_that_was_asked_for_to_sign_is_told_as_such(close):
    signatures.sign(close.kari)
    [event] = Event.objects.of(close.contract.trail).named(events.IDENTIFICATION_COMPLETED)
    assert event.data["purpose"] == "signing"


def test_after_ten_minutes_it_is_too_old(close):
    refused(close, shown(close, at=timezone.now() - TEN))

    assert at_once(close, shown(close, at=timezone.now() - TEN + timedelta(seconds=5)))


def test_another_session_of_the_same_person_has_shown_nothing(close):
    session = shown(close)
    refused(close, signatures.session(close.kari))

    assert at_once(close, session)


def test_other_means_than_signing_asks_for_are_not_enough(close):
    refused(close, shown(close, method="totp"))

    assert at_once(close, shown(close))


def test_what_was_shown_before_another_version_does_not_count_for_it(close):
    session, _proof = inside(close)
    by, typed = builders.guest(close.kari), {**builders.ANSWERS, "remarks": "More"}
    contracts.answer(close.kari, close.version.digest, typed, by=by)
    refused(close, session)

    assert at_once(close, shown(close))


def test_a_version_that_came_meanwhile_is_not_signed_by_the_way(close):
    session, _proof = inside(close)
    by, typed = builders.guest(close.kari), {**builders.ANSWERS, "remarks": "More"}
    contracts.answer(close.kari, close.version.digest, typed, by=by)
    words = signatures.affirmed(close.kari)
    with tables.unchanged(), pytest.raises(StaleVersion):
        signing.sign_at_once(session, close.version.digest, words, by=by)


def _a_new_link(stage, session):
    signing.reissue(stage.kari, by=stage.owner)


def _leaving(stage, session):
    signing.leave(session, by=builders.guest(stage.kari))


def _time(stage, session):
    SigningSession.objects.filter(pk=session.pk).update(expires_at=timezone.now())


@pytest.mark.parametrize("end", [_a_new_link, _leaving, _time])
def test_a_session_that_is_over_signs_nothing_however_fresh_it_is(close, end):
    session = shown(close)
    end(close, session)
    refused(close, session)

    assert at_once(close, shown(close))


def test_whoever_was_replaced_signs_nothing_and_who_came_shows_who_they_are(close):
    session = shown(close)
    new = contracts.NewPerson("Åse Boss", "ase@customer.example")
    came = signing.replace_person(close.kari, new, "Kari has left.", by=close.owner)
    refused(close, session)

    close.kari = came
    refused(close, signatures.session(came))
    assert at_once(close, shown(close))


def test_the_identification_of_another_person_is_not_taken(close):
    refused(close, shown(close, participant=close.ola))

    assert at_once(close, shown(close))


def test_it_is_used_once(close):
    session, _proof = inside(close)
    at_once(close, session)
    refused(close, session)
    assert Signature.objects.count() == 1
