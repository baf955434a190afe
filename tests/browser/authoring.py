"""What a person does in Wagtail's editors: by mouse, and by keyboard alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.test import Client
from playwright.sync_api import Locator, Page, expect

from example_site.staff import PASSWORD

# With what the form holds two seconds after it was connected, Wagtail compares what is typed. A
# slow page connects it twice: its own `w-init` goes, and the words of `data-controller` move up.
# What was typed before the last look is not saved by itself, so nobody types before. Timers of one
# page run in the order of their times.
CONNECTED = """() => {
  const form = document.querySelector('[data-controller~="w-unsaved"]');
  return form && !!window.wagtail.app.getControllerForElementAndIdentifier(form, 'w-unsaved');
}"""
LOOKED = """() => new Promise((looked) => {
  const form = document.querySelector('[data-controller~="w-unsaved"]');
  const watch = window.wagtail.app.getControllerForElementAndIdentifier(form, 'w-unsaved');
  const wait = () => {
    if (!form.matches('[data-controller~="w-init"]')) setTimeout(look, 2100);
    else setTimeout(wait, 50);
  };
  const look = () => (watch.initialFormData ? looked() : setTimeout(look, 50));
  wait();
})"""


def log_in(page: Page, name: str) -> None:
    """At the admin's own door."""
    page.goto("/admin/login/")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("button[type=submit]").click()
    page.wait_for_url("**/admin/")


def enter(page: Page, client: Client, user: Any, url: str) -> None:
    """Log in without the form, which costs a second."""
    client.force_login(user)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page.context.add_cookies([{**cookie, "url": url}])


def settle(page: Page) -> None:
    """Wait until Wagtail has looked at the form for the last time by itself."""
    page.wait_for_function(CONNECTED)
    page.evaluate(LOOKED)


def stream(page: Page, name: str) -> Locator:
    """One of the page editor's streams, on its tab, which is opened."""
    section = page.locator(f"[id^=panel-child][id$=-{name}-section]")
    panel = section.locator("xpath=ancestor::*[@role='tabpanel']")
    page.locator(f"#{panel.get_attribute('aria-labelledby')}").click()
    expect(section).to_be_visible()
    return section


def blocks(inside: Locator) -> Locator:
    """The blocks of a stream or list in their order, without those that are inside them."""
    deeper = ":scope [data-streamfield-child] [data-streamfield-child]"
    return inside.locator(f"[data-streamfield-child]:visible:not({deeper})")


def add(inside: Locator, kind: str = "") -> Locator:
    """Add a block at the end by the picker, which a stream of one kind has no need for."""
    before = blocks(inside).count()
    inside.locator(".c-sf-add-button:visible").last.click()
    if kind:
        inside.page.get_by_role("option", name=kind, exact=True).click()
    expect(blocks(inside)).to_have_count(before + 1)
    return same(blocks(inside).last)


def add_by_keyboard(inside: Locator, kind: str) -> Locator:
    """The same without a mouse: Enter on the plus, the kind's name, Enter."""
    page, before = inside.page, blocks(inside).count()
    inside.locator(".c-sf-add-button:visible").last.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("option", name=kind, exact=True)).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type(kind)
    page.keyboard.press("Enter")
    expect(blocks(inside)).to_have_count(before + 1)
    return same(blocks(inside).last)


def same(block: Locator) -> Locator:
    """The block by its identity, so that it stays the same one when it moves."""
    identity = block.get_attribute("data-contentpath")
    return block.page.locator(f'[data-contentpath="{identity}"]')


def define(inside: Locator, kind: str, values: Mapping[str, str | bool]) -> Locator:
    """Add a definition and fill in what has these labels."""
    block = add(inside, kind)
    for label, value in values.items():
        control = block.get_by_label(label).first
        if isinstance(value, bool):
            control.set_checked(value)
        elif control.evaluate("node => node.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)
    return block


def write(block: Locator, text: str, at: int = 0) -> None:
    """Type into rich text; what stands in brackets is chosen from the palette of data fields."""
    page, editor = block.page, block.locator("[contenteditable=true]").nth(at)
    editor.click()
    page.keyboard.press("Control+End")
    for number, part in enumerate(text.replace("]", "[").split("[")):
        if number % 2:
            choose_field(page, part)
        else:
            page.keyboard.type(part)


def rewrite(block: Locator, text: str, at: int = 0) -> None:
    """Type in place of what is there."""
    block.locator("[contenteditable=true]").nth(at).click()
    block.page.keyboard.press("Control+A")
    block.page.keyboard.press("Delete")
    write(block, text, at)


def define_here(page: Page, label: str, kind: str, who: str) -> None:
    """Define a data field while writing."""
    palette = open_palette(page)
    palette.get_by_role("searchbox").fill(label)
    palette.get_by_role("button", name="New data field").click()
    palette.get_by_label("Kind").select_option(label=kind)
    palette.get_by_label("Filled in by").select_option(label=who)
    palette.get_by_role("button", name="Add and insert").click()
    expect(palette).to_have_count(0)


def choose_field(page: Page, label: str) -> None:
    """By the slash menu and the palette."""
    palette = open_palette(page)
    palette.get_by_role("searchbox").fill(label)
    palette.get_by_role("button", name=label).click()
    expect(palette).to_have_count(0)


def refer(block: Locator, name: str, at: int = 0) -> None:
    """Refer to another clause at the end of a rich text."""
    page, editor = block.page, block.locator("[contenteditable=true]").nth(at)
    editor.click()
    page.keyboard.press("Control+End")
    palette = open_palette(page, "Clause reference")
    expect(palette.get_by_role("searchbox")).to_be_focused()
    palette.get_by_role("button", name=name, exact=True).click()
    expect(palette).to_have_count(0)


def open_palette(page: Page, kind: str = "Data field") -> Locator:
    """By the slash menu.

    Chosen with the mouse: a menu that shrinks away from under the pointer has nothing selected any
    more, and Enter is a new line then.
    """
    page.keyboard.type(f"/{kind.split()[0]}")
    page.get_by_role("option", name=kind).click()
    return page.locator("dialog.wc-chips")


def collapse(block: Locator) -> None:
    """Show its header alone."""
    toggle = block.get_by_role("button", name="Toggle section").first
    toggle.click()
    expect(toggle).to_have_attribute("aria-expanded", "false")


def set_policy(block: Locator, word: str) -> None:
    """Behind the block's settings button."""
    block.get_by_role("button", name="Settings").first.click()
    block.get_by_label("In contracts").select_option(label=word)
    block.get_by_role("button", name="Settings").first.click()


def drag(block: Locator, onto: Locator) -> None:
    """Drag a block by its handle to where another one is."""
    page, handle = block.page, block.locator("[data-streamfield-action=DRAG]").first
    handle.scroll_into_view_if_needed()
    handle.hover()
    page.mouse.down()
    box = onto.bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 30, steps=15)
    page.mouse.move(box["x"] + 60, box["y"] + 5, steps=10)
    page.wait_for_timeout(300)
    page.mouse.up()


def press(button: Locator) -> None:
    """Without a mouse."""
    button.focus()
    button.page.keyboard.press("Enter")
