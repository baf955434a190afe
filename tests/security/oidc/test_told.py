"""The sender hears of somebody else by mail, once a day for each person, and finds them waiting."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import mails, tables
from tests.security.oidc import lies
from tests.security.oidc.configuration import PERSON
from tests.security.oidc.visitor import Visitor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Notification, Package, PackageItem, Participant
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import IdentityDiffers, MismatchKept
from wagtail_contracts.signing.models import Invitation, Mismatch

pytestmark = pytest.mark.django_db
OTHER = {"name": "Kari Nordmann Hansen", "sub": "kari"}


def come_as_another(visitor):
    with pytest.raises(IdentityDiffers):
        visitor.sign_in()
    return Mismatch.objects.latest("pk")


def kinds(owner):
    """What needs the owner; the filter of the list finds as much."""
    waits = contracts.waits(owner)
    assert contracts.needing(owner).count() == len(waits)
    return [wait.kind for wait in waits]


def test_the_sender_gets_one_mail_a_day_that_says_no_name_or_number(kari, op):
    owner = kari.person.party.contract.owner
    with unguarded():
        Participant.objects.filter(pk=kari.person.pk).update(national_id=PERSON["nnin"])
    op.twist = lies.claim(name="Liv Berg", nnin="01018510002")
    mails.forget()
    come_as_another(kari)
    come_as_another(kari)

    [letter] = [one for one in mails.sent() if owner.email in one.to]
    assert letter.subject.endswith(
        f"Somebody else than {kari.person.name} showed who they are for "
        f"{kari.person.party.contract.title}"
    )
    whole = letter.subject + letter.body + letter.alternatives[0][0]
    assert [word for word in ("Liv", "01018510002", PERSON["nnin"]) if word in whole] == []

    Mismatch.objects.update(at=timezone.now() - timedelta(days=1))
    come_as_another(kari)
    mails.sent()
    assert Notification.objects.filter(kind="differed", user=owner).count() == 2


def test_it_waits_for_the_owner_until_whoever_was_invited_comes(kari, op):
    owner = kari.person.party.contract.owner
    assert "differ" not in kinds(owner)
    op.twist = lies.claim(**OTHER)
    came = come_as_another(kari)
    [wait] = contracts.waits(owner)
    assert (wait.kind, wait.since) == ("differ", came.at)

    op.twist = None
    assert kari.sign_in()
    assert "differ" not in kinds(owner)


def test_it_waits_no_more_once_a_name_is_accepted(kari, op, asked):
    op.twist = lies.claim(**OTHER)
    came = come_as_another(kari)
    assert "differ" in kinds(asked.contract.owner)
    signing.accept_name(came, by=asked.owner)
    assert "differ" not in kinds(asked.contract.owner)


@pytest.fixture
def by_number(kari, op):
    """Somebody came with another number than the one expected, which nobody can accept."""
    with unguarded():
        Participant.objects.filter(pk=kari.person.pk).update(national_id=PERSON["nnin"])
    kari.person.refresh_from_db()
    op.twist = lies.claim(**OTHER, nnin="01018510002")
    came = come_as_another(kari)
    assert came.about == "national_id"
    op.twist = None
    return came


def waits(asked):
    """Whether it does, for the owner and on the overview alike."""
    listed = bool(signing.mismatches(asked.contract))
    assert listed == ("differ" in kinds(asked.contract.owner))
    return listed


def closed(kari, asked):
    contracts.withdraw(asked.contract, "Another one follows.", by=asked.owner)


def replaced(kari, asked):
    other = contracts.NewPerson("Per Ek", "per@customer.example")
    contracts.replace_person(kari.person, other, "They have left.", by=asked.owner)


def ended(kari, asked):
    signing.reissue(kari.person, by=asked.owner)


def came(kari, asked):
    assert kari.sign_in()


@pytest.mark.parametrize("deed", [closed, replaced, ended, came])
def test_a_number_that_differs_waits_until_it_is_dealt_with(kari, asked, by_number, deed):
    with tables.unchanged(), pytest.raises(MismatchKept):
        signing.accept_name(by_number, by=asked.owner)
    assert waits(asked)
    deed(kari, asked)
    assert not waits(asked)
    assert Mismatch.objects.get().accepted_at is None


def test_whoever_comes_with_another_number_by_the_new_link_waits_again(kari, op, asked, by_number):
    ended(kari, asked)
    op.twist = lies.claim(**OTHER, nnin="01018510002")
    come_as_another(Visitor(kari.person))
    assert waits(asked)


def test_ending_the_links_of_a_package_deals_with_each_of_its_contracts(kari, asked, by_number):
    package = Package.objects.create(sent_at=timezone.now())
    PackageItem.objects.create(package=package, participant=kari.person)
    sent = Invitation.objects.create(
        participant=asked.ola,
        package=package,
        secret_hash=b"p" * 32,
        issued_at=by_number.at,
        expires_at=timezone.now() + timedelta(days=1),
    )
    assert waits(asked)
    Invitation.objects.filter(pk=sent.pk).update(revoked_at=timezone.now())
    assert not waits(asked)
