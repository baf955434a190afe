"""Two people who follow one contract in two real browsers while all others read and sign."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from playwright.sync_api import sync_playwright

from tests.bench.following import EVENTS, MOST, Sides, slowest
from tests.chromium import launch
from tests.outages.site import Office


class Followers(threading.Thread):
    """They act and look at each other's pages, round after round, until told that it is over."""

    def __init__(self, site: str, office: Office) -> None:
        super().__init__(daemon=True)
        self.site, self.office, self.over = site, office, threading.Event()
        self.found: list[tuple[str, float]] = []
        self.fault = ""

    def run(self) -> None:
        """What goes wrong is told at the end, with all else."""
        try:
            with sync_playwright() as playwright:
                browser = launch(playwright)
                sides = Sides(browser, self.site, self._act, self.office.ask("sentence"))
                while not self.over.is_set():
                    self.found += sides.round()
                browser.close()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault of the run
            self.fault = f"{type(error).__name__}: {error}"

    def _act(self, verb: str, *given: str) -> Any:
        return self.office.ask("act", verb, *given)

    def faults(self) -> list[str]:
        """What went wrong, and what took too long."""
        late = [
            f"{what}: 95 of 100 stand there within {slow:.1f} s, not {MOST:.0f} s"
            for what, seconds in self.kinds()
            if (slow := slowest(seconds)) > MOST
        ]
        return [word for word in (self.fault,) if word] + late

    def kinds(self) -> Sequence[tuple[str, list[float]]]:
        """The seconds of each kind of event that came."""
        found = [(what, [s for name, s in self.found if name == what]) for what in EVENTS]
        return [(what, seconds) for what, seconds in found if seconds]
