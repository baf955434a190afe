"""S-43: somebody else than the one invited is refused and kept; the sender may accept a name."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders, tables
from tests.security.oidc import lies
from tests.security.oidc.configuration import PERSON
from tests.security.oidc.visitor import Visitor
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import NotAllowed, WrongState
from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import IdentityDiffers, MismatchKept, SignInRefused
from wagtail_contracts.signing.models import Identification, Mismatch

pytestmark = pytest.mark.django_db
OTHER = {"name": "Kari Nordmann Hansen", "sub": "kari"}


def expect(person, number):
    """A national identity number of whoever is invited."""
    with unguarded():
        Participant.objects.filter(pk=person.pk).update(national_id=number)
    person.refresh_from_db()


def differs(kari, about):
    """Come back as somebody else."""
    with pytest.raises(IdentityDiffers):
        kari.sign_in()
    assert not Identification.objects.exists()
    return Mismatch.objects.filter(about=about).get()


def test_another_name_is_refused_kept_and_recorded_without_names(kari, op):
    op.twist = lies.claim(**OTHER)
    kept = differs(kari, "name")

    assert (kept.name, kept.method) == (OTHER["name"], "bankid")
    told = Event.objects.filter(name="identification.differed").get()
    assert told.data["about"] == "name"
    assert told.data["mismatch"] == kept.pk
    assert OTHER["name"] not in told.record
    assert OTHER["name"] not in repr(tables.rows(Mismatch._meta.db_table))

    op.twist = None
    assert kari.sign_in()


def test_the_number_that_was_given_decides(kari, op):
    expect(kari.person, PERSON["nnin"])
    op.twist = lies.claim(nnin="01018510002")
    differs(kari, "national_id")

    op.twist = lies.claim(**OTHER)
    assert kari.sign_in()


def test_the_sender_accepts_a_name_and_the_same_person_may_come_again(kari, op, asked):
    op.twist = lies.claim(**OTHER)
    kept = differs(kari, "name")
    signing.accept_name(kept, by=asked.owner)

    assert kari.sign_in()
    accepted = Event.objects.filter(name="identification.accepted").get()
    assert accepted.data["mismatch"] == kept.pk
    assert (accepted.actor_kind, accepted.actor_key) == ("user", asked.owner.key)


@pytest.mark.parametrize("change", [{"sub": "another"}, {"name": "Kari Berg"}])
def test_what_was_accepted_is_one_person_under_one_name(kari, op, asked, change):
    op.twist = lies.claim(**OTHER)
    signing.accept_name(differs(kari, "name"), by=asked.owner)
    op.twist = lies.claim(**{**OTHER, **change})
    with pytest.raises(IdentityDiffers):
        kari.sign_in()

    op.twist = lies.claim(**OTHER)
    assert kari.sign_in()


def test_what_was_accepted_for_one_participant_is_not_for_another(kari, op, asked, bankid):
    op.twist = lies.claim(**OTHER)
    signing.accept_name(differs(kari, "name"), by=asked.owner)
    with unguarded():
        Participant.objects.filter(pk=asked.ola.pk).update(signs_by="bankid")
    asked.ola.refresh_from_db()
    with pytest.raises(IdentityDiffers):
        Visitor(asked.ola).sign_in()

    assert kari.sign_in()


def test_nobody_accepts_a_number_or_a_name_twice(kari, op, asked):
    expect(kari.person, "01018510002")
    number = differs(kari, "national_id")
    with tables.unchanged(), pytest.raises(MismatchKept):
        signing.accept_name(number, by=asked.owner)

    expect(kari.person, "")
    op.twist = lies.claim(**OTHER)
    name = differs(kari, "name")
    signing.accept_name(name, by=asked.owner)
    with tables.unchanged(), pytest.raises(MismatchKept):
        signing.accept_name(name, by=asked.owner)


def test_nobody_is_accepted_who_has_no_name(kari, op, asked):
    op.twist = lies.claim(name=None)
    nameless = differs(kari, "name")
    with tables.unchanged(), pytest.raises(MismatchKept):
        signing.accept_name(nameless, by=asked.owner)


def test_nobody_is_accepted_once_the_contract_is_over(kari, op, asked):
    op.twist = lies.claim(**OTHER)
    kept = differs(kari, "name")
    contracts.withdraw(asked.contract, "It is over.", by=asked.owner)
    with tables.unchanged(), pytest.raises(WrongState):
        signing.accept_name(kept, by=asked.owner)


def test_the_sender_sees_two_names_and_accepts_on_the_overview(kari, op, asked):
    op.twist = lies.claim(**OTHER, nnin="01018510002")
    kept = differs(kari, "name")
    admin = Client()
    admin.force_login(asked.sender)
    overview = reverse("wagtail_contracts_contract:inspect", args=[asked.contract.pk])
    page = admin.get(overview).content.decode()
    assert f"Signed in as {OTHER['name']}, invited was Kari Nordmann" in page
    assert "01018510002" not in page

    accept = reverse("wagtail_contracts_contract:accept_name", args=[asked.contract.pk])
    assert "Accept the name" in admin.get(f"{accept}?mismatch={kept.pk}").content.decode()
    assert admin.post(accept, {"mismatch": kept.pk}).status_code == 302
    assert "Signed in as" not in admin.get(overview).content.decode()
    assert kari.sign_in()


def test_the_overview_says_by_which_means_somebody_tried(kari, op, asked):
    op.twist = lies.claim(nonce="another")
    with pytest.raises(SignInRefused):
        kari.sign_in()
    admin = Client()
    admin.force_login(asked.sender)
    overview = reverse("wagtail_contracts_contract:inspect", args=[asked.contract.pk])
    page = admin.get(overview).content.decode()

    assert "Kari Nordmann began to show who they are with BankID" in page
    assert "Kari Nordmann was not identified with BankID" in page
    assert "a code" not in page.partition("began to show")[2]


def test_whoever_may_not_send_sees_it_and_accepts_nothing(kari, op, asked, sales):
    op.twist = lies.claim(**OTHER)
    kept = differs(kari, "name")
    reader = Client()
    nils = builders.staff("nils", sales, ("view",))
    reader.force_login(nils)
    accept = reverse("wagtail_contracts_contract:accept_name", args=[asked.contract.pk])
    with tables.unchanged():
        assert reader.post(accept, {"mismatch": kept.pk}).status_code in (302, 403)

    with tables.unchanged(), pytest.raises(NotAllowed):
        signing.accept_name(kept, by=builders.actor(nils))
    signing.accept_name(kept, by=asked.owner)


def test_each_is_listed_once(kari, op, asked):
    op.twist = lies.claim(**OTHER)
    for _time in range(2):
        with pytest.raises(IdentityDiffers):
            kari.sign_in()

    [listed] = signing.mismatches(asked.contract)
    assert listed == Mismatch.objects.latest("pk")
