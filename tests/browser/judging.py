"""What is wrong with a screen of the admin: for somebody who can't see it, or on a phone."""

from __future__ import annotations

from typing import Any

from tests.browser import axe

TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
# Draftail's own text box has no name in Wagtail 8.0, and its minimap a small button on a phone.
STOCK = ("public-DraftEditor-content", "w-minimap")
LOOKS = ("cat.color", "cat.sensory-and-visual-cues")  # the rules that go by what is to be seen
STRICTER = "color-contrast-enhanced"  # AAA: nobody promises it
STILL = """() => Promise.allSettled(
    document.getAnimations()
        .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
        .map((one) => one.finished))"""
OVER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def violations(page: Any, *tags: str) -> list[str]:
    """What axe says of markup that is ours, once nothing fades in any more."""
    page.evaluate(STILL)
    found = axe.faults(page, *(tags or TAGS))
    return [said for said in found if not any(word in said for word in (*STOCK, STRICTER))]


def overflow(page: Any) -> int:
    """By how many pixels a page is wider than its window."""
    return max(0, int(page.evaluate(OVER)))
