"""The journey of a counterparty in a browser: with and without script, on any screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import signatories as do
from tests.public import stages, visits
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.models import AnswerDraft, Contract
from wagtail_contracts.signing.models import Signature

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("width", [320, 375, 1280])
def test_a_counterparty_reads_answers_and_signs(sent, open_page, width, script):
    page = open_page(width=width, java_script_enabled=script)
    page.goto(visits.landing(sent.kari))
    do.sound(page)
    page.get_by_role("button").click()
    do.sound(page)
    do.fill_in(page)
    page.get_by_role("button", name="Review and sign").locator("visible=true").click()
    expect(page.locator("h1")).to_have_text("Check before you sign")
    do.sound(page)
    page.get_by_role("button", name="I agree – send me a code").click()
    do.sound(page)
    page.get_by_label("Code").fill(do.code())
    page.get_by_role("button", name="Sign version 2").click()
    expect(page.locator("h1")).to_have_text("You have signed")
    do.sound(page)

    assert Signature.objects.get().name == "Kari Nordmann"


def test_a_counterparty_declines_in_three_activations_without_script(sent, open_page):
    page = open_page(width=375, java_script_enabled=False)
    do.come_in(page, sent.kari)
    page.get_by_role("link", name="Decline").click()
    page.get_by_label("The timing").check()
    do.sound(page)
    page.get_by_role("button", name="Decline the contract").click()

    expect(page.get_by_text("Kari Nordmann declined this contract")).to_be_visible()
    assert Contract.objects.get(pk=sent.contract.pk).state == "declined"


def test_the_whole_journey_needs_no_more_than_a_keyboard(sent, open_page):
    page = open_page()
    keys = page.keyboard

    def reach(name):
        for _press in range(60):
            keys.press("Tab")
            if page.evaluate("document.activeElement.innerText.trim()") == name:
                return
        raise AssertionError(f"{name} can't be reached")

    page.goto(visits.landing(sent.kari))
    reach("Open the contract")
    keys.press("Enter")
    expect(page.locator("h1")).to_have_text("Hosting 2027")
    for press in ("Tab", "Tab", "Enter", "Tab"):  # the second link skips to the next step
        keys.press(press)
    assert page.evaluate("document.activeElement.innerText") == "Next: Support"
    keys.press("Enter")
    keys.press("Space")
    keys.press("Tab")
    keys.type("pay@customer.example")
    reach("Review and sign")
    keys.press("Enter")
    expect(page.locator("h1")).to_have_text("Check before you sign")
    reach("I agree – send me a code")
    keys.press("Enter")
    expect(page.get_by_label("Code")).to_be_visible()
    page.get_by_label("Code").focus()
    keys.type(do.code())
    keys.press("Enter")
    expect(page.locator("h1")).to_have_text("You have signed")


def test_the_button_leads_to_what_is_still_open(sent, open_page):
    page = open_page(width=375, height=667)
    do.come_in(page, sent.kari)
    bar = page.get_by_role("region", name="Next step", exact=True)
    expect(bar).to_contain_text("0 of 2")
    bar.get_by_role("button", name="Next: Support").click()
    expect(page.get_by_label("Office hours")).to_be_focused()
    page.get_by_text("Until", exact=False).first.click()
    expect(bar).to_contain_text("1 of 3")
    bar.get_by_role("button", name="Next: Closing time").click()
    expect(page.get_by_role("textbox", name="Closing time")).to_be_focused()
    page.get_by_role("textbox", name="Closing time").fill("21:00")
    page.get_by_label("Invoices to").fill("pay@customer.example")

    expect(bar.get_by_role("button", name="Review and sign")).to_be_visible()
    expect(bar).to_contain_text("3 of 3")


def test_the_page_itself_says_that_a_later_version_was_shown(sent, open_page):
    page = open_page()
    do.come_in(page, sent.kari)
    stages.revise(sent)
    with page.expect_response(lambda answer: answer.status == 204):
        page.reload()

    trail = Event.objects.of(sent.contract.trail).named(events.CONTRACT_VIEWED)
    assert [event.data["version"] for event in trail] == [1, 2]


def test_what_was_typed_outlives_a_reload_and_the_end_of_the_session(sent, open_page):
    page = open_page()
    do.come_in(page, sent.kari)
    page.get_by_label("Remarks").fill("By bicycle")
    page.reload()
    expect(page.get_by_label("Remarks")).to_have_value("By bicycle")
    page.context.clear_cookies()
    do.come_in(page, sent.kari)
    expect(page.get_by_label("Remarks")).to_have_value("By bicycle")

    page.get_by_role("button", name="Save and finish later").click()
    expect(page.get_by_text("Saved. Only you can see it")).to_be_visible()
    assert AnswerDraft.objects.get().values["remarks"] == "By bicycle"
    assert page.evaluate("sessionStorage.length") == 0


def test_a_second_click_sends_nothing_twice(answered, open_page):
    page = open_page()
    do.come_in(page, answered.kari)
    page.goto(visits.page("sign", answered.kari))
    page.get_by_role("button", name="I agree").dblclick()
    expect(page.locator("h1")).to_have_text("Enter the code")
    page.get_by_label("Code").fill(do.code())
    page.get_by_role("button", name="Sign version 2").dblclick()
    expect(page.locator("h1")).to_have_text("You have signed")
    page.go_back()
    page.reload()

    expect(page.locator("h1")).to_have_text("You have signed")
    assert Signature.objects.count() == 1


def test_an_error_has_the_focus_and_leads_to_its_field(sent, open_page):
    page = open_page()
    do.come_in(page, sent.kari)
    page.get_by_text("Office hours").click()
    page.get_by_label("Invoices to").fill("nowhere")
    page.get_by_role("button", name="Review and sign").locator("visible=true").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link").click()

    expect(page.get_by_label("Invoices to")).to_be_focused()
    assert page.title().startswith("There is a problem – ")
    page.goto(visits.page("contract", sent.kari))
    expect(page.get_by_label("Invoices to")).to_have_value("nowhere")


CLOSE = """() => {
  const [live, ...rest] = [".wc-live", ".wc-sender", ".wc-top__help", ".wc-bar"]
    .map((name) => document.querySelector(name).getBoundingClientRect());
  return rest.filter((box) => box.height && live.top < box.bottom && live.bottom > box.top).length;
}"""


@pytest.mark.parametrize("width", [375, 1280])
def test_without_a_connection_nothing_is_sent_and_nothing_lost(sent, open_page, width):
    page = open_page(width=width, height=667)
    do.come_in(page, sent.kari)
    page.context.set_offline(True)
    told = page.get_by_text("You are offline.")
    expect(told).to_be_visible()
    assert page.evaluate(CLOSE) == 0
    leads = page.get_by_role("button", name="Next: Support").locator("visible=true")
    expect(leads).not_to_have_attribute("aria-disabled", "true")
    do.fill_in(page)
    button = page.get_by_role("button", name="Review and sign").locator("visible=true")
    expect(button).to_have_attribute("aria-disabled", "true")
    page.evaluate("document.querySelector('[data-live]').textContent = ''")
    button.press("Enter")
    expect(told).to_be_visible()
    page.context.set_offline(False)
    expect(button).not_to_have_attribute("aria-disabled", "true")
    button.click()

    expect(page.locator("h1")).to_have_text("Check before you sign")


def test_without_a_connection_a_link_of_the_bar_waits_too(sent, open_page):
    page = open_page(width=375)
    do.come_in(page, sent.kari)
    stages.revise(sent)
    page.reload()
    link = page.locator(".wc-bar a")
    page.context.set_offline(True)
    expect(link).to_have_attribute("aria-disabled", "true")
    link.press("Enter")
    expect(page.get_by_text("You are offline.")).to_be_visible()
    page.context.set_offline(False)
    expect(link).not_to_have_attribute("aria-disabled", "true")
    link.click()

    expect(page).to_have_url(re.compile("/changes/"))


def test_another_code_can_be_asked_for_after_half_a_minute(answered, open_page):
    page = open_page()
    page.clock.install()
    do.come_in(page, answered.kari)
    page.goto(visits.page("sign", answered.kari))
    page.get_by_role("button", name="I agree").click()
    again = page.get_by_role("button", name="Send a new code")
    expect(again).to_be_hidden()
    page.clock.fast_forward(31_000)
    again.click()

    expect(page.locator("h1")).to_have_text("Enter the code")
    assert answered.kari.challenges.count() == 2


CLEAR = """() => {
  const bar = document.querySelector('.wc-bar'), item = document.activeElement;
  if (bar.contains(item) || !bar.getClientRects().length) return true;
  const [a, b] = [item.getBoundingClientRect(), bar.getBoundingClientRect()];
  return a.top + 24 <= b.top || a.top >= b.bottom;
}"""


def test_nothing_that_has_the_focus_hides_under_the_bar(sent, open_page):
    page = open_page(width=375, height=667)
    do.come_in(page, sent.kari)
    for _press in range(30):
        page.keyboard.press("Tab")
        page.wait_for_function(CLEAR)  # the page moves there smoothly


def test_printing_leaves_the_text_and_its_fingerprint(answered, open_page):
    page = open_page()
    do.come_in(page, answered.kari)
    page.emulate_media(media="print")

    for gone in (".wc-rail", ".wc-bar", ".wc-toc", ".wc-skip"):
        assert page.locator(gone).first.is_hidden()
    for there in (".wc-document", ".wc-facts .wc-fp", "h1"):
        assert page.locator(there).first.is_visible()


def test_words_are_found_in_the_text_one_after_the_other(answered, open_page):
    page = open_page()
    do.come_in(page, answered.kari)
    search = page.get_by_role("search").locator("visible=true")
    box, said = search.get_by_label("Search in the contract"), search.get_by_role("status")
    box.fill("THE")
    expect(said).to_have_text(re.compile(r"^1 / ([2-9]|\d\d)$"))
    found = page.evaluate("[...CSS.highlights.get('found')].map(String)")
    assert {words.lower() for words in found} == {"the"}
    for key, at in (("Enter", 2), ("Shift+Enter", 1)):
        box.press(key)
        expect(said).to_have_text(f"{at} / {len(found)}")
    box.fill("Zebrafink")
    expect(said).to_have_text("Not found")
    box.fill("")
    expect(said).to_have_text("")
    assert page.evaluate("CSS.highlights.get('found').size") == 0
