"""The sender hears of somebody else by mail, once a day for each person, and finds them waiting."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import mails
from tests.security.oidc import lies
from tests.security.oidc.configuration import PERSON
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Notification, Participant
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import IdentityDiffers
from wagtail_contracts.signing.models import Mismatch

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


def test_it_waits_no_more_once_the_contract_is_closed(kari, op, asked):
    op.twist = lies.claim(**OTHER)
    come_as_another(kari)
    assert "differ" in kinds(asked.contract.owner)
    contracts.withdraw(asked.contract, "Another one follows.", by=asked.owner)
    assert kinds(asked.contract.owner) == []
