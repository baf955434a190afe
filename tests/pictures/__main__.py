"""Take the pictures of docs/reference/screens.md anew: `python -m tests.pictures`.

It runs the demo with data of its own, walks through it in Chromium as its people do, and writes
each screen twice, at 1280 and at 375 pixels, into docs/pictures.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.site import running
from tests.chromium import launch
from tests.pictures import desk, means, outside, several
from tests.pictures.photographer import FOLDER, Photographer

PARTS = (
    desk.staff,
    desk.conflict,
    outside.standing,
    outside.counterparty,
    desk.proving,
    desk.mine,
    several.desk,
    several.anybody,
    means.in_person,
    means.elsewhere,
    means.consumer,
    means.anybody,
)


def main() -> int:
    """Take them all."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        with running(Path(folder) / "var") as site:
            photographer = Photographer(browser, site, {**desk.AT, **means.AT})
            for part in PARTS:
                part(photographer)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
