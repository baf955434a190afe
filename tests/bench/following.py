"""How soon what one side does stands on the other side's open page, in two real browsers.

From the act, which a flow does, until the browser has drawn it; without reload, while somebody
types. Each act begins at another moment of the three seconds between two questions of a page.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from tests import builders, signatures
from tests.bench.timing import Row
from tests.chromium import PATIENCE, launch
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract

PART = "The other side's page"
MOST = 6.0  # seconds, at the 95th percentile
EVERY = 3.0  # seconds between two questions of a page
TYPED = "By the front door"
HELD = "() => [document.activeElement.name, document.activeElement.value]"
SHOWS = """([selector, words]) => [...document.querySelectorAll(selector)]
  .some((place) => place.checkVisibility() && place.textContent.includes(words))"""


class Sides:
    """A contract that is out, and both pages of it, open side by side."""

    def __init__(self, browser: Browser, site: str, at: SimpleNamespace) -> None:
        from tests.bench import agreements
        from tests.public import visits
        from wagtail_contracts.signing.admin.pages import address

        self.at, self.turn = at, 0
        self.theirs, self.ours = (self._page(browser, site) for _side in range(2))
        self.theirs.goto(f"{site}{visits.landing(at.kari)}")
        self.theirs.get_by_role("button").first.click()
        self.theirs.get_by_text(agreements.SENTENCE.strip()).first.wait_for()
        self.theirs.get_by_label("Remarks").fill(TYPED)
        self.ours.context.add_cookies([{**_session(at.sender), "url": site}])
        self.ours.goto(f"{site}{address('inspect', at.contract)}")

    @staticmethod
    def _page(browser: Browser, site: str) -> Page:
        page = browser.new_context().new_page()
        page.set_default_timeout(PATIENCE)
        return page

    def round(self) -> Iterator[tuple[str, float]]:
        """Each event once, to each side that it comes to from the other one."""
        turn, at = self.turn, self.at
        asked, answered = f"Question {turn}?", f"Answer {turn}."
        newer = self._version() + 1
        lines, people = ".wc-timeline__line", ".wc-person"
        yield (
            "comment",
            self._seen(self.theirs, ".wc-comments__text", asked, self._say(None, asked)),
        )
        yield (
            "comment",
            self._seen(self.ours, ".wc-comments__text", answered, self._say(at.kari, answered)),
        )
        words = f"Version {newer} came just now"
        yield "version", self._seen(self.theirs, "h2", words, self._revise)
        facts = f"Version {newer + 1}"
        yield "answer", self._seen(self.ours, ".wc-facts", facts, self._answer)
        yield (
            "signature",
            self._seen(self.theirs, people, "Signed", lambda: signatures.sign(at.ola)),
        )
        words = f"Version {newer + 2} came just now"
        yield "version", self._seen(self.theirs, "h2", words, self._revise)
        words = f"signed version {newer + 2}"
        yield "signature", self._seen(self.ours, lines, words, lambda: signatures.sign(at.kari))
        yield "version", self._seen(self.ours, ".wc-facts", f"Version {newer + 3}", self._revise)
        assert self.theirs.evaluate(HELD) == ["a-remarks", TYPED]
        self.turn += 1

    def _seen(self, page: Page, selector: str, words: str, act: Callable[[], object]) -> float:
        """Seconds from before the act until the page has it."""
        assert not page.evaluate(SHOWS, [selector, words]), words
        page.wait_for_timeout(1000 * ((self.turn * 1.1 + len(words) * 0.57) % EVERY))
        begun = time.perf_counter()
        act()
        page.wait_for_function(SHOWS, arg=[selector, words])
        return time.perf_counter() - begun

    def _version(self) -> int:
        return int(Contract.objects.get(pk=self.at.contract.pk).current_version.number)

    def _say(self, person: Any, text: str) -> Callable[[], object]:
        by = builders.guest(person) if person else self.at.owner
        contract = Contract.objects.get(pk=self.at.contract.pk)
        return lambda: contracts.begin_thread(contract, person, text, contracts.Matter(), by=by)

    def _revise(self) -> object:
        contract = Contract.objects.get(pk=self.at.contract.pk)
        contract.title = f"Hosting of {self._version()}"
        contract.save()
        return contracts.revise(contract, builders.shown(contract), "More", by=self.at.owner)

    def _answer(self) -> object:
        digest = Contract.objects.get(pk=self.at.contract.pk).current_version.digest
        given = {**builders.ANSWERS, "remarks": f"Answer of {self.turn}"}
        return contracts.answer(self.at.kari, digest, given, by=builders.guest(self.at.kari))


def rows(*, tiny: bool) -> Iterator[Row]:
    """Twelve clauses, six rounds of eight acts."""
    from tests.bench import agreements
    from tests.bench.first_visit import served

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright leaves an event loop in this thread
    found: list[tuple[str, float]] = []
    with served() as site, sync_playwright() as playwright:
        browser = launch(playwright)
        sides = Sides(browser, site, agreements.answered(12))
        for _turn in range(1 if tiny else 6):
            found += sides.round()
        browser.close()
    for what in ("comment", "answer", "version", "signature"):
        yield _row(what, [seconds for name, seconds in found if name == what])
    yield _row("all of them", [seconds for _name, seconds in found])


def _row(what: str, seconds: list[float]) -> Row:
    """The 95th percentile: of few the longest."""
    slow = sorted(seconds)[-1 - len(seconds) // 20]
    words = f"{what}: 95 of 100 stand there within"
    return Row(PART, words, f"{slow:.1f} s", f"{MOST:.0f} s", slow / MOST, 1.0)


def _session(user: Any) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    return {"name": "sessionid", "value": client.cookies["sessionid"].value}
