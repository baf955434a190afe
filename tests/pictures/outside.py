"""What somebody from outside meets in the demo, from the mail to the signature."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from tests.browser.site import code
from tests.pictures.photographer import Photographer

PERSONAL = re.compile(r"http://\S+/c/\S+")
SHOP, LIBRARY = "kari@kunde.example", "per@bibliotek.example"
# Whose newest mail about which contract leads to the picture of how it stands.
STANDING = {
    "changed": (SHOP, "bookingløsning"),
    "declined": (LIBRARY, "bildearkiv"),
    "withdrawn": (SHOP, "testmiljø"),
    "expired": (SHOP, "gammel nettbutikk"),
    "signed": (SHOP, "intranett 2027"),
}
WALKED = ("landing", "contract", "decline", "review", "code", "done", "verify")


def counterparty(photographer: Photographer) -> None:
    """What Kari meets, from the mail to the signature, and the page that checks a file."""
    with photographer.visit() as page:
        come_in(photographer, page, SHOP, "nettbutikk 2027", "landing")
        photographer.take(page, "contract")
        home = page.url.partition("?")[0]
        page.goto(f"{home}decline/")
        photographer.take(page, "decline")
        page.goto(home)
        fill_in(page)
        photographer.take(page, "review")
        photographer.site.seen = {mail.name for mail in photographer.site.mails()}
        page.locator("main form button[type=submit]").last.click()
        page.locator("input[name=code]").wait_for()
        photographer.take(page, "code")
        letter = photographer.site.mail(SHOP, "kode")
        page.locator("input[name=code]").fill(code(letter))
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url("**/done/**")
        photographer.take(page, "done")
        page.goto("/verify/")
        photographer.take(page, "verify")


def fill_in(page: Page) -> None:
    """All that the customer is asked for in the demo's service agreement."""
    page.locator("input[name=a-support][value=extended]").check(force=True)
    page.locator("[name=a-contact]").fill("Kari Nordmann")
    page.locator("[name=a-invoice]").fill("faktura@kunde.example")
    page.locator("[name=a-order]").fill("PO-1042")
    page.locator("button[name=do][value=review]").first.click()
    page.wait_for_url("**/sign/**")


def standing(photographer: Photographer) -> None:
    """How a contract that went on looks from outside."""
    for name, (address, about) in STANDING.items():
        with photographer.visit() as page:
            come_in(photographer, page, address, about)
            photographer.take(page, name)


def come_in(
    photographer: Photographer, page: Page, address: str, about: str, name: str = ""
) -> None:
    """Follow the newest link that somebody was mailed about a contract, past the landing."""
    mails = [mail for mail in photographer.site.mails() if mail.recipient == address]
    letters = (mail.text for mail in mails if about in mail.text)
    page.goto([found[0] for text in letters if (found := PERSONAL.search(text))][-1])
    if name:
        photographer.take(page, name)
    page.locator("main form button").first.click()
    page.locator("h1").wait_for()
