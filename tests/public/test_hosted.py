"""In person, through the doors: from the overview to the guest, and back to a log-in."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests import signatures, tables
from tests.admin.test_factors import at
from tests.admin.test_stepup import CONFIRM, code, give
from tests.flows.signing.test_hosting import in_person
from tests.public import visits
from tests.public.visits import page
from wagtail_contracts.contracts.admin.stepup import OWN
from wagtail_contracts.signing.flows import means
from wagtail_contracts.signing.models import Signature, SigningSession


@pytest.fixture
def hosted(answered: SimpleNamespace) -> SimpleNamespace:
    """A contract that Kari signs in person; it is her turn."""
    return in_person(answered)


def host(stage: SimpleNamespace) -> tuple[Client, TOTPDevice, str]:
    """Ola's browser, his code app, and where he hands the device over."""
    client = Client()
    client.force_login(stage.sender)
    device = TOTPDevice.objects.create(user=stage.sender, name="phone", confirmed=True)
    return (
        client,
        device,
        reverse("wagtail_contracts_contract:sign_in_person", args=[stage.contract.pk]),
    )


def handed(stage: SimpleNamespace) -> tuple[Client, TOTPDevice]:
    """The same browser in the hands of Kari, who has said that it is her."""
    client, device, url = host(stage)
    give(client, device, url)
    answer = client.post(url, {"participant": stage.kari.public_id})
    assert client.post(answer["Location"]).status_code == 303
    return client, device


def sees_no_admin(client: Client) -> bool:
    """Whether every page of the admin asks for a log-in."""
    names = ("wagtailadmin_home", "wagtailadmin_explore_root", "wagtail_contracts_contract:list")
    answers = [client.get(reverse(name)) for name in names]
    login = reverse("wagtailadmin_login")
    return all(
        answer.status_code == 302 and answer["Location"].startswith(login) for answer in answers
    )


def test_the_whole_way(hosted):
    client, device, url = host(hosted)
    overview = reverse("wagtail_contracts_contract:inspect", args=[hosted.contract.pk])
    beside = f'href="{url}?participant={hosted.kari.public_id}"'
    assert beside in client.get(overview).content.decode()
    with tables.unchanged():
        assert client.get(url)["Location"] == at(CONFIRM, onwards=url)
    give(client, device, url)
    assert "Kari Nordmann" in client.get(url).content.decode()
    answer = client.post(url, {"participant": hosted.kari.public_id})

    assert answer["Clear-Site-Data"] == '"cache"'
    assert sees_no_admin(client)
    landing = answer["Location"]
    shown = client.get(landing).content.decode()
    assert "You are now Kari Nordmann, with Ola Nordmann as host" in shown
    assert client.post(landing)["Location"] == page("contract", hosted.kari)
    words = client.get(page("sign", hosted.kari)).content.decode()
    assert "You showed who you are in person" in words
    assert "Hand the device back" in words
    form = {**visits.shown(hosted.kari), **visits.NAME, "do": "sign"}
    assert client.post(page("sign", hosted.kari), form)["Location"] == page("done", hosted.kari)
    after = client.get(page("done", hosted.kari)).content.decode()
    assert "Give the device back to Ola Nordmann" in after
    assert "You can close this page" not in after
    assert Signature.objects.get().identification.host == hosted.sender
    assert sees_no_admin(client)

    returned = client.post(page("back", hosted.kari))
    assert "Give the device back to Ola Nordmann" in returned.content.decode()
    assert client.get(page("contract", hosted.kari)).status_code == 404
    assert f'href="{overview}"' in returned.content.decode()
    assert client.get(overview)["Location"] == f"{reverse('wagtailadmin_login')}?next={overview}"


def test_whoever_has_no_device_for_codes_is_led_to_set_one_up(hosted):
    client = Client()
    client.force_login(hosted.sender)
    url = reverse("wagtail_contracts_contract:sign_in_person", args=[hosted.contract.pk])
    for ask in (client.get, lambda url: client.post(url, {"participant": hosted.kari.public_id})):
        with tables.unchanged():
            assert ask(url)["Location"] == at(OWN, onwards=url)


def test_links_that_the_host_had_opened_end_with_the_log_in(hosted):
    client, device, url = host(hosted)
    visits.enter(hosted.ola, client)
    give(client, device, url)
    client.post(url, {"participant": hosted.kari.public_id})

    assert client.get(page("contract", hosted.ola)).status_code == 404
    assert SigningSession.objects.get(participant=hosted.ola).ended_at


def test_a_guest_reaches_nothing_but_this_persons_pages(hosted):
    client, _device = handed(hosted)
    assert client.get(page("contract", hosted.kari)).status_code == 200
    assert client.get(page("contract", hosted.ola)).status_code == 404
    assert client.get(reverse("wagtail_contracts:mine")).status_code in (302, 404)
    assert sees_no_admin(client)


def test_the_host_vouches_again_on_the_page_by_an_own_code(hosted, monkeypatch):
    client, device = handed(hosted)
    TOTPDevice.objects.update(last_t=-1)
    fresh = means.FRESH
    monkeypatch.setattr(means, "FRESH", -fresh)
    words = client.get(page("sign", hosted.kari)).content.decode()
    assert "Code of Ola Nordmann" in words
    monkeypatch.setattr(means, "FRESH", fresh)
    SigningSession.objects.filter(participant=hosted.kari)
    form = {**visits.shown(hosted.kari), **visits.NAME}
    wrong = client.post(
        page("sign", hosted.kari), {**form, "code": signatures.another(code(device))}
    )
    assert wrong.status_code == 422
    assert not Signature.objects.exists()
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    right = client.post(page("sign", hosted.kari), {**form, "code": code(device)})
    assert right["Location"] == page("done", hosted.kari)
    assert sees_no_admin(client)


def test_a_log_in_ends_what_a_guest_left_open(hosted: Any):
    client, _device = handed(hosted)
    assert client.get(page("contract", hosted.kari)).status_code == 200
    client.post(reverse("wagtailadmin_login"), {"username": "ola", "password": "password"})
    assert client.get(page("contract", hosted.kari)).status_code == 404
