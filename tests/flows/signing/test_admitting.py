"""Links and the sessions that they are exchanged for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import builders, journeys, signatures, tables
from tests.announcements import announced
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts.errors import NotAllowed, WrongState
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.core import tokens
from wagtail_contracts.signing.errors import ExpiredLink, TooMany, UnknownLink
from wagtail_contracts.signing.models import Invitation, SigningSession

WRONG = ["", "x", "A" * 43, "é" * 43, "A" * 42 + "\n"]


def expire(secret):
    found = Invitation.objects.filter(secret_hash=tokens.fingerprint(secret))
    assert found.update(expires_at=timezone.now()) == 1


def test_a_link_has_256_bits_and_only_its_hash_is_kept(sent):
    with announced(sent.contract) as heard:
        secret = signing.invite(sent.kari, by=SYSTEM)

    invitation = Invitation.objects.get()
    assert tokens.TOKEN.fullmatch(secret)
    assert bytes(invitation.secret_hash) == tokens.fingerprint(secret)
    assert (invitation.expires_at - invitation.issued_at).days == 30
    data = {"participant": sent.kari.public_id, "invitation": invitation.pk}
    assert heard.shared == [(events.INVITATION_ISSUED, data)]
    assert (heard.own, heard.mails) == ([], [])


@pytest.mark.parametrize("wrong", WRONG)
def test_an_unknown_link_is_refused_everywhere(sent, wrong):
    secret = signing.invite(sent.kari, by=SYSTEM)
    for verb in (
        lambda: signing.invited(wrong),
        lambda: signing.admit(wrong, by=SYSTEM),
        lambda: signing.ask_link(wrong, by=SYSTEM),
    ):
        with tables.unchanged(), pytest.raises(UnknownLink):
            verb()

    assert signing.invited(secret) == sent.kari


def test_an_expired_link_admits_nobody_and_says_so(sent):
    secret = signing.invite(sent.kari, by=SYSTEM)
    assert signing.admit(secret, by=SYSTEM)

    expire(secret)
    with tables.unchanged():
        with pytest.raises(ExpiredLink):
            signing.invited(secret)
        with pytest.raises(ExpiredLink):
            signing.admit(secret, by=SYSTEM)


def test_a_session_lasts_twelve_hours_and_is_found_by_its_cookie(sent):
    session, cookie = signing.admit(signing.invite(sent.kari, by=SYSTEM), by=SYSTEM)

    assert signing.session_of(cookie) == session
    assert session.expires_at - session.begun_at == timedelta(hours=12)
    assert bytes(SigningSession.objects.get().secret_hash) == tokens.fingerprint(cookie)
    SigningSession.objects.update(expires_at=timezone.now())
    assert signing.session_of(cookie) is None


@pytest.mark.parametrize("wrong", WRONG)
def test_a_cookie_of_nobody_has_no_session(sent, wrong):
    signatures.session(sent.kari)

    assert signing.session_of(wrong) is None


def test_the_cookie_that_a_browser_had_ends_when_it_gets_a_new_one(sent):
    secret = signing.invite(sent.kari, by=SYSTEM)
    _old, first = signing.admit(secret, by=SYSTEM)
    _other, elsewhere = signing.admit(secret, by=SYSTEM)
    new, second = signing.admit(secret, by=SYSTEM, replaces=first)

    assert signing.session_of(first) is None
    assert signing.session_of(second) == new
    assert signing.session_of(elsewhere)


def test_a_session_gets_another_secret_and_the_old_one_opens_nothing(sent):
    session, cookie = signing.admit(signing.invite(sent.kari, by=SYSTEM), by=SYSTEM)
    new = signing.renew(session, by=SYSTEM)

    assert signing.session_of(cookie) is None
    assert signing.session_of(new) == session


def test_a_session_that_ended_gets_no_other_secret(sent):
    session, _cookie = signing.admit(signing.invite(sent.kari, by=SYSTEM), by=SYSTEM)
    signing.leave(session, by=SYSTEM)

    assert signing.session_of(signing.renew(session, by=SYSTEM)) is None


def test_leaving_ends_one_session(sent):
    secret = signing.invite(sent.kari, by=SYSTEM)
    session, cookie = signing.admit(secret, by=SYSTEM)
    _other, elsewhere = signing.admit(secret, by=SYSTEM)
    signing.leave(session, by=SYSTEM)

    assert signing.session_of(cookie) is None
    assert signing.session_of(elsewhere)


def test_an_earlier_link_stays_valid_beside_a_new_one(sent):
    earlier = signing.invite(sent.kari, by=SYSTEM)
    signing.invite(sent.kari, by=SYSTEM)

    assert signing.invited(earlier) == sent.kari


def test_a_link_issued_anew_ends_all_earlier_ones_and_their_sessions(sent):
    secrets = [signing.invite(sent.kari, by=SYSTEM) for _ in range(2)]
    _session, cookie = signing.admit(secrets[0], by=SYSTEM)
    theirs = signing.invite(sent.ola, by=SYSTEM)

    with announced(sent.contract) as heard:
        signing.reissue(sent.kari, by=sent.owner)

    for secret in secrets:
        with pytest.raises(UnknownLink):
            signing.admit(secret, by=SYSTEM)
    assert signing.session_of(cookie) is None
    assert signing.invited(theirs) == sent.ola
    assert heard.shared == [(events.INVITATION_REVOKED, {"participant": sent.kari.public_id})]
    assert heard.mails == [("new_link", "kari")]


def test_a_link_is_issued_anew_only_by_who_may_send(sent, sales):
    reader = builders.staff("nils", sales, ("view",))

    with tables.unchanged(), pytest.raises(NotAllowed):
        signing.reissue(sent.kari, by=builders.actor(reader))
    signing.reissue(sent.kari, by=sent.owner)


def test_nobody_is_invited_anew_to_a_draft(draft, sender):
    stage = journeys.stage(draft, sender)

    with tables.unchanged(), pytest.raises(WrongState):
        signing.reissue(stage.kari, by=builders.actor(sender))


def test_an_expired_link_asks_for_a_new_one_three_times_an_hour(sent):
    secret = signing.invite(sent.kari, by=SYSTEM)
    with tables.unchanged():
        signing.ask_link(secret, by=SYSTEM)  # it works still: there is nothing to do
    expire(secret)

    with announced(sent.contract) as heard:
        for _ in range(3):
            signing.ask_link(secret, by=SYSTEM)
        for _ in range(17):
            with pytest.raises(TooMany):
                signing.ask_link(secret, by=SYSTEM)
    assert heard.mails == [("new_link", "kari")] * 3


def test_another_expired_link_of_the_same_person_opens_no_new_count(sent):
    for _ in range(3):
        secret = signing.invite(sent.kari, by=SYSTEM)
        expire(secret)
        signing.ask_link(secret, by=SYSTEM)

    other = signing.invite(sent.kari, by=SYSTEM)
    expire(other)
    with pytest.raises(TooMany):
        signing.ask_link(other, by=SYSTEM)


def test_the_participant_acts_under_a_name_that_is_no_personal_data(sent):
    actor = signing.actor_of(sent.kari, "192.0.2.7")

    assert (actor.kind, actor.key) == ("participant", sent.kari.public_id)
    assert (actor.label, actor.address) == ("Kari Nordmann", "192.0.2.7")
