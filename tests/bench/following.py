"""How soon what one side does stands on the other side's open page, in two real browsers.

From when the act is done, which a flow does, until the browser has drawn it; without reload, while
somebody types. Each act begins at another moment of the three seconds between two questions of a
page. How long the act itself took is told beside it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.timing import Row
from tests.chromium import PATIENCE, launch

PART = "The other side's page"
EVENTS = ("comment", "answer", "version", "signature")
MOST = 6.0  # seconds, at the 95th percentile
EVERY = 3.0  # seconds between two questions of a page
TYPED = "By the front door"
HELD = """() => {
  const field = document.activeElement;
  return [field.name, field.value, field.selectionStart, field.selectionEnd];
}"""
SHOWS = """([selector, words]) => [...document.querySelectorAll(selector)]
  .some((place) => place.checkVisibility() && place.textContent.includes(words))"""
LINES, PEOPLE, SAID, FACTS = (
    ".wc-timeline__line",
    ".wc-person",
    ".wc-comments__text",
    ".wc-facts",
)
Act = Callable[..., Any]


class Seen(NamedTuple):
    """One event; seconds until whoever acts is told that it is done, and from there."""

    what: str
    acting: float
    coming: float


class Sides:
    """Both pages of a contract that is out, open side by side; `act` does what BothSides can."""

    def __init__(self, browser: Browser, site: str, act: Act, sentence: str, turn: int = 0) -> None:
        self.act, self.turn = act, turn
        places = act("places")
        self.theirs, self.ours = (self._page(browser) for _side in range(2))
        self.theirs.goto(f"{site}{places['theirs']}")
        self.theirs.get_by_role("button").first.click()
        self.theirs.get_by_text(sentence).first.wait_for()
        remarks = self.theirs.get_by_label("Remarks")
        remarks.fill(TYPED)
        remarks.evaluate("field => field.setSelectionRange(3, 8)")
        session = {"name": "sessionid", "value": places["session"], "url": site}
        self.ours.context.add_cookies([session])  # type: ignore[list-item]
        self.ours.goto(f"{site}{places['ours']}")

    @staticmethod
    def _page(browser: Browser) -> Page:
        page = browser.new_context().new_page()
        page.set_default_timeout(PATIENCE)
        return page

    def close(self) -> None:
        """Close both pages."""
        for page in (self.theirs, self.ours):
            page.context.close()

    def round(self) -> Iterator[Seen]:
        """Each event once, to each side that it comes to from the other one."""
        newer, turn = self.act("version") + 1, self.turn
        comes = "Version {} came just now"
        yield self._seen("comment", self.theirs, SAID, f"Question {turn}?", "ask")
        yield self._seen("comment", self.ours, SAID, f"Reply {turn}.", "reply")
        yield self._seen("version", self.theirs, "h2", comes.format(newer), "revise")
        words = f"Version {newer + 1}"
        yield self._seen("answer", self.ours, FACTS, words, "answer", f"Answer of {turn}")
        yield self._seen("signature", self.theirs, PEOPLE, "Signed", "sign_ours")
        yield self._seen("version", self.theirs, "h2", comes.format(newer + 2), "revise")
        words = f"signed version {newer + 2}"
        yield self._seen("signature", self.ours, LINES, words, "sign_theirs")
        yield self._seen("version", self.ours, FACTS, f"Version {newer + 3}", "revise")
        assert self.theirs.evaluate(HELD) == ["a-remarks", TYPED, 3, 8]
        self.turn += 1

    def _seen(
        self, what: str, page: Page, selector: str, words: str, verb: str, *given: str
    ) -> Seen:
        """Act, and wait until the page has it."""
        assert not page.evaluate(SHOWS, [selector, words]), words
        page.wait_for_timeout(1000 * ((self.turn * 1.1 + len(words) * 0.57) % EVERY))
        begun = time.perf_counter()
        self.act(verb, *given or [words][: verb in ("ask", "reply")])
        done = time.perf_counter()
        page.wait_for_function(SHOWS, arg=[selector, words])
        return Seen(what, done - begun, time.perf_counter() - done)


def rows(*, tiny: bool) -> Iterator[Row]:
    """Twelve clauses, six rounds of eight acts."""
    from tests.bench import agreements
    from tests.bench.both_sides import BothSides
    from tests.bench.first_visit import served

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright leaves an event loop in this thread
    found: list[Seen] = []
    both = BothSides(agreements.answered(12))
    with served() as site, sync_playwright() as playwright:
        browser = launch(playwright)
        act = lambda verb, *given: getattr(both, verb)(*given)  # noqa: E731
        sides = Sides(browser, site, act, agreements.SENTENCE.strip())
        for _turn in range(1 if tiny else 6):
            found += sides.round()
        browser.close()
    return _rows(found)


def of_each_kind(found: Sequence[Seen]) -> Iterator[tuple[str, list[Seen]]]:
    """What was seen of each kind of event, without those of which there was none."""
    for what in EVENTS:
        if seen := [one for one in found if one.what == what]:
            yield what, seen


def slowest(seconds: Sequence[float]) -> float:
    """The 95th percentile: of few the longest."""
    return sorted(seconds)[-1 - len(seconds) // 20]


def _rows(found: Sequence[Seen]) -> Iterator[Row]:
    for what, seen in [*of_each_kind(found), ("all of them", found)]:
        words, slow = f"{what}: 95 of 100 stand there within", slowest([one.coming for one in seen])
        yield Row(PART, words, f"{slow:.1f} s", f"{MOST:.0f} s", slow / MOST, 1.0)
