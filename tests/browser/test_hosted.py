"""In person in a browser: the guest finds no page of the admin, whatever button is pressed."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect

from tests.browser import signatories as do
from tests.browser.authoring import enter
from tests.browser.visiting import shot
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing.models import Signature

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
LOGIN = "**/admin/login/**"


def current(device: TOTPDevice) -> str:
    """What the code app shows."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time()
    return f"{totp.token():06}"


def sees_no_admin(page: Page, addresses: list[str]) -> None:
    """Each address leads to the log-in, and nothing of the contract's admin stands there."""
    for address in addresses:
        page.goto(address)
        page.wait_for_url(LOGIN)
        expect(page.locator("input[name=password]")).to_be_visible()
        expect(page.locator("body")).not_to_contain_text("What you can do now")


def goes_back_to_no_admin(page: Page, steps: int) -> None:
    """Step by step, as far as the host had come: each asks for a log-in."""
    for _step in range(steps):
        page.go_back()
        page.wait_for_url(LOGIN)
        expect(page.locator("input[name=password]")).to_be_visible()


def test_a_guest_signs_and_the_device_shows_no_admin(
    answered: Any, live_server: Any, client: Any, open_page: Any
) -> None:
    kari = answered.kari
    with unguarded():
        Participant.objects.filter(pk=kari.pk).update(signs_by="in_person")
    device = TOTPDevice.objects.create(user=answered.sender, name="phone", confirmed=True)
    overview = reverse("wagtail_contracts_contract:inspect", args=[answered.contract.pk])
    hosting = reverse("wagtail_contracts_contract:sign_in_person", args=[answered.contract.pk])
    home, reading = (
        reverse("wagtailadmin_home"),
        reverse("wagtail_contracts:contract", args=[kari.public_id]),
    )
    page = open_page()
    enter(page, client, answered.sender, live_server.url)

    page.goto(home)
    page.goto(overview)
    page.locator(f'a[href="{hosting}?participant={kari.public_id}"]').click()
    page.get_by_role("textbox", name="Code").fill(current(device))
    page.get_by_role("button", name="Go on").click()
    shot(page, "hosting", full_page=True)
    page.get_by_role("button", name="Log me out and hand over").click()
    expect(page.locator("h1")).to_have_text("You are now Kari Nordmann, with Ola Nordmann as host")
    shot(page, "handed")
    do.sound(page)
    landing = page.url
    goes_back_to_no_admin(page, 4)  # the page of handing over, the code, the overview, the first
    sees_no_admin(page, [overview, home, hosting])
    page.goto(landing)
    page.get_by_role("button", name="I am Kari Nordmann").click()
    expect(page.locator(".wc-hosted")).to_contain_text("You are now Kari Nordmann")
    page.set_viewport_size({"width": 375, "height": 800})
    do.sound(page)
    shot(page, "guest")
    page.goto(reverse("wagtail_contracts:sign", args=[kari.public_id]))
    page.get_by_role("button", name="Sign version 2").click()
    expect(page.locator("h1")).to_have_text("You have signed")
    do.accessible(page)
    sees_no_admin(page, [overview, home])
    page.goto(reading)
    page.get_by_role("button", name="Hand the device back").click()
    expect(page.locator("h1")).to_have_text("Give the device back to Ola Nordmann")
    shot(page, "back")
    do.accessible(page)
    assert page.request.get(reading).status == 404
    gone = page.go_back()
    assert gone
    assert gone.status == 404
    page.goto(overview)
    page.locator("input[name=username]").fill("ola")
    page.locator("input[name=password]").fill("password")
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(f"**{overview}")

    assert Signature.objects.get(participant=kari).identification.host == answered.sender
    assert Contract.objects.get(pk=answered.contract.pk).state == "signing"  # Ola is left
