"""Our own side signs in the admin: with a device, or with a code by mail."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests import builders, signatures, tables
from tests.admin import posts
from tests.admin.test_stepup import code
from tests.public import visits
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.models import Challenge, Signature

# That a signatory was shown the text, and typed a wrong code, happened: it is recorded.
COUNTS = ("signing_ratewindow", "audit_event", "audit_trail", "audit_disclosure", "_listing")


@pytest.fixture
def ready(answered: SimpleNamespace) -> SimpleNamespace:
    """All is filled in; both may sign."""
    return answered


@pytest.fixture
def device(sender: Any) -> TOTPDevice:
    """The sender's code app."""
    return TOTPDevice.objects.create(user=sender, name="phone", confirmed=True)


def said(stage: SimpleNamespace, app: TOTPDevice | None = None, **changes: str) -> Any:
    made = {"digest": stage.version.digest, "name": "Ola Nordmann"}
    if app:
        made |= {"device": app.persistent_id, "code": code(app)}
    return {**made, **changes}


def test_the_page_shows_what_is_signed(admin, ready):
    page = admin.get(posts.address("sign", ready.contract.pk)).content.decode()
    assert ready.version.digest in page
    assert "the service runs" in page
    assert "I have read version 2 of “Hosting 2027”" in page
    assert "for Eksempel AS" in page


def test_a_device_signs_at_once(admin, ready, device):
    answer = admin.post(posts.address("sign", ready.contract.pk), said(ready, device))
    assert answer.url == posts.address("inspect", ready.contract.pk)
    given = Signature.objects.get()
    assert (given.participant, given.identification.method) == (ready.ola, "totp")
    assert given.digest == ready.version.digest
    assert given.consent.startswith("I have read version 2 of “Hosting 2027”")
    seen = Event.objects.of(ready.contract.trail).named(events.CONTRACT_VIEWED).last()
    assert seen.actor_key == ready.ola.public_id


def test_without_a_device_a_code_is_mailed(admin, ready):
    url = posts.address("sign_code", ready.contract.pk)
    answer = admin.post(posts.address("sign", ready.contract.pk), said(ready))
    assert answer.url == url
    assert not Signature.objects.exists()
    typed = signing.make_code(Challenge.objects.get(), by=SYSTEM)
    assert admin.get(url).status_code == 200
    wrong = admin.post(url, {"code": signatures.another(typed)})
    assert "4 tries are left" in wrong.content.decode()
    assert not Signature.objects.exists()
    assert admin.post(url, {"code": f" {typed[:3]} {typed[3:]} "}).status_code == 302
    given = Signature.objects.get()
    assert (given.participant, given.identification.method) == (ready.ola, "email_code")


def test_the_last_signature_concludes_the_contract(admin, ready, device):
    signatures.sign(ready.kari)
    admin.post(posts.address("sign", ready.contract.pk), said(ready, device))
    assert Contract.objects.get(pk=ready.contract.pk).state == "signed"


@pytest.mark.parametrize(
    "changes", [{"code": "000000"}, {"code": ""}, {"name": ""}, {"device": "x"}]
)
def test_a_forged_post_signs_nothing(admin, ready, device, changes):
    with tables.unchanged(but=COUNTS):
        page = admin.post(posts.address("sign", ready.contract.pk), said(ready, device, **changes))
    assert page.status_code == 200
    assert not Signature.objects.exists()


def test_a_text_that_changed_meanwhile_is_not_signed(admin, ready, device):
    stale = said(ready, device)
    contract = Contract.objects.get(pk=ready.contract.pk)
    contract.title = "Hosting 2028"
    contract.save()
    contracts.revise(contract, builders.shown(contract), "A better name", by=ready.owner)
    answer = admin.post(posts.address("sign", contract.pk), stale)
    assert answer.url == posts.address("sign", contract.pk)
    assert "Nothing is signed" in admin.get(answer.url).content.decode()
    assert not Signature.objects.exists()


def test_nobody_signs_before_all_is_filled_in(admin, sent, device):
    page = admin.post(posts.address("sign", sent.contract.pk), said(sent, device))
    assert page.status_code == 200
    assert "is not filled in" in page.content.decode()
    assert not Signature.objects.exists()


def test_nobody_signs_twice(admin, ready, device):
    signatures.sign(ready.ola)
    page = admin.get(posts.address("sign", ready.contract.pk)).content.decode()
    assert "You have signed this version." in page
    assert (
        admin.post(posts.address("sign", ready.contract.pk), said(ready, device)).status_code == 200
    )
    assert Signature.objects.count() == 1


def test_another_member_of_staff_does_not_sign_for_one(client, ready, sales, device):
    per = builders.staff("per", sales)
    client.force_login(per)
    for name in ("sign", "sign_code"):
        with tables.unchanged():
            assert client.get(posts.address(name, ready.contract.pk)).status_code == 302
            answer = client.post(posts.address(name, ready.contract.pk), said(ready, device))
            assert answer.status_code == 302
    assert not Signature.objects.exists()


def test_a_code_page_without_a_beginning_leads_back(admin, ready):
    answer = admin.get(posts.address("sign_code", ready.contract.pk))
    assert answer.url == posts.address("sign", ready.contract.pk)


def test_the_overview_says_whose_turn_it_is(admin, client, ready, sales):
    page = admin.get(posts.address("inspect", ready.contract.pk)).content.decode()
    assert "It is your turn to sign for us." in page
    assert posts.address("sign", ready.contract.pk) in page
    signatures.sign(ready.ola)
    page = admin.get(posts.address("inspect", ready.contract.pk)).content.decode()
    assert "Waiting for Kari Nordmann." in page
    assert "Remind Kari Nordmann…" in page


def test_a_site_with_a_transaction_around_each_request_signs_and_counts_all_the_same(
    admin, answered, monkeypatch
):
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    pages = {name: posts.address(name, answered.contract.pk) for name in ("sign", "sign_code")}
    form = {"digest": answered.version.digest, "name": "Ola Nordmann"}
    assert admin.post(pages["sign"], form).status_code == 302
    mailed = visits.code()

    assert admin.post(pages["sign_code"], {"code": signatures.another(mailed)}).status_code == 200
    assert Challenge.objects.get().attempts == 1
    assert admin.post(pages["sign_code"], {"code": mailed}).status_code == 302
    assert Signature.objects.filter(participant=answered.ola).exists()


def test_where_a_device_is_asked_for_no_code_by_mail_signs(admin, ready, sender):
    signatures.asked_for(ready.ola, signs_by="totp")
    page = admin.get(posts.address("sign", ready.contract.pk)).content.decode()
    assert "have none yet" in page
    with tables.unchanged(but=COUNTS):
        admin.post(posts.address("sign", ready.contract.pk), said(ready))
    assert not Challenge.objects.exists()

    app = TOTPDevice.objects.create(user=sender, name="phone", confirmed=True)
    admin.post(posts.address("sign", ready.contract.pk), said(ready, app))
    assert Signature.objects.get().identification.method == "totp"


def test_where_a_code_by_mail_is_asked_for_no_device_signs(admin, ready, device):
    signatures.asked_for(ready.ola, signs_by="email_code")
    answer = admin.post(posts.address("sign", ready.contract.pk), said(ready, device))
    assert answer.url == posts.address("sign_code", ready.contract.pk)
    assert not Signature.objects.exists()


def test_other_means_lead_our_own_side_to_the_page_of_the_contract(admin, ready):
    signatures.asked_for(ready.ola, signs_by="link")
    page = admin.get(posts.address("sign", ready.contract.pk)).content.decode()
    assert "on the contract’s own page: Personal link" in page

    answer = admin.post(f"/mine/{ready.ola.public_id}/")
    assert answer["Location"] == visits.page("contract", ready.ola)
    admin.post(visits.page("sign", ready.ola), {**visits.shown(ready.ola), "name": "Ola Nordmann"})
    assert Signature.objects.get().identification.method == "link"


def test_the_overview_says_by_what_somebody_shows_who_they_are(admin, ready):
    said = "Shows who they are: opens with a code by SMS, signs in person"
    assert said not in admin.get(posts.address("inspect", ready.contract.pk)).content.decode()

    signatures.asked_for(ready.kari, opens_by="sms_code", signs_by="in_person")
    assert said in admin.get(posts.address("inspect", ready.contract.pk)).content.decode()
