"""“Shown if” is picked by label in a template's editor; nobody types a key or an expression."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import authoring as do
from tests.browser.test_admin_pages import enter
from wagtail_contracts.contracts.core import conditions
from wagtail_contracts.contracts.template_pages.models import ContractTemplate

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def editor(live_server: Any, client: Any, open_page: Any, template: Any, admin_user: Any) -> Page:
    """The editor of a template."""
    page: Page = open_page()
    enter(page, client, admin_user, live_server.url)
    page.goto(f"/admin/pages/{template.pk}/edit/")
    return page


def row(block: Locator, place: int) -> Locator:
    return block.locator(".wc-pickers__tests li").nth(place)


def pick(test: Locator, label: str, chosen: str) -> None:
    test.get_by_label(label, exact=True).select_option(label=chosen)


def settings(block: Locator) -> None:
    block.get_by_role("button", name="Settings").first.click()


def test_a_condition_is_picked_by_label_and_stored(editor: Page, template: Any) -> None:
    block = do.same(do.blocks(do.stream(editor, "body")).nth(1))
    settings(block)
    expect(block.locator(".wc-pickers__summary")).to_have_text("Always shown")
    block.get_by_role("button", name="Change").click()
    pick(row(block, 0), "Data field", "Support")
    pick(row(block, 0), "Value", "Office hours")
    block.get_by_role("button", name="Add a test").click()
    pick(row(block, 1), "Data field", "Price")
    pick(row(block, 1), "Test", "is at least")
    row(block, 1).get_by_label("Value", exact=True).fill("5 300,50")
    pick(block, "Shown if", "any of these holds")
    block.get_by_role("button", name="Done").click()
    said = "Shown if Support is Office hours or Price is at least 5 300,50"
    expect(block.locator(".wc-policy--condition")).to_have_text(said)
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name="Publish").click()
    expect(editor.get_by_text("has been published")).to_be_visible()
    stored = ContractTemplate.objects.get(pk=template.pk).body[1].value["condition"]
    assert conditions.compiled(stored) == 'support = "office" or price >= 5300.50 NOK'
