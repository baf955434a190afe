"""Debian's Chromium without a window, driven by Playwright."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

# The same engine as `chromium`: what draws its tabs and bars took half of the time.
CHROMIUM = Path("/usr/bin/chromium-headless-shell")
FACES = Path(__file__).parent / "data" / "fonts.conf"
PATIENCE = 90_000  # milliseconds: a busy machine is slow, not wrong
# A person's choice for a new page: what moves is drawn sixty times a second.
STILL: dict[str, Any] = {"reduced_motion": "reduce"}
expect.set_options(timeout=PATIENCE)


def launch(playwright: Playwright) -> Browser:
    """Start it, also as root and without a screen, with the faces of the sealed PDF.

    Whatever faces this machine has besides, lines are as long, and pictures look the same.
    """
    options = ["--no-sandbox", "--disable-gpu"]
    settings: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(FACES)}
    return playwright.chromium.launch(executable_path=str(CHROMIUM), args=options, env=settings)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    if not CHROMIUM.exists():
        pytest.fail(f"Chromium is missing. Install it: apt-get install -y {CHROMIUM.name}")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()
