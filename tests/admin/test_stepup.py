"""A code before what cannot be undone, where there is a device: asked for, never acted upon."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests import builders, tables
from tests.admin import posts
from wagtail_contracts.contracts.admin import stepup
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.sealing import flows as sealing

CONFIRM = "wagtail_contracts_confirm"
THROTTLE = "otp_totp_totpdevice"


@pytest.fixture
def device(sender: Any) -> TOTPDevice:
    """The sender's code app."""
    return TOTPDevice.objects.create(user=sender, name="phone", confirmed=True)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print nothing."""
    monkeypatch.setattr(sealing, "render", lambda bundle: b"")


def code(device: TOTPDevice) -> str:
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time()
    return f"{totp.token():06}"


def give(client: Any, device: TOTPDevice, next: str = "", **changes: str) -> Any:
    said = {"device": device.persistent_id, "code": code(device), **changes}
    return client.post(f"{reverse(CONFIRM)}?next={next}", said)


def post(contract: Contract) -> dict[str, str]:
    shown = {"digest": builders.shown(contract), "recipients": builders.recipients(contract)}
    return {**shown, "into": "signing", "deadline": "2030-01-01"}


def test_the_whole_way(admin, draft, device):
    url = posts.address("send", draft.pk)
    with tables.unchanged():
        for asked in (admin.get(url), admin.post(url, post(draft))):
            assert asked.url == f"{reverse(CONFIRM)}?next={url.replace('/', '%2F')}"
    assert "Confirm that it is you" in admin.get(asked.url).content.decode()
    assert give(admin, device, url).url == url
    assert Contract.objects.get(pk=draft.pk).state == "draft"  # the post was dropped
    assert admin.get(url).status_code == 200
    admin.post(url, post(draft))
    assert Contract.objects.get(pk=draft.pk).state == "signing"


@pytest.mark.parametrize("name", ["send", "revise", "withdraw"])
def test_it_is_asked_for_before_sending_and_withdrawing(admin, out, device, name):
    assert "contract-confirmation" in admin.get(posts.address(name, out.pk)).url


@pytest.mark.parametrize("name", ["open_signing", "reopen", "extend", "remind"])
def test_it_is_not_asked_for_before_the_rest(admin, out, device, name):
    assert admin.get(posts.address(name, out.pk)).status_code == 200


def test_without_a_device_nobody_is_asked(admin, draft):
    assert admin.get(posts.address("send", draft.pk)).status_code == 200


def test_a_device_that_is_not_set_up_does_not_count(admin, draft, device):
    TOTPDevice.objects.update(confirmed=False)
    assert admin.get(posts.address("send", draft.pk)).status_code == 200


def test_a_wrong_code_is_throttled(admin, draft, device):
    url = posts.address("send", draft.pk)
    assert give(admin, device, url, code="000000").status_code == 200
    assert give(admin, device, url).status_code == 200  # right, but too soon
    assert "contract-confirmation" in admin.get(url).url


def test_a_code_works_once(admin, draft, device):
    right = code(device)
    assert give(admin, device, code=right).status_code == 302
    assert give(admin, device, code=right).status_code == 200


def test_another_s_device_is_no_choice(admin, draft, device, sales):
    other = builders.staff("per", sales)
    foreign = TOTPDevice.objects.create(user=other, name="x", confirmed=True)
    assert give(admin, foreign).status_code == 200
    assert "contract-confirmation" in admin.get(posts.address("send", draft.pk)).url


def test_it_runs_out_after_a_quarter_of_an_hour(admin, draft, device):
    url = posts.address("send", draft.pk)
    give(admin, device, url)
    assert admin.get(url).status_code == 200
    session = admin.session
    session[stepup.STAMP]["at"] -= stepup.SECONDS + 1
    session.save()
    with tables.unchanged():
        assert "contract-confirmation" in admin.post(url, post(draft)).url


def test_the_stamp_of_somebody_else_does_not_count(admin, draft, device):
    session = admin.session
    session[stepup.STAMP] = {"user": "999", "at": time.time()}
    session.save()
    assert "contract-confirmation" in admin.get(posts.address("send", draft.pk)).url


def test_being_verified_at_login_is_not_enough(admin, draft, device):
    session = admin.session
    session["otp_device_id"] = device.persistent_id
    session.save()
    assert "contract-confirmation" in admin.get(posts.address("send", draft.pk)).url


def test_the_session_gets_a_new_key(admin, device):
    before = admin.cookies["sessionid"].value
    give(admin, device)
    assert admin.cookies["sessionid"].value != before


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""]
)
def test_it_leads_to_no_other_site(admin, device, target):
    assert give(admin, device, target).url == reverse("wagtailadmin_home")


def test_readers_are_turned_away_before_they_are_asked(client, draft, sales):
    reader = builders.staff("reader", sales, ("view",))
    TOTPDevice.objects.create(user=reader, name="phone", confirmed=True)
    client.force_login(reader)
    assert client.get(posts.address("send", draft.pk)).url == reverse("wagtailadmin_home")
