"""People who all read at once, and of whom a few at a time sign.

Each is a participant of a contract of their own and comes by the link in the mail.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.outages.visitors import Crowd, Visitor

READS_EVERY = 3.0
DONE = ("You have signed", "Signed by everyone")  # whoever was last


@dataclass
class Gathering(Crowd):
    """All of them, how long each answer took, and who signs now."""

    links: Callable[[str], list[str]] = field(kw_only=True)
    signing: threading.Semaphore = field(kw_only=True)
    over: threading.Event = field(default_factory=threading.Event)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    remarks: dict[str, str] = field(default_factory=dict)
    landed: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass
class Guest(Visitor):
    """One of them."""

    crowd: Gathering
    title: str = ""
    etag: str = ""

    def stay(self) -> None:
        """Wait for the mail, open the link, read until it is one's turn, sign, read on."""
        self.insist(self._has_mail)
        self.insist(self._lands)
        while not self.crowd.signing.acquire(timeout=READS_EVERY):
            self._reads()
        try:
            self._signs()
        finally:
            self.crowd.signing.release()
        self.crowd.finished.append(self.public_id)
        while not self.crowd.over.wait(READS_EVERY):
            self._reads()

    def _has_mail(self) -> bool:
        found = self.crowd.links(self.email)
        self.link = found[0] if found else ""
        return bool(found)

    def _lands(self) -> bool:
        status, _headers, body = self.timed("landing", "GET", f"/c/{self.link}/")
        if status != 200 or "has sent you a contract" not in body:
            self.crowd.faults.append(f"{self.email}: the landing says {status}")
        if not self.enter():
            return False
        self.crowd.landed.append(self.public_id)
        return True

    def _reads(self) -> None:
        """As the open page does: ask whether anything is new, and read it if so."""
        given = {"If-None-Match": self.etag} if self.etag else {}
        status, headers, _body = self.timed("state", "GET", self.page("state/"), more=given)
        if status == 304:
            return
        self.etag = headers["ETag"] if status == 200 else ""
        status, _headers, body = self.timed("contract", "GET", self.page(""))
        if status != 200 or self.title not in body:
            self.crowd.faults.append(f"{self.email}: the contract says {status}")

    def _signs(self) -> None:
        self.crowd.remarks[self.public_id] = f"Remark 0 of {self.public_id}"
        self.insist(lambda: self.give(0))
        self.insist(self.agree)
        self.insist(self.sign)
        status, _headers, body = self.timed("done", "GET", self.page("done/"))
        if status != 200 or not any(words in body for words in DONE):
            self.crowd.faults.append(f"{self.email}: the end says {status}")

    def timed(
        self, what: str, method: str, path: str, *, more: dict[str, str] | None = None
    ) -> tuple[int, Any, str]:
        """Ask, and note how long the answer took."""
        begun = time.monotonic()
        answer = self.ask(method, path, more=more)
        self.crowd.seconds[what].append(time.monotonic() - begun)
        return answer
