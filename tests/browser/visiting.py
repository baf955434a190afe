"""The running example site and the people who come to it, as fixtures."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.site import Site, running
from tests.chromium import PATIENCE, STILL

Visitor = Callable[..., Page]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo with all its people and contracts, prepared once."""
    with running(tmp_path_factory.mktemp("site") / "var") as found:
        yield found


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Visitor]:
    """Call it for a page of somebody with cookies of their own; no script may fail in any."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def visit(width: int = 1280, **options: Any) -> Page:
        options = {**STILL, "locale": "en-GB", "timezone_id": "Europe/Oslo", **options}
        viewport = {"width": width, "height": 1000}
        context = browser.new_context(base_url=site.url, viewport=viewport, **options)
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        contexts.append(context)
        return context.new_page()

    yield visit
    for number, context in enumerate(contexts):
        shot(context.pages[0], f"last-{number}")
        context.close()
    assert errors == []


def shot(page: Page, name: str, **options: Any) -> None:
    """A picture for people, where the variable SHOTS names a folder for them."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", **options)
