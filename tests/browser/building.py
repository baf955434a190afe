"""An editor builds a template, beginning with an empty page."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser import authoring as do
from tests.browser.visiting import shot

KINDS = ["heading", "clause", "text", "list", "table", "field_place", "area", "signatures"]


def build_template(page: Page, title: str) -> None:
    """From the index page to a published template."""
    do.log_in(page, "redaktor")
    page.goto("/admin/pages/")
    page.get_by_role("link", name="Explore child pages of 'Maler for Salg'").click()
    page.get_by_role("link", name="Add child page").first.click()
    page.get_by_placeholder("Page title").fill(title)
    name_the_parties(page)
    define_fields(page)
    page.get_by_role("tab", name="Settings").click()
    page.get_by_role("combobox", name="Language", exact=True).select_option(label="English")
    insert_eight_blocks(page)
    order_them(page)
    set_policies(page)
    shot(page, "template")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text(f"Page '{title}' has been published.")).to_be_visible()


def name_the_parties(page: Page) -> None:
    """Two are there, ours first."""
    roles = do.stream(page, "roles")
    for block, label in zip(do.blocks(roles).all(), ("Consultant", "Client"), strict=True):
        block.get_by_label("Label").fill(label)


def define_fields(page: Page) -> None:
    """Two fields of ours, one of theirs; another one of theirs comes while writing."""
    fields = do.stream(page, "fields")
    ours, theirs = {"Filled in by": "Consultant (our side)"}, {"Filled in by": "Client"}
    do.define(fields, "Money", {"Label": "Hourly fee", **ours})
    do.define(fields, "Date", {"Label": "First day", **ours})
    do.define(fields, "Text", {"Label": "Order number", **theirs})


def insert_eight_blocks(page: Page) -> None:
    """By the picker; two of them are not where they belong yet."""
    body = do.stream(page, "body")
    heading, text, _signatures = do.blocks(body).all()
    do.rewrite(heading, "The work")
    do.rewrite(text, "[Consultant: name] works for [Client: name] from [First day].")
    clause = do.add(body, "Clause")
    do.write(clause, "Fee", at=0)
    do.write(clause, "The client pays [Hourly fee] an hour, invoiced to ", at=1)
    do.define_here(page, "Invoices to", "E-mail address", "Client")
    page.keyboard.type(".")
    listing = do.add(body, "List")
    do.write(listing, "keeps secrets,")
    do.write(do.add(listing), "answers within a day.")
    fill_table(do.add(body, "Table"))
    place = do.add(body, "Data field").get_by_role("combobox", name="Data field")
    place.select_option(label="Order number")
    do.add(body, "Open area")


def fill_table(table: Locator) -> None:
    """Two rows of two cells."""
    table.get_by_label("Caption").fill("Hours")
    for number, words in enumerate([("Month", "Hours"), ("January", "40")]):
        row = do.add(table) if number else do.blocks(table).first
        do.write(do.blocks(row).first, words[0])
        do.write(do.add(row), words[1])


def order_them(page: Page) -> None:
    """The clause by dragging; the signatures, to the end, by keyboard alone."""
    body = do.stream(page, "body")
    for block in do.blocks(body).all():
        do.collapse(block)
    text, clause = do.blocks(body).nth(1), do.blocks(body).nth(3)
    signatures = do.same(do.blocks(body).nth(2))
    do.drag(clause, onto=text)
    for _place in range(4):
        do.press(signatures.get_by_role("button", name="Move down"))
    assert order(body) == KINDS


def order(body: Locator) -> list[str]:
    """The kinds of the blocks, in the order that the form would send."""
    kinds: list[str] = body.evaluate(
        """body => [...body.querySelectorAll('input[name$=-type]')]
            .filter(input => /^body-\\d+-type$/.test(input.name))
            .map(input => ({
                place: +body.querySelector(`[name=${input.name.replace('type', 'order')}]`).value,
                kind: input.value,
            }))
            .sort((a, b) => a.place - b.place).map(({ kind }) => kind)"""
    )
    return kinds


def set_policies(page: Page) -> None:
    """Shown on each block although it is collapsed."""
    body = do.stream(page, "body")
    for number, policy in ((1, "Editable"), (2, "Optional")):
        block = do.blocks(body).nth(number)
        do.set_policy(block, policy)
        do.collapse(block)
    expect(body.locator("[contenteditable=true]:visible")).to_have_count(0)
    words = ["Locked", "Editable", "Optional", *["Locked"] * 3, "Editable", "Locked"]
    assert [
        badge.inner_text().strip() for badge in body.locator(".wc-policy:visible").all()
    ] == words
