"""A real browser: Debian's Chromium, driven by Playwright against a live server."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests import database
from tests.browser.authoring import enter
from tests.browser.visiting import *  # noqa: F403 - fixtures
from tests.chromium import *  # noqa: F403 - fixtures
from tests.chromium import PATIENCE, STILL

# Playwright leaves an event loop in this thread; the tests' own queries are not asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def django_db_setup(browser: Browser, django_db_setup: None) -> None:
    """Prepare the database after the browser: its event loop gives this thread a new connection."""
    database.let_flush_through()


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[Open]:
    """Opens pages, each in a browser of its own, and watches what they complain about."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def new(*, width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            **STILL,
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda said: complaints.append(said.text) if said.type in WRONG else 0)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: _only_ours(asked.url, live_server.url, complaints))
        return page

    yield new
    for context in contexts:
        context.close()
    assert [said for said in complaints if not any(fine in said for fine in FINE)] == []


@pytest.fixture
def editor(
    live_server: Any, client: Any, open_page: Open, template: Any, admin_user: Any, settings: Any
) -> Page:
    """The editor of the template that the test has, which saves when told."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    page = open_page()
    enter(page, client, admin_user, live_server.url)
    page.goto(f"/admin/pages/{template.pk}/edit/")
    return page


WRONG = ("error", "warning")
# The browser's own words for an answer that refuses, and for a connection that a test cuts.
FINE = ("the server responded with a status of", "net::ERR_INTERNET_DISCONNECTED")


def _only_ours(url: str, ours: str, complaints: list[str]) -> None:
    if not url.startswith((ours, "data:")):
        complaints.append(f"asked {url}")
