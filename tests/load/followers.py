"""Two people who follow their contract in two real browsers while all others read and sign.

After some rounds they go on with another one, as nobody makes fifty versions of a contract.
"""

from __future__ import annotations

import threading
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.bench.following import MOST, Seen, Sides, of_each_kind, slowest
from tests.chromium import launch
from tests.outages.site import Office

ROUNDS = 3  # with one contract; each makes four versions


class Followers(threading.Thread):
    """They act and look at each other's pages, round after round, until told that it is over."""

    def __init__(self, site: str, office: Office) -> None:
        super().__init__(daemon=True)
        self.site, self.office, self.over = site, office, threading.Event()
        self.found: list[Seen] = []
        self.contracts = self.turn = 0
        self.fault = ""

    def run(self) -> None:
        """What goes wrong is told at the end, with all else."""
        try:
            with sync_playwright() as playwright:
                browser = launch(playwright)
                while not self.over.is_set():
                    self._follow(browser)
                browser.close()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault of the run
            self.fault = f"{type(error).__name__}: {error}"

    def _follow(self, browser: Browser) -> None:
        sides = Sides(browser, self.site, self._act, self.office.ask("sentence"), self.turn)
        while sides.turn < self.turn + ROUNDS and not self.over.is_set():
            self.found += sides.round()
        self.turn = sides.turn
        self.contracts += 1
        sides.close()

    def _act(self, verb: str, *given: str) -> Any:
        return self.office.ask("act", verb, *given)

    def faults(self) -> list[str]:
        """What went wrong, and what took too long."""
        late = [
            f"{what}: 95 of 100 stand there within {slow:.1f} s, not {MOST:.0f} s"
            for what, seen in of_each_kind(self.found)
            if (slow := slowest([one.coming for one in seen])) > MOST
        ]
        return [word for word in (self.fault,) if word] + late
