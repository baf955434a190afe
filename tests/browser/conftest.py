"""One browser and one example site for all browser tests; a new visitor for each who asks."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.site import Site, running

Visitor = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser."""
    with sync_playwright() as play:
        program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The example site with staff and templates, without contracts."""
    with running(tmp_path_factory.mktemp("site") / "var", "--without-contracts") as found:
        yield found


@pytest.fixture
def visitor(chromium: Browser, site: Site) -> Iterator[Visitor]:
    """Call it for a page of somebody with cookies of their own; no script may fail in any."""
    errors: list[str] = []
    contexts = []

    def visit(width: int = 1280, **options: object) -> Page:
        options = {"locale": "en-GB", "timezone_id": "Europe/Oslo", **options}
        viewport = {"width": width, "height": 1000}
        context = chromium.new_context(base_url=site.url, viewport=viewport, **options)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        contexts.append(context)
        return context.new_page()

    yield visit
    for context in contexts:
        context.close()
    assert errors == []


def shot(page: Page, name: str, **options: object) -> None:
    """A picture for people, where the variable SHOTS names a folder for them."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", **options)
