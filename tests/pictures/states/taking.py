"""`python -m tests.pictures.states.taking FOLDER [NAME…]`: a fresh site there, state by state."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench import measure
from tests.chromium import PATIENCE, launch
from tests.pictures.photographer import FOLDER, keep

if TYPE_CHECKING:
    from tests.pictures.states.stage import Stage
    from tests.pictures.states.table import State

PLACE = FOLDER / "states"
# Each state once wide in the light, and once on a phone in the dark.
LOOKS = {"wide": ("light", 1280, 900), "phone": ("dark", 375, 812)}


def main(folder: Path, names: Sequence[str]) -> None:
    """Make the site, take the pictures, write the page."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright leaves an event loop in this thread
    measure.prepare(folder)
    from django.core import mail

    from tests.bench.first_visit import served
    from tests.pictures.states import page, table
    from tests.pictures.states.stage import Stage

    mail.outbox = []
    PLACE.mkdir(parents=True, exist_ok=True)
    with served() as url, sync_playwright() as playwright:
        browser, stage = launch(playwright), Stage(url)
        for state in table.every():
            if not names or state.name.startswith(tuple(names)):
                _take(browser, stage, state)
        browser.close()
    page.PAGE.write_text(page.written())


def _take(browser: Browser, stage: Stage, state: State) -> None:
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    seen = context.new_page()
    state.show(stage, seen)
    for look, (scheme, width, height) in LOOKS.items():
        _pose(seen, scheme, width, height, state.at)
        keep(seen.screenshot(animations="disabled"), PLACE / f"{state.name}-{look}.png")
    context.close()


def _pose(seen: Page, scheme: str, width: int, height: int, at: str) -> None:
    seen.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    seen.set_viewport_size({"width": width, "height": height})
    seen.wait_for_timeout(200)
    top = seen.locator(at or "body").locator("visible=true").first
    top.evaluate("(item) => item.scrollIntoView({ block: 'start', behavior: 'instant' })")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
