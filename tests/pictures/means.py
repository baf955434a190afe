"""Showing who one is and signing in other ways, and a consumer who withdraws."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from tests.browser.site import code, link, until
from tests.pictures import outside
from tests.pictures.photographer import Photographer

GUEST = {
    "name": "Kari Nordmann",
    "email": outside.SHOP,
    "capacity": "daglig leder",
    "reason": "Signs at our office, beside a witness.",
}
WITNESS = {"name": "Vera Vitne", "about": "Nabogata 2, Prøvebyen"}
LONGER = 3_500  # milliseconds: who is faster is asked again
CONSUMER, NEWCOMER = "anne@privat.example", "tora@post.example"
AT = {
    "sign-elsewhere": ".wc-declare",
    "review-consumer": "h2:has-text('Det du bør vite')",
    "signed-in-person": ".wc-sheet",
}
WALKED = (
    "sign-elsewhere",
    "not-you",
    "signed-by-certificate",
    "sign-in-person",
    "handed-over",
    "witness",
    "signed-in-person",
    "review-consumer",
    "signed-consumer",
    "retract",
    "retracted",
    "self-service-sent",
    "self-service-begin",
)


def elsewhere(photographer: Photographer) -> None:
    """Kari is sent to a provider, where she says that she is Per; and signs by a certificate."""
    with photographer.visit() as page:
        outside.come_in(photographer, page, outside.SHOP, "kundeportal")
        review(page)
        photographer.take(page, "sign-elsewhere")
        press(page)
        page.get_by_role("button", name="Per Prøve").click()
        page.get_by_text("Dette var ikke deg").first.wait_for()
        photographer.take(page, "not-you")
    with photographer.visit() as page:
        outside.come_in(photographer, page, outside.SHOP, "arkivportal")
        review(page)
        press(page)
        page.get_by_role("button", name="Kari Nordmann", exact=True).click()
        page.get_by_role("button", name=re.compile(r"\w+ \w+ Kari Nordmann")).click()
        page.wait_for_url("**/done/**")
        photographer.take(page, "signed-by-certificate")


def in_person(photographer: Photographer) -> None:
    """Ola hands his device over; Kari signs on it, and a witness confirms."""
    with photographer.visit("ola") as page:
        page.goto("/admin/contracts/")
        page.get_by_role("link", name="Drift av kassesystem").first.click()
        page.get_by_role("link", name=re.compile(r"Replace\s*: Kari")).click()
        confirm(photographer, page)
        page.locator("summary", has_text="How they sign").click()
        for name, words in GUEST.items():
            page.locator(f"main [name={name}]").fill(words)
        page.locator("main [name=witnesses]").select_option("1")
        page.get_by_role("button", name="Replace the person").click()
        page.get_by_role("link", name=re.compile(r"Sign in person\s*: Kari")).click()
        photographer.take(page, "sign-in-person")
        page.get_by_role("button", name="Log me out and hand over").click()
        page.locator("main form button").wait_for()
        photographer.take(page, "handed-over")
        page.locator("main form button").first.click()
        review(page)
        press(page)
        page.wait_for_url("**/witness/**")
        photographer.take(page, "witness")
        for name, words in WITNESS.items():
            page.locator(f"main [name={name}]").fill(words)
        press(page)
        page.wait_for_url("**/done/**")
        photographer.take(page, "signed-in-person")


def consumer(photographer: Photographer) -> None:
    """What a consumer is told before signing, and how they withdraw afterwards."""
    with photographer.visit() as page, photographer.visit("ola") as ola:
        outside.come_in(photographer, page, CONSUMER, "Nettside for Anne")
        home = page.url.partition("?")[0]
        page.locator("[name=a-domain]").fill("anne.example")
        review(page)
        photographer.take(page, "review-consumer")
        photographer.site.seen = {mail.name for mail in photographer.site.mails()}
        press(page)
        page.locator("input[name=code]").fill(code(photographer.site.mail(CONSUMER, "kode")))
        press(page)
        page.wait_for_url("**/done/**")
        countersign(photographer, ola, "Nettside for Anne")
        until(lambda: may_retract(page, home), "the sealed copy", 180)
        photographer.take(page, "signed-consumer")
        page.goto(f"{home}retract/")
        photographer.take(page, "retract")
        press(page)
        page.get_by_text("Kvittering").first.wait_for()
        photographer.take(page, "retracted")


def anybody(photographer: Photographer) -> None:
    """Somebody confirms a mailbox to begin by themselves."""
    with photographer.visit() as page:
        page.goto("/s/kurs/")
        page.locator("main [name=name]:visible").fill("Tora Test")
        page.locator("main [name=email]:visible").fill(NEWCOMER)
        page.wait_for_timeout(LONGER)
        page.locator("main [name=email]:visible").press("Enter")
        page.locator("main form").wait_for(state="detached")
        photographer.take(page, "self-service-sent")
        page.goto(link(photographer.site.mail(NEWCOMER, "")))
        photographer.take(page, "self-service-begin")


def countersign(photographer: Photographer, page: Page, title: str) -> None:
    """Sign a contract for our side, with a code."""
    page.goto("/admin/contracts/")
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("link", name="Sign for us").first.click()
    page.locator("main [name=code]").fill(photographer.site.one_time_code())
    page.get_by_role("button", name=re.compile("sign version")).click()
    page.wait_for_url("**/inspect/**")


def may_retract(page: Page, home: str) -> bool:
    """Whether the contract is sealed, and its page leads to withdrawing from it."""
    page.goto(home)
    return page.locator("a[href$='retract/']").count() > 0


def confirm(photographer: Photographer, page: Page) -> None:
    """Give a fresh code for what can't be undone."""
    page.locator("main input[name=code]").fill(photographer.site.one_time_code())
    page.get_by_role("button", name="Go on").click()
    page.locator("main input[name=code]").wait_for(state="detached")


def review(page: Page) -> None:
    """From the contract to what will be signed."""
    page.locator("button[name=do][value=review]:visible").first.click()
    page.wait_for_url("**/sign/**")


def press(page: Page) -> None:
    """The one act of the page."""
    page.locator("main form .wc-btn:not(.wc-btn--second)").last.click()
