"""The ways of showing who one is, as a person goes them in a browser, with script or without."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from django.core import mail
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Browser, Locator, Page

from example_site import phones
from tests.browser.delivering import deliver
from tests.chromium import PATIENCE, STILL
from tests.security.oidc.provider import OpenIDProvider
from wagtail_contracts.contracts.models import Participant

CODE = re.compile(r"\b\d{6}\b")
CODES = ("email_code", "sms_code")
NAMES = {"bankid": "BankID", "remote": "Lab Sign"}
TIMES = {"bankid": 1, "remote": 2}  # how often one goes away


class Visit(NamedTuple):
    """Who sits at a browser, which runs scripts or does not; `site` is the address of ours."""

    page: Page
    person: Participant
    script: bool
    site: str


@pytest.fixture
def going(browser: Browser, live_server: Any, op: OpenIDProvider, settings: Any) -> Iterator[Any]:
    """Opens pages that may leave for other servers, which know where this site is."""
    ours = settings.WAGTAIL_CONTRACTS
    here = {**ours["CONTRACTS"], "PUBLIC_BASE_URL": live_server.url}
    settings.WAGTAIL_CONTRACTS = {**ours, "CONTRACTS": here}
    op.op.context.cdb["contracts"]["redirect_uris"] = [(f"{live_server.url}/c/return/bankid/", {})]
    contexts = []

    def new(**options: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url, ignore_https_errors=True, **STILL, **options
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield new
    for context in contexts:
        context.close()


def show(visit: Visit, means: str, onward: str) -> None:
    """On a page that asks who one is; `onward` is the button that ends it."""
    if means in CODES:
        press(visit.page, "Send me a code")
        type_code(visit, means)
        press(visit.page, onward)
    elif means in NAMES:
        press(visit.page, f"Go to {NAMES[means]}")
        come_back(visit, means, onward)


def affirm(visit: Visit, means: str, number: int) -> None:
    """On the page of review: agree, show who one is, and sign."""
    sign = f"Sign version {number}"
    if means == "link":
        press(visit.page, f"I agree – sign version {number}")
    elif means in CODES:
        press(visit.page, "I agree – send me a code")
        type_code(visit, means)
        press(visit.page, sign)
    elif means in NAMES:
        press(visit.page, f"I agree – sign with {NAMES[means]}")
        come_back(visit, means, sign)
    else:
        press(visit.page, sign)


def come_back(visit: Visit, means: str, onward: str) -> None:
    """Both servers send one straight back; without script a button goes on from there."""
    for button in [] if visit.script else [*["Go on"] * (TIMES[means] - 1), onward]:
        visit.page.wait_for_url("**/c/return/*/?*")
        press(visit.page, button)


def type_code(visit: Visit, means: str) -> None:
    """The code that came."""
    box = visit.page.get_by_label("Code")
    box.wait_for()
    box.fill(COME[means](visit.person))


def mailed(person: Participant) -> str:
    """The code of the newest mail to somebody that brings one."""
    deliver()
    letters = [letter.subject for letter in mail.outbox if letter.to == [person.email]]
    return [found[0] for found in map(CODE.search, letters) if found][-1]


def texted(person: Participant) -> str:
    """The same of the newest SMS."""
    deliver()
    texts = [sms.text for sms in phones.received() if sms.number == person.phone]
    return next(found[0] for found in map(CODE.search, texts) if found)


COME: dict[str, Callable[[Participant], str]] = {"email_code": mailed, "sms_code": texted}


def at_app(device: TOTPDevice) -> str:
    """What a code app shows; the next code where this one was used."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time()
    device.refresh_from_db()
    totp.drift = int(totp.t() <= device.last_t)
    return f"{totp.token():06}"


def press(page: Page, name: str) -> None:
    """The button or link that people see."""
    named(page, name).click()


def named(page: Page, name: str) -> Locator:
    """A button, or a link that looks like one."""
    found = page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name))
    return found.locator("visible=true").first
