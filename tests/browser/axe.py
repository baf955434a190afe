"""What axe finds wrong on a page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def faults(page: Page, *tags: str) -> list[str]:
    """Which rules of these tags, or of all, are broken, and where.

    What is right is not written down: that took axe, and the way to here, half of the time. Frames
    are judged where they are pages: asking a closed one is an error in the browser's log.
    """
    options: dict[str, object] = {"resultTypes": ["violations"], "iframes": False}
    if tags:
        options["runOnly"] = {"type": "tag", "values": list(tags)}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]
