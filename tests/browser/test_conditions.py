"""“Shown if” is picked by label in a template's editor; nobody types a key or an expression."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import authoring as do
from wagtail_contracts.contracts.core import conditions, formulas
from wagtail_contracts.contracts.template_pages.models import ContractTemplate

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def row(block: Locator, place: int) -> Locator:
    return block.locator(".wc-pickers__tests li").nth(place)


def pick(test: Locator, label: str, chosen: str) -> None:
    test.get_by_label(label, exact=True).select_option(label=chosen)


def open_settings(block: Locator) -> None:
    block.get_by_role("button", name="Settings").first.click()


def test_a_condition_is_picked_by_label_and_stored(editor: Page, template: Any) -> None:
    block = do.same(do.blocks(do.stream(editor, "body")).nth(1))
    open_settings(block)
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


def test_an_option_gets_another_text_and_is_suggested_without_a_key_being_typed(
    editor: Page, template: Any
) -> None:
    fields = do.stream(editor, "fields")
    support = do.same(do.blocks(fields).filter(has_text="Support").first)
    first = do.same(do.blocks(support).first)
    do.rewrite(first, "Weekdays")
    suggested = support.get_by_label("Suggested option")
    suggested.focus()
    suggested.select_option(label="Weekdays")
    open_settings(first)
    expect(first.get_by_label("Key")).to_have_value("office")
    expect(first.get_by_label("Key")).not_to_be_editable()
    open_settings(first)
    copy = do.same(do.add(support))
    do.write(copy, "By night")
    suggested.focus()
    suggested.select_option(label="By night")
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name="Publish").click()
    expect(editor.get_by_text("has been published")).to_be_visible()
    entries = ContractTemplate.objects.get(pk=template.pk).fields
    [value] = [child.value for child in entries if child.value["key"] == "support"]
    keys = [option["key"] for option in value["options"]]
    assert (keys[0], keys[-1], value["default"]) == ("office", "by_night", "by_night")


def test_a_computed_field_is_picked_by_label_and_a_finding_leads_to_it(
    editor: Page, template: Any
) -> None:
    editor.get_by_role("tab", name="Data fields").click()
    fields = do.stream(editor, "fields")
    wanted = {"Label": "End of trial", "Shown as": "Date", "Value": "A time after a date"}
    block = do.define(fields, "Computed", {**wanted, "How long": "3", "Unit": "months"})
    do.add(block)
    block.get_by_role("combobox", name="Data field").select_option(label="Start")
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name="Publish").click()
    expect(editor.get_by_text("has been published")).to_be_visible()
    stored = ContractTemplate.objects.get(pk=template.pk).fields[-1].value
    assert formulas.compiled(stored.block.get_prep_value(stored)["formula"]) == "start + 3 months"

    editor.goto(f"/admin/pages/{template.pk}/edit/")
    editor.get_by_role("button", name="Toggle findings").click()
    editor.get_by_role("link", name="“End of trial” is used nowhere").click()
    place = do.blocks(editor.locator("[id^=panel-child][id$=-fields-section]")).last
    expect(place.get_by_label("Label").first).to_be_in_viewport()
