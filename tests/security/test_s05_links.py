"""S-05: links expire, are revoked and issued anew; what a link opens follows the state."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import mails, signatures
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import ExpiredLink, UnknownLink
from wagtail_contracts.signing.models import Invitation, SigningSession

pytestmark = pytest.mark.django_db
AGES = {
    "new": timedelta(0),
    "a day before its end": timedelta(days=29),
    "over": timedelta(days=30),
    "long over": timedelta(days=300),
}


def expire(stage):
    with unguarded():
        Contract.objects.update(deadline="2026-01-01")
    contracts.expire(stage.contract, by=SYSTEM)


STATES = {
    "negotiating": lambda stage: contracts.reopen(stage.contract, "Why", by=stage.owner),
    "signing": lambda stage: None,
    "signed": signatures.sign_all,
    "declined": lambda stage: signatures.decline(stage.kari),
    "withdrawn": lambda stage: contracts.withdraw(stage.contract, "Why", by=stage.owner),
    "expired": expire,
}


def aged(secret, age):
    """Let the link be that old."""
    was = Invitation.objects.order_by("pk").last()
    Invitation.objects.filter(pk=was.pk).update(
        issued_at=was.issued_at - age, expires_at=was.expires_at - age
    )
    return secret


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("age", AGES)
def test_a_link_lives_thirty_days_whatever_becomes_of_the_contract(answered, state, age):
    STATES[state](answered)
    assert Contract.objects.get().state == state
    secret = aged(signing.invite(answered.kari, by=SYSTEM), AGES[age])

    if "over" in age:
        with pytest.raises(ExpiredLink):
            signing.admit(secret, by=SYSTEM)
    else:
        session, cookie = signing.admit(secret, by=SYSTEM)
        assert session.participant == answered.kari
        assert signing.session_of(cookie) == session


@pytest.mark.parametrize("state", STATES)
def test_a_link_issued_anew_kills_the_old_one_in_every_state_and_one_mail_follows(answered, state):
    secret = signing.invite(answered.kari, by=SYSTEM)
    _session, cookie = signing.admit(secret, by=SYSTEM)
    STATES[state](answered)
    mails.forget()

    signing.reissue(answered.kari, by=answered.owner)

    with pytest.raises(UnknownLink):
        signing.invited(secret)
    assert signing.session_of(cookie) is None
    (letter,) = mails.sent()
    assert letter.to == ["kari@customer.example"]
    (link,) = mails.links(letter)
    assert signing.invited(link.split("/c/")[1].strip("/")) == answered.kari


@pytest.mark.parametrize("state", STATES)
def test_an_expired_link_asks_for_a_new_one_in_every_state(answered, state):
    STATES[state](answered)
    secret = aged(signing.invite(answered.kari, by=SYSTEM), AGES["over"])
    mails.forget()

    signing.ask_link(secret, by=SYSTEM)

    (letter,) = mails.sent()
    assert letter.to == ["kari@customer.example"]
    assert len(mails.links(letter)) == 1


def test_a_revoked_link_asks_for_nothing_however_old(answered):
    secret = aged(signing.invite(answered.kari, by=SYSTEM), AGES["over"])
    signing.reissue(answered.kari, by=answered.owner)
    mails.forget()

    with pytest.raises(UnknownLink):
        signing.ask_link(secret, by=SYSTEM)
    assert mails.sent() == []


def test_the_days_of_a_link_are_a_setting(answered, settings):
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "SIGNING": {"LINK_DAYS": 3}}
    signing.invite(answered.kari, by=SYSTEM)

    left = Invitation.objects.get().expires_at - timezone.now()
    assert timedelta(days=2.9) < left <= timedelta(days=3)


def test_links_of_others_live_on(answered):
    ours = signing.invite(answered.ola, by=SYSTEM)
    signing.invite(answered.kari, by=SYSTEM)
    signing.reissue(answered.kari, by=answered.owner)

    assert signing.invited(ours) == answered.ola


def test_a_session_that_began_while_its_link_was_revoked_opens_nothing(answered):
    """The exchange holds no lock: where it comes too late, the link's end still counts."""
    secret = signing.invite(answered.kari, by=SYSTEM)
    _session, cookie = signing.admit(secret, by=SYSTEM)
    Invitation.objects.update(revoked_at=timezone.now())

    assert SigningSession.objects.get().ended_at is None
    assert signing.session_of(cookie) is None


def test_a_contract_for_each_state_was_tried():
    """Nobody has a link to a contract that was not sent yet."""
    every = {state for state, _label in Contract._meta.get_field("state").choices}
    assert set(STATES) == every - {"draft", "in_approval", "approved"}
