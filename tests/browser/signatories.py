"""What a signatory does in a browser, and what every page must be like meanwhile."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.delivering import deliver
from tests.public import visits
from wagtail_contracts.contracts.models import Participant

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALL = """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
  .filter((item) => item.checkVisibility({ visibilityProperty: true }))
  .filter((item) => !item.closest('.wc-skip, .wc-document p:has(> a), p:has(> a):not(.wc-row)'))
  .filter((item) => !(item.matches('a') && getComputedStyle(item).display === 'inline'))
  .map((item) => item.matches('[type=radio]') ? item.closest('label') || item.labels[0] : item)
  .map((item) => [item, item.getBoundingClientRect()])
  .filter(([item, box]) => box.width < 44 || box.height < 44)
  .map(([item, box]) => `${item.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""
BESIDES = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def come_in(page: Page, participant: Participant, query: str = "") -> None:
    """Follow the link from the mail."""
    page.goto(visits.landing(participant) + query)
    page.get_by_role("button", name="Open the contract").click()
    expect(page.locator("h1")).to_contain_text("Hosting")


def fill_in(page: Page) -> None:
    """All that is asked."""
    page.get_by_text("Office hours").click()
    page.get_by_label("Invoices to").fill("pay@customer.example")


def code() -> str:
    """The code from the mail that the worker sends now."""
    deliver()
    return visits.code()


def sound(page: Page) -> None:
    """Nothing lies beside the page, and everything can be hit with a finger."""
    assert page.evaluate(BESIDES) == 0, page.url
    if page.evaluate("true"):
        assert page.evaluate(SMALL) == [], page.url


def accessible(page: Page) -> None:
    """No rule of axe is broken, in the light and in the dark, wide and narrow."""
    for scheme, width in (("light", 1280), ("dark", 375)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 800})
        for details in page.locator("details").all():
            details.evaluate("(item) => { item.open = true; }")
        assert axe.faults(page, *RULES) == [], f"{page.url} {scheme} {width}"
