"""Two people write in one draft, each in a browser of their own, and nothing typed is gone.

One of them alone, whose Save overtakes the autosave of the same form, has nobody to compare with.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Locator, Page, Request, Route, expect

from tests import builders
from tests.admin import posts
from tests.browser import authoring as do
from tests.browser.visiting import shot
from wagtail_contracts.contracts.models import Contract

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def browsers(open_page: Any, live_server: Any, template: Any, sender: Any) -> tuple[Page, Page]:
    """Ola's and Kari's; both may edit the contracts and the template."""
    people = [sender, builders.staff("kari", template.workspace)]
    pages = []
    for person in people:
        person.is_superuser = person.is_staff = True
        person.save()
        page = open_page()
        do.enter(page, Client(), person, live_server.url)
        pages.append(page)
    return pages[0], pages[1]


def opened(pages: tuple[Page, ...], url: str) -> None:
    """Both open the same editor before either writes."""
    for page in pages:
        page.goto(url)
        do.settle(page)


def add(words: str, field: Locator) -> None:
    """Type at the end; once more where an editor was not ready to take it."""
    for _ in range(5):
        field.click()
        field.page.keyboard.press("Control+End")
        field.page.keyboard.type(words)
        if words.strip() in str(field.inner_text()):
            break
    field.page.wait_for_timeout(400)  # rich text is handed to the form a little later


def choose(page: Page, name: str, side: str) -> None:
    conflict = page.get_by_role("group", name=name)
    conflict.get_by_role("radio", name=side).check()


def test_two_write_in_one_contract(browsers: tuple[Page, Page], template: Any, sender: Any) -> None:
    draft = builders.contract(template, sender)
    ola, kari = browsers
    clause = ".wc-locked__entry--editable [contenteditable=true] >> nth=1"
    opened(browsers, posts.address("edit", draft.pk))
    add(" Kari adds this.", kari.locator(clause))
    kari.get_by_role("textbox", name="Title*").fill("Hosting by Kari")
    expect(kari.get_by_text("Saved", exact=True)).to_be_visible()

    add(" Ola adds that.", ola.locator(clause))
    ola.locator("[name=value-start]").fill("2028-02-01")
    expect(ola.get_by_role("alert")).to_contain_text("Kari Nordmann saved meanwhile.")
    shot(ola, "overtaken")
    ola.get_by_role("button", name="Save and compare").click()
    expect(ola.get_by_role("group", name="Clause: Price")).to_contain_text("Kari adds this.")
    expect(ola.get_by_role("group", name="Clause: Price")).to_contain_text("Ola adds that.")
    shot(ola, "conflicts", full_page=True)
    ola.set_viewport_size({"width": 375, "height": 800})
    shot(ola, "conflicts-phone", full_page=True)
    choose(ola, "Clause: Price", "What you wrote")
    ola.get_by_role("button", name="Save with these choices").click()
    expect(ola.get_by_text("What both of you wrote is put together.")).to_be_visible()
    now = Contract.objects.get(pk=draft.pk)
    assert (now.title, now.values["start"]) == ("Hosting by Kari", "2028-02-01")
    assert "Ola adds that." in str(now.body.get_prep_value())
    assert "Kari adds this." not in str(now.body.get_prep_value())


def test_two_write_in_one_template(browsers: tuple[Page, Page], template: Any) -> None:
    ola, kari = browsers
    opened(browsers, f"/admin/pages/{template.pk}/edit/")
    body = "#panel-child-text-body-section"
    heading, text = (f"{body} [contenteditable=true] >> nth={place}" for place in (0, 1))
    add(" by Kari", kari.locator(heading))
    add(" Kari alone.", kari.locator(text))
    expect(kari.get_by_text("Saved", exact=True)).to_be_visible()

    add(" by Ola", ola.locator(heading))
    expect(ola.get_by_role("alert")).to_contain_text("Kari Nordmann saved meanwhile.")
    ola.get_by_role("button", name="Save and compare").click()
    expect(ola.get_by_role("group", name="Heading")).to_contain_text("by Kari")
    choose(ola, "Heading", "What Kari Nordmann saved")
    ola.get_by_role("button", name="Save with these choices").click()
    expect(ola.locator(heading)).to_have_text("Parties by Kari")
    expect(ola.locator(text)).to_contain_text("Kari alone.")


def press(name: str, field: Locator) -> Callable[[], Any]:
    """Press a button while the answer to an autosave is kept back; send the autosave once more."""
    page = field.page
    kept: list[Request] = []

    def keep(route: Route) -> None:
        request = route.request
        if "json" in request.headers["accept"] and b"First." in (request.post_data_buffer or b""):
            assert route.fetch().json()["success"]
            kept.append(request)
        else:  # an autosave from before, or what is no autosave
            route.continue_()

    page.route(re.compile(r"/edit/"), keep)
    add(" First.", field)
    until(page, lambda: bool(kept))
    add(" Typed meanwhile.", field)
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=name, exact=True).click()
    sent = kept[0]
    headers = {name: sent.headers[name] for name in ("accept", "content-type", "x-csrftoken")}
    headers["referer"] = sent.url
    return lambda: page.request.post(sent.url, data=sent.post_data_buffer, headers=headers)


def until(page: Page, happened: Callable[[], bool]) -> None:
    """Let the page go on until something has happened, for as long as any wait here lasts."""
    for _ in range(1_800):
        if happened():
            return
        page.wait_for_timeout(50)
    raise AssertionError("It did not happen within 90 seconds.")


def test_a_save_overtakes_its_own_autosave(
    browsers: tuple[Page, Page], template: Any, sender: Any
) -> None:
    draft = builders.contract(template, sender)
    ola, _kari = browsers
    opened((ola,), posts.address("edit", draft.pk))
    clause = ".wc-locked__entry--editable [contenteditable=true] >> nth=1"
    late = press("Save", ola.locator(clause))
    expect(ola.get_by_text("Saved. Nobody else sees this before you send it.")).to_be_visible()
    assert late().status == 400
    assert "First. Typed meanwhile." in str(Contract.objects.get(pk=draft.pk).body.get_prep_value())


def test_publishing_overtakes_the_own_autosave(browsers: tuple[Page, Page], template: Any) -> None:
    ola, _kari = browsers
    opened((ola,), f"/admin/pages/{template.pk}/edit/")
    text = "#panel-child-text-body-section [contenteditable=true] >> nth=1"
    late = press("Publish", ola.locator(text))
    expect(ola.get_by_text("has been published.")).to_be_visible()
    assert late().status == 400
    live = type(template).objects.get(pk=template.pk)
    assert "First. Typed meanwhile." in str(live.body.get_prep_value())


def wait_longer(page: Page) -> None:
    """Let a pressed button wait for an autosave as long as somebody types on a slow machine."""

    def serve(route: Route) -> None:
        served = route.fetch()
        script = served.text().replace("PATIENCE = 3000;", "PATIENCE = 90000;")
        assert "90000" in script
        route.fulfill(response=served, body=script)

    page.route(re.compile(r"late-changes[^/]*[.]js"), serve)


def test_no_autosave_presses_the_button(browsers: tuple[Page, Page], template: Any) -> None:
    ola, _kari = browsers
    held: list[Route] = []
    saved: list[bytes] = []

    def hold(route: Route) -> None:
        if "json" in route.request.headers["accept"]:
            saved.append(route.request.post_data_buffer or b"")
            if b"First." in saved[-1] and not held:
                held.append(route)
                return
        route.continue_()

    wait_longer(ola)
    opened((ola,), f"/admin/pages/{template.pk}/edit/")
    text = ola.locator("#panel-child-text-body-section [contenteditable=true] >> nth=1")
    ola.route(re.compile(r"/edit/"), hold)
    add(" First.", text)
    until(ola, lambda: bool(held))
    ola.get_by_role("button", name="More actions").click()
    ola.get_by_role("button", name="Publish", exact=True).click()
    add(" While it waits.", text)
    held[0].continue_()
    expect(ola.get_by_text("has been published.")).to_have_count(1)
    assert [form for form in saved if b"action-publish" in form] == []
    live = type(template).objects.get(pk=template.pk)
    assert "First. While it waits." in str(live.body.get_prep_value())


def test_what_is_typed_as_soon_as_the_editor_is_there_is_saved_by_itself(
    browsers: tuple[Page, Page], template: Any, sender: Any
) -> None:
    draft = builders.contract(template, sender)
    ola, _kari = browsers
    ola.goto(posts.address("edit", draft.pk))
    add(" At once.", ola.locator(".wc-locked__entry--editable [contenteditable=true] >> nth=1"))
    expect(ola.get_by_text("Saved", exact=True)).to_be_visible()
    assert "At once." in str(Contract.objects.get(pk=draft.pk).body.get_prep_value())
