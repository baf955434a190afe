"""What an editor of templates does with locks, numbers and tabs, counted in actions."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from example_site import contents as made
from tests import builders
from tests.browser import authoring as do
from tests.browser.visiting import shot
from wagtail_contracts.contracts.template_pages.models import ContractTemplate

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def template(sales: Any) -> ContractTemplate:
    """Nine clauses, all editable; the second refers to the first."""
    found = [made.clause(f"Part {number}", "Words.", policy="editable") for number in range(1, 10)]
    first = found[0]["id"]
    found[1]["value"]["text"] = f"<p>As in {made.chip(f'clause.{first}')}.</p>"
    return builders.template(sales, "Nine clauses", body=[*found, builders.BODY[-1]])


@pytest.fixture
def editor(editor: Page) -> Page:
    """The editor, when it has numbered the clauses."""
    expect(editor.locator(".wc-number").first).to_be_visible()
    return editor


def numbered(page: Page, number: int) -> Locator:
    """The block of the text that has this number."""
    mark = page.locator(".wc-number", has_text=re.compile(f"^{number}$"))
    return do.blocks(do.stream(page, "body")).filter(has=mark)


def publish(page: Page) -> None:
    """By the menu below."""
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()


def test_senders_may_edit_clause_7_only_after_four_actions(editor: Page, template: Any) -> None:
    block, actions = do.same(numbered(editor, 7)), 0
    for action in (
        editor.get_by_role("button", name="Lock all", exact=True).click,
        block.get_by_role("button", name="Settings").first.click,
        lambda: block.get_by_label("In contracts").select_option(label="Editable"),
        editor.get_by_role("button", name="Save draft").click,
    ):
        action()
        actions += 1
    expect(editor.locator(".wc-locks__count")).to_have_text("9 of 10 locked")
    expect(editor.get_by_text("has been updated")).to_be_visible()

    kept = ContractTemplate.objects.get(pk=template.pk).get_latest_revision_as_object().body
    policies = [child.value["policy"] for child in kept]
    assert policies == ["locked"] * 6 + ["editable"] + ["locked"] * 3
    assert actions <= 4


def test_a_clause_that_moves_has_another_number_in_its_header_and_where_it_is_cited(
    editor: Page,
) -> None:
    first, second = (do.same(numbered(editor, number)) for number in (1, 2))
    chip = second.locator(".wc-chip").first
    expect(chip).to_have_attribute("data-shown", "→ 1")
    do.refer(first, "3 Part 3", at=1)
    expect(first.locator(".wc-chip")).to_have_attribute("data-shown", "→ 3")

    first.get_by_role("button", name="Move down").click()

    expect(first.locator(".wc-number")).to_have_text("2")
    expect(second.locator(".wc-number")).to_have_text("1")
    expect(chip).to_have_attribute("data-shown", "→ 2")
    shot(editor, "template-editor")


def test_what_is_refused_leads_to_its_tab(editor: Page) -> None:
    parties = do.stream(editor, "roles")
    do.blocks(parties).first.get_by_label("This is our own side").uncheck()
    editor.get_by_role("tab", name="Text").click()

    publish(editor)

    expect(editor.get_by_role("tab", name="Parties")).to_have_attribute("aria-selected", "true")
    expect(editor.get_by_text("Say of exactly one party that it is our own side.")).to_be_visible()
