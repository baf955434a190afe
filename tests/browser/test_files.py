"""A file is chosen in a template's editor; a reader sees it, and asks nobody else by that."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import uploads
from tests.browser import authoring as do
from tests.chromium import PATIENCE
from tests.flows.contracts.test_exhibits import filed, sent_files, videos  # noqa: F401
from tests.public import visits
from wagtail_contracts.contracts.template_pages.models import ContractTemplate

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_a_pdf_and_a_video_are_chosen_in_the_editor_and_stored(
    editor: Page,
    template: Any,
    videos: None,  # noqa: F811
) -> None:
    body = do.stream(editor, "body")
    exhibit = do.add(body, "Exhibit")
    exhibit.get_by_label("Title").fill("Floor plan")
    bad = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": uploads.pdf(uploads.script)}
    exhibit.locator("input[type=file]").set_input_files(bad)
    expect(exhibit.get_by_role("status").first).to_contain_text("what a contract may not")
    good = {**bad, "buffer": uploads.saying("Ground floor", "First floor")}
    exhibit.locator("input[type=file]").set_input_files(good)
    expect(exhibit.locator(".wc-file__name")).to_have_text("plan.pdf")
    expect(exhibit.locator(".wc-file__facts")).to_contain_text("2 pages")
    film = do.add(body, "Video")
    film.get_by_label("Title").fill("How it works")
    film.get_by_label("Transcript", exact=True).fill("It works.")
    film.locator("input[type=url]").fill(uploads.Embeds.ADDRESS)
    film.get_by_role("button", name="Find the video").click()
    expect(film.locator(".wc-file__facts").first).to_have_text("Example Video")
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name="Publish").click()
    expect(editor.get_by_text("has been published")).to_be_visible()

    stored = ContractTemplate.objects.get(pk=template.pk).body
    assert [block.block_type for block in stored][-2:] == ["exhibit", "video"]
    assert stored[-2].value["file"]["pages"] == 2
    assert stored[-1].value["embed"]["source"]["provider"] == "Example Video"


def test_a_reader_sees_every_file_and_starts_a_video_by_a_click(
    open_page: Any,
    sent_files: Any,  # noqa: F811
) -> None:
    page = open_page(width=375, height=800)
    page.goto(visits.landing(sent_files.kari))
    page.get_by_role("button").first.click()
    page.get_by_text("Read Exhibit A here").click()
    leaf = page.get_by_role("img", name="Page 1 of 2")
    expect(leaf).to_be_visible()
    page.wait_for_function("img => img.naturalWidth > 0", arg=leaf.element_handle())
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download plan.pdf").click()
    assert taken.value.suggested_filename == "plan.pdf"


def test_a_video_elsewhere_asks_its_provider_after_a_click(
    browser: Any,
    live_server: Any,
    sent_files: Any,  # noqa: F811
) -> None:
    context = browser.new_context(base_url=live_server.url)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    context.route("https://player.video.example/**", lambda route: route.fulfill(body="playing"))
    page.goto(visits.landing(sent_files.kari))
    page.get_by_role("button").first.click()
    link = page.get_by_role("link", name="Play “How it works” from Example Video")
    link.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []

    link.click()
    expect(page.frame_locator("iframe").get_by_text("playing")).to_be_visible()
    assert asked[-1] == "https://player.video.example/embed/1"
    context.close()
