"""Each screen of ours leads to a page of the documentation that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.security.walk import addresses, doors
from wagtail_contracts.contracts.rendering import guides

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {*guides.GUIDES.values(), *guides.FIRST_STEPS.values()}
# Parts of a screen, choosers, files, answers for scripts, and pages of people who are no staff.
PARTS = (
    "_results",
    "preview_page",
    "look_page",
    "_file",
    "_leaf",
    ":pick",
    ":state",
    "_search",
    "preview_on_edit",
)
OTHERS = ("wagtailsnippetchoosers", "wagtail_contracts:", "wagtail_contracts_root:")


def screens() -> list[str]:
    """The doors of ours at which the admin shows something."""
    return [
        key
        for key, door in doors.ours().items()
        if "200" in door.cells["GET"] and not key.startswith(OTHERS) and not key.endswith(PARTS)
    ]


@pytest.mark.parametrize("page", sorted(PAGES))
def test_every_page_and_part_that_is_led_to_is_there(page):
    name, _mark, part = page.partition("#")
    said = (DOCS / f"{name}.md").read_text().splitlines()
    parts = {"", *(_anchor(line) for line in said if line.startswith("##"))}

    assert part in parts


def _anchor(heading: str) -> str:
    """As docutils names a section: its letters and digits, with hyphens between."""
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


def test_every_screen_leads_to_one():
    without = [
        key
        for key in screens()
        if key not in guides.GUIDES and key.split(":")[0] not in guides.GUIDES
    ]
    assert without == []
    assert len(screens()) > 50


def test_nothing_leads_from_where_there_is_no_screen():
    keys = {*addresses.every()}
    spaces = {key.split(":")[0] for key in keys}
    assert [key for key in guides.GUIDES if key not in keys | spaces] == []
