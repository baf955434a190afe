"""A text from right to left among words from left to right, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from playwright.sync_api import Page

from tests import builders
from tests.browser.judging import overflow
from tests.browser.visiting import shot
from tests.journeys import everybody
from tests.public import visits
from tests.unit.contracts import arabic
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.contracts.rendering import around

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
WAYS = """() => Object.fromEntries(["html", "article", ".wc-mast h1", ".wc-facts"].map(
    (where) => [where, getComputedStyle(document.querySelector(where)).direction]))"""
FIRST = """() => {
    const heading = document.querySelector(".wc-clause .wc-heading"),
        [number, words] = [heading.querySelector(".wc-number"), document.createRange()];
    words.selectNodeContents(heading.lastChild);
    return words.getBoundingClientRect().left - number.getBoundingClientRect().left;
}"""


@pytest.fixture
def out(sales: Any, sender: Any, settings: Any, tmp_path: Any) -> SimpleNamespace:
    """A contract in Arabic that is out, with a font that has its letters."""
    fonts = {"FONTS": [arabic.typeface(tmp_path)]}
    ours = settings.WAGTAIL_CONTRACTS
    settings.WAGTAIL_CONTRACTS = {**ours, "SEALING": {**ours["SEALING"], **fonts}}
    page = builders.template(sales, arabic.WORDS["title"], body=arabic.body(), fields=arabic.FIELDS)
    page.language = "ar"
    page.save_revision().publish()
    values = {"price": "5300", "start": "2027-01-15"}
    draft = builders.contract(page, sender, title=arabic.WORDS["title"], values=values)
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    return everybody(draft, sender)


@pytest.fixture
def speaks_arabic(settings: Any, tmp_path: Any) -> Iterator[None]:
    """A site that brings words of its own to say around a text."""
    place = tmp_path / "ar" / "LC_MESSAGES" / "django.mo"
    place.parent.mkdir(parents=True)
    words = Catalog("ar", domain="django")
    words.add("Contents", "المحتويات")
    with place.open("wb") as file:
        write_mo(file, words)
    settings.LOCALE_PATHS = [tmp_path]
    around.spoken.cache_clear()
    yield
    around.spoken.cache_clear()


@pytest.mark.parametrize("width", [1280, 375])
def test_neither_way_round_anything_is_wider_than_its_screen(
    out, sent, speaks_arabic, open_page, width
):
    page = open_page(width=width)
    _come_in(page, out.kari)
    ways = {"html": "ltr", "article": "rtl", ".wc-mast h1": "rtl", ".wc-facts": "ltr"}
    _looks(page, ways, f"arabic-{width}")
    page.goto(visits.page("sign", out.kari))
    assert overflow(page) == 0

    with unguarded():
        sent.kari.language = "ar"
        sent.kari.save()
    _come_in(page, sent.kari)
    _looks(
        page,
        {name: "rtl" if way == "ltr" else "ltr" for name, way in ways.items()},
        f"around-{width}",
    )
    page.goto(visits.page("my_help", sent.kari))
    assert (overflow(page), page.locator("html").get_attribute("dir")) == (0, "rtl")


def _come_in(page: Page, participant: Any) -> None:
    page.goto(visits.landing(participant))
    page.locator("button.wc-btn").click()
    page.locator(".wc-document").wait_for()


def _looks(page: Page, ways: dict[str, str], name: str) -> None:
    assert page.evaluate(WAYS) == ways
    assert (page.evaluate(FIRST) < 0) == (ways["article"] == "rtl")
    assert overflow(page) == 0
    shot(page, name, full_page=True)
