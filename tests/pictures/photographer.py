"""Who takes the pictures: each screen in both widths, with few colours."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser import authoring
from tests.browser.site import ROOT, Site
from tests.chromium import PATIENCE

FOLDER = ROOT / "docs" / "pictures"
WIDTHS = {1280: 900, 375: 812}
COLOURS = 96


@dataclass
class Photographer:
    """Takes each screen of a running site in both widths."""

    browser: Browser
    site: Site
    at: Mapping[str, str] = field(default_factory=dict)  # what is at the top, if not the page is

    @contextmanager
    def visit(self, name: str = "") -> Iterator[Page]:
        """A page of a member of staff, or of somebody from outside."""
        context = self.browser.new_context(
            base_url=self.site.url, locale="en-GB" if name else "nb-NO"
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        if name:
            authoring.log_in(page, name)
        yield page
        context.close()

    def take(self, page: Page, name: str) -> None:
        """Write the pictures of what the page shows now."""
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(500)
            place = page.locator(self.at.get(name, "body")).first
            place.evaluate("(item) => item.scrollIntoView({block: 'start'})")
            keep(page.screenshot(animations="disabled"), FOLDER / f"{name}-{width}.png")
        page.set_viewport_size({"width": 1280, "height": 900})


def keep(shot: bytes, path: Path) -> None:
    """Write a picture with few colours."""
    picture = Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS)
    picture.save(path, optimize=True)
